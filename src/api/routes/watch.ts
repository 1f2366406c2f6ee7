import { z } from 'zod'
import { watchExploration } from '../../engine/ask/watch-exploration.ts'
import { readExploration } from '../read-exploration.ts'
import { defineRoute } from '../route.ts'
import { explorationBody, watchSchema } from '../schemas.ts'

export const watch = defineRoute({
  method: 'POST',
  path: '/v1/watches',
  scope: 'ask',
  tag: 'explorations',
  summary:
    'Watch an exploration: every cycle asks whether it changed. It is a measure by period; without a `test` it is asked whether it changed its level.',
  body: z.strictObject({ exploration: explorationBody.shape.exploration, title: z.string().max(200).optional() }),
  responses: { 201: { description: 'Watched from the next cycle on', schema: watchSchema } },
  async handle(context, { body, caller }) {
    const text = readExploration(body.exploration)
    const { workspace: _, ...kept } = await watchExploration(context, { text, title: body.title, by: caller.name })
    return { status: 201, body: kept }
  },
})
