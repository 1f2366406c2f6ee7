import { z } from 'zod'
import { failScan } from '../store/scans.ts'
import { defineJob, writeJobId } from './define-job.ts'

const result = z.object({ openScans: z.number() })

/** One aggregate query against the warehouse, and the tests of all that its rows serve. */
export const runScan = defineJob({
  name: 'run-scan',
  queue: 'hunch.warehouse',
  payload: z.strictObject({ workspace: z.string(), cycleId: z.string(), scanId: z.string() }),
  id: ({ cycleId, scanId }) => writeJobId('run-scan', cycleId, scanId),
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 10 * 60_000,
  run: ({ engine, journeys, signal }, { cycleId, scanId }) => journeys.runScan(engine, cycleId, scanId, signal),
  async giveUp({ engine }, { cycleId, scanId }, reason) {
    await failScan(engine.database, cycleId, scanId, reason)
  },
  // While scans are open there is nothing to do next; after giving up we look.
  cycle: ({ cycleId }, outcome) =>
    outcome === undefined || result.parse(outcome).openScans === 0 ? cycleId : undefined,
})
