import { z } from 'zod'
import { defineRoute } from '../route.ts'

export const openApi = defineRoute({
  method: 'GET',
  path: '/v1/openapi.json',
  scope: 'none',
  tag: 'operation',
  summary: 'This document.',
  responses: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
  handle: async ({ document }) => ({ body: document() }),
})
