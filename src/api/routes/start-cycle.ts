import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { requestCycle } from '../../jobs/request-cycle.ts'
import { HttpError } from '../http-error.ts'
import { defineRoute } from '../route.ts'

export const startCycle = defineRoute({
  method: 'POST',
  path: '/v1/cycles',
  scope: 'admin',
  tag: 'cycles',
  summary: 'Start an insight cycle. Answers at once; `Location` says how it goes.',
  body: z.strictObject({
    asOf: z.iso.date().optional().describe('Last full day to judge; yesterday unless said otherwise.'),
    digests: z.array(z.string().max(200)).optional().describe('Teams that get a digest; none unless named.'),
  }),
  responses: { 202: { description: 'Accepted', schema: z.object({ id: z.string() }) } },
  callsPerMinute: 10,
  async handle(context, { body }) {
    const unknown = body.digests?.find((name) => !context.teams.some((team) => team.name === name))
    if (unknown !== undefined)
      throw new HttpError(422, { code: 'unknown-team', message: `there is no team \`${unknown}\`` })
    const id = randomUUID()
    await requestCycle(context, context.queues, { id, trigger: 'api', asOf: body.asOf, teams: body.digests ?? [] })
    return { status: 202, headers: { location: `/v1/cycles/${encodeURIComponent(id)}` }, body: { id } }
  },
})
