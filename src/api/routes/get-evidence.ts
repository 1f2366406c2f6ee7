import { findOrGatherEvidence } from '../../engine/evidence/find-evidence.ts'
import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { evidenceSchema, keyParams } from '../schemas.ts'

export const getEvidence = defineRoute({
  method: 'GET',
  path: '/v1/findings/:key/evidence',
  scope: 'read',
  tag: 'findings',
  summary: 'Steps, rows, SQL and test behind a finding. Gathered now when it was not shown before.',
  params: keyParams,
  responses: { 200: { description: 'The evidence', schema: evidenceSchema } },
  callsPerMinute: 60,
  async handle(context, { params }) {
    const finding = await findFinding(context.database, context.workspace, params.key)
    if (!finding) throw notFound('finding', params.key)
    return { body: await findOrGatherEvidence(context, finding) }
  },
})
