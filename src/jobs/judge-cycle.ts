import { z } from 'zod'
import { failCycleRequests } from '../store/cycle-requests.ts'
import { updateCycle } from '../store/cycles.ts'
import { defineJob, writeJobId } from './define-job.ts'

/** After the last scan: error control over all that was tested, merging, ranking, evidence. */
export const judgeCycle = defineJob({
  name: 'judge-cycle',
  queue: 'hunch.planning',
  payload: z.strictObject({ workspace: z.string(), cycleId: z.string() }),
  id: ({ cycleId }) => writeJobId('judge-cycle', cycleId),
  attempts: 4,
  backoffMs: 15_000,
  timeoutMs: 15 * 60_000,
  async run({ engine, journeys }, { cycleId }) {
    await journeys.judgeCycle(engine, cycleId)
  },
  async giveUp({ engine }, { cycleId }, error) {
    await updateCycle(engine.database, cycleId, { state: 'failed', error })
    await failCycleRequests(engine.database, cycleId, error)
  },
  cycle: ({ cycleId }) => cycleId,
})
