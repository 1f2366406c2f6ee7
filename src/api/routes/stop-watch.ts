import { z } from 'zod'
import { deleteWatch } from '../../store/watches.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'

export const stopWatch = defineRoute({
  method: 'DELETE',
  path: '/v1/watches/:id',
  scope: 'ask',
  tag: 'explorations',
  summary: 'Stop watching an exploration.',
  params: z.object({ id: z.string() }),
  responses: { 204: { description: 'No longer watched' } },
  async handle({ database, workspace }, { params }) {
    if (!(await deleteWatch(database, workspace, params.id))) throw notFound('watch', params.id)
    return { status: 204 }
  },
})
