import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { viewCatalog } from '../view-catalog.ts'

export const getCatalog = defineRoute({
  method: 'GET',
  path: '/v1/catalog',
  scope: 'read',
  tag: 'catalog',
  summary:
    'Models, fields, relations, metrics and explorations. Hidden and personal fields, keys and policies are not in it.',
  responses: {
    200: {
      description: 'The catalog',
      schema: z.looseObject({ models: z.record(z.string(), z.looseObject({ name: z.string(), label: z.string() })) }),
    },
  },
  handle: async ({ catalog }) => ({ body: viewCatalog(catalog) }),
})
