import { z } from 'zod'
import { failScan, findScan, sumWarehouseMs } from '../store/scans.ts'
import { defineJob, writeJobId } from './define-job.ts'
import type { Journeys } from './journeys.ts'

const result = z.object({ openScans: z.number() })

type EngineContext = Parameters<Journeys['runScan']>[0]

/** Workers share a cycle, and it may wait in the queue: what counts is what its queries took together, not the clock. */
async function isBudgetSpent({ database, engine }: EngineContext, cycleId: string, scanId: string): Promise<boolean> {
  if ((await findScan(database, cycleId, scanId))?.state !== 'open') return false
  return (await sumWarehouseMs(database, cycleId)) >= engine.budget.seconds * 1000
}

/** One aggregate query against the warehouse, and the tests of all that its rows serve. */
export const runScan = defineJob({
  name: 'run-scan',
  queue: 'hunch.warehouse',
  payload: z.strictObject({ workspace: z.string(), cycleId: z.string(), scanId: z.string() }),
  id: ({ cycleId, scanId }) => writeJobId('run-scan', cycleId, scanId),
  attempts: 3,
  backoffMs: 5_000,
  timeoutMs: 10 * 60_000,
  async run({ engine, journeys, signal }, { cycleId, scanId }) {
    if (!(await isBudgetSpent(engine, cycleId, scanId))) return journeys.runScan(engine, cycleId, scanId, signal)
    const reason = `the budget of ${engine.engine.budget.seconds} seconds is used up`
    return { openScans: await failScan(engine.database, cycleId, scanId, reason) }
  },
  async giveUp({ engine }, { cycleId, scanId }, reason) {
    await failScan(engine.database, cycleId, scanId, reason)
  },
  // While scans are open there is nothing to do next; after giving up we look.
  cycle: ({ cycleId }, outcome) =>
    outcome === undefined || result.parse(outcome).openScans === 0 ? cycleId : undefined,
})
