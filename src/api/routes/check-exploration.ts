import { z } from 'zod'
import { compile } from '../../dsl/compile.ts'
import { problemSchema, writeRejection } from '../problem.ts'
import { createCompileContext, readExploration } from '../read-exploration.ts'
import { defineRoute } from '../route.ts'
import { columnSchema, explorationBody } from '../schemas.ts'

export const checkExploration = defineRoute({
  method: 'POST',
  path: '/v1/explorations/check',
  scope: 'ask',
  tag: 'explorations',
  summary: 'Check an exploration without running it: its diagnostics, its canonical text and its columns.',
  body: explorationBody,
  responses: {
    200: {
      description: 'Whether it compiles; `problem` says why not',
      schema: z.object({
        ok: z.boolean(),
        exploration: z.string().optional(),
        columns: z.array(columnSchema).optional(),
        fixes: z.array(z.string()).optional(),
        problem: problemSchema.optional(),
      }),
    },
  },
  async handle(context, { body }) {
    const outcome = compile(readExploration(body.exploration), createCompileContext(context, body))
    if (!outcome.ok) return { body: { ok: false, problem: writeRejection(outcome.diagnostics) } }
    const { text, columns, fixes } = outcome.value
    return { body: { ok: true, exploration: text, columns, fixes } }
  },
})
