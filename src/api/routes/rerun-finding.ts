import { rerunFinding as rerun } from '../../engine/evidence/rerun-finding.ts'
import { findFinding } from '../../store/findings.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { keyParams, rerunSchema } from '../schemas.ts'

export const rerunFinding = defineRoute({
  method: 'POST',
  path: '/v1/findings/:key/rerun',
  scope: 'read',
  tag: 'findings',
  summary: 'Run a finding again on the data as it is now: does it hold?',
  params: keyParams,
  responses: { 200: { description: 'What it found', schema: rerunSchema } },
  callsPerMinute: 30,
  async handle(context, { params }) {
    if (!(await findFinding(context.database, context.workspace, params.key))) throw notFound('finding', params.key)
    return { body: await rerun(context, params.key) }
  },
})
