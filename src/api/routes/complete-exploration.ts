import { z } from 'zod'
import { complete, completionKinds } from '../../dsl/assist/complete.ts'
import { createCompileContext } from '../read-exploration.ts'
import { defineRoute } from '../route.ts'

const completionsMax = 50

export const completeExploration = defineRoute({
  method: 'POST',
  path: '/v1/explorations/complete',
  scope: 'ask',
  tag: 'explorations',
  summary: 'What may stand at a place of a text that is being written: steps, names of the catalog, functions, values.',
  callsPerMinute: 600,
  body: z
    .strictObject({
      exploration: z.string().max(20_000).describe('The text so far.'),
      offset: z.int().min(0).describe('Where the cursor stands, in UTF-16 units from the start.'),
    })
    .meta({ id: 'CompletionRequest' }),
  responses: {
    200: {
      description: 'The likeliest first',
      schema: z.object({
        completions: z.array(
          z.object({
            label: z.string(),
            kind: z.enum(completionKinds),
            detail: z.string(),
            about: z.string().optional(),
            text: z.string().describe('Put in the place of what stands from `start` to `end`.'),
            start: z.int(),
            end: z.int(),
          }),
        ),
      }),
    },
  },
  async handle(context, { body: { exploration, offset } }) {
    const source = { name: 'request', text: exploration }
    const found = complete(source, Math.min(offset, exploration.length), createCompileContext(context))
    const completions = found.slice(0, completionsMax).map(({ span, ...one }) => ({ ...one, ...span }))
    return { body: { completions } }
  },
})
