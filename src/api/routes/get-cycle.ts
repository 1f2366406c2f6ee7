import { z } from 'zod'
import { findCycleRequest } from '../../store/cycle-requests.ts'
import { findCycle } from '../../store/cycles.ts'
import { notFound } from '../http-error.ts'
import { defineRoute } from '../route.ts'
import { idParams } from '../schemas.ts'

const cycleSchema = z
  .looseObject({
    id: z.string(),
    state: z.enum(['waiting', 'planned', 'scanning', 'judging', 'done', 'failed']),
    trigger: z.string(),
    summary: z.looseObject({ tested: z.number(), heldUp: z.number() }).optional(),
    error: z.string().optional(),
  })
  .meta({ id: 'Cycle' })

/** A cycle by its own id, or by the id that `POST /v1/cycles` gave while it was not planned yet. */
export const getCycle = defineRoute({
  method: 'GET',
  path: '/v1/cycles/:id',
  scope: 'read',
  tag: 'cycles',
  summary: 'How a cycle went, or goes.',
  params: idParams,
  responses: { 200: { description: 'The cycle', schema: cycleSchema } },
  async handle({ database, workspace }, { params }) {
    const request = await findCycleRequest(database, params.id)
    const isOurs = request?.workspace === workspace
    const cycle = await findCycle(database, isOurs && request.cycleId ? request.cycleId : params.id)
    if (cycle?.workspace === workspace) return { body: cycle }
    if (!isOurs) throw notFound('cycle', params.id)
    const { id, state, trigger, error, createdAt } = request
    return { body: { id, state, trigger, error, createdAt } }
  },
})
