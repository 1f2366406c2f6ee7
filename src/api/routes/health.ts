import { z } from 'zod'
import { defineRoute } from '../route.ts'

export const health = defineRoute({
  method: 'GET',
  path: '/healthz',
  scope: 'none',
  tag: 'operation',
  summary: 'Whether the process answers.',
  responses: { 200: { description: 'It does', schema: z.object({ ok: z.literal(true) }) } },
  handle: async () => ({ body: { ok: true } }),
})
