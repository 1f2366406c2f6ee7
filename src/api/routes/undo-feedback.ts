import { z } from 'zod'
import { undoFeedback as undo } from '../../store/feedback.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'

export const undoFeedback = defineRoute({
  method: 'DELETE',
  path: '/v1/feedback/:id',
  scope: 'read',
  tag: 'findings',
  summary: 'Take back what was said of a finding: the next cycle does not hear it any more.',
  params: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  responses: { 204: { description: 'Taken back' } },
  async handle({ database, workspace }, { params }) {
    if (!(await undo(database, workspace, params.id))) throw notFound('feedback', String(params.id))
    return { status: 204 }
  },
})
