import { z } from 'zod'
import { invariant } from '../base/invariant.ts'
import { findCycleRequest, updateCycleRequest } from '../store/cycle-requests.ts'
import { defineJob, writeJobId } from './define-job.ts'

/** Plans what a cycle asks, and writes its scans. Started by a request in the store (`request-cycle.ts`). */
export const planCycle = defineJob({
  name: 'plan-cycle',
  queue: 'hunch.planning',
  payload: z.strictObject({ workspace: z.string(), request: z.string() }),
  id: ({ request }) => writeJobId('plan-cycle', request),
  attempts: 4,
  backoffMs: 15_000,
  timeoutMs: 5 * 60_000,
  async run({ engine, journeys }, { request: id }) {
    const request = await findCycleRequest(engine.database, id)
    invariant(request !== undefined, `the request \`${id}\` is stored before it is queued`)
    if (request.cycleId !== undefined) return request.cycleId
    const { asOf, trigger, seed } = request
    const { cycleId } = await journeys.planCycle(engine, { asOf, trigger, seed, request: id })
    await updateCycleRequest(engine.database, id, { state: 'planned', cycleId })
    return cycleId
  },
  giveUp: ({ engine }, { request }, error) => updateCycleRequest(engine.database, request, { state: 'failed', error }),
  cycle: (_, cycleId) => (typeof cycleId === 'string' ? cycleId : undefined),
})
