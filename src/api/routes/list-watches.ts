import { z } from 'zod'
import { listWatches as list } from '../../store/watches.ts'
import { defineRoute } from '../route.ts'
import { watchSchema } from '../schemas.ts'

export const listWatches = defineRoute({
  method: 'GET',
  path: '/v1/watches',
  scope: 'read',
  tag: 'explorations',
  summary: 'What is watched, newest first.',
  responses: { 200: { description: 'All of it', schema: z.object({ watches: z.array(watchSchema) }) } },
  async handle({ database, workspace }) {
    const watches = await list(database, workspace)
    return { body: { watches: watches.map(({ workspace: _, ...watch }) => watch) } }
  },
})
