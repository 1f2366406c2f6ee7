import { z } from 'zod'
import { compileExploration } from '../../engine/ask/run-exploration.ts'
import { readExploration } from '../read-exploration.ts'
import { defineRoute } from '../route.ts'
import { explorationBody, stepSchema } from '../schemas.ts'

export const describeExploration = defineRoute({
  method: 'POST',
  path: '/v1/explorations/describe',
  scope: 'ask',
  tag: 'explorations',
  summary: 'Say an exploration in words, one sentence a step.',
  body: explorationBody,
  responses: {
    200: {
      description: 'The steps',
      schema: z.object({
        exploration: z.string(),
        steps: z.array(stepSchema),
      }),
    },
  },
  async handle(context, { body }) {
    const { text, steps } = compileExploration(context, readExploration(body.exploration), body)
    return { body: { exploration: text, steps } }
  },
})
