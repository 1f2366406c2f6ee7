import { runExploration as run } from '../../engine/ask/run-exploration.ts'
import { readExploration } from '../read-exploration.ts'
import { defineRoute } from '../route.ts'
import { explorationBody, queryResultSchema } from '../schemas.ts'

export const runExploration = defineRoute({
  method: 'POST',
  path: '/v1/explorations/run',
  scope: 'ask',
  tag: 'explorations',
  summary: 'Compile and run an exploration: its rows, the SQL and what was mended.',
  body: explorationBody,
  responses: { 200: { description: 'The rows', schema: queryResultSchema } },
  callsPerMinute: 120,
  async handle(context, { body, signal }) {
    const result = await run(context, readExploration(body.exploration), {
      asOf: body.asOf,
      parameters: body.parameters,
      signal,
    })
    return { body: result }
  },
})
