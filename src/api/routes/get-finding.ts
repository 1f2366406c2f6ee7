import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { findingSchema, keyParams } from '../schemas.ts'
import { viewFinding } from '../view-finding.ts'

export const getFinding = defineRoute({
  method: 'GET',
  path: '/v1/findings/:key',
  scope: 'read',
  tag: 'findings',
  summary: 'A finding as the newest cycle saw it.',
  params: keyParams,
  responses: { 200: { description: 'The finding', schema: findingSchema } },
  async handle({ database, workspace, webUrl }, { params }) {
    const finding = await findFinding(database, workspace, params.key)
    if (!finding) throw notFound('finding', params.key)
    return { body: viewFinding(finding, webUrl) }
  },
})
