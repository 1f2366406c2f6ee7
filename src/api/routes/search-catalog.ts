import { z } from 'zod'
import { createSearch } from '../../llm/search.ts'
import { defineRoute } from '../route.ts'

const kinds = ['model', 'field', 'value', 'metric', 'exploration'] as const

export const searchCatalog = defineRoute({
  method: 'GET',
  path: '/v1/search',
  scope: 'read',
  tag: 'catalog',
  summary: 'Search models, fields, known values, metrics and explorations by words.',
  query: z.object({
    q: z.string().trim().min(1).max(500),
    kind: z.enum(kinds).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  responses: {
    200: {
      description: 'Best first',
      schema: z.object({
        hits: z.array(z.looseObject({ kind: z.enum(kinds), model: z.string(), title: z.string(), score: z.number() })),
      }),
    },
  },
  handle: async ({ catalog }, { query }) => ({
    body: { hits: createSearch(catalog).search(query.q, query.limit, query.kind) },
  }),
})
