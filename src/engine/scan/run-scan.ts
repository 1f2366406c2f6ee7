import { invariant } from '../../base/invariant.ts'
import type { OwnRows } from '../../hypotheses/hypothesis.ts'
import { findCycle } from '../../store/cycles.ts'
import { findScan, finishScan, listScans } from '../../store/scans.ts'
import type { EngineContext } from '../context.ts'
import { testAccounts } from '../judge/test-accounts.ts'
import { testAuthored } from '../judge/test-authored.ts'
import { testBehaviours } from '../judge/test-behaviours.ts'
import { testCohorts } from '../judge/test-cohorts.ts'
import { testDistributions } from '../judge/test-distributions.ts'
import { testDurations } from '../judge/test-durations.ts'
import { testFunnel } from '../judge/test-funnels.ts'
import { testGoals } from '../judge/test-goals.ts'
import { testInThread } from '../judge/test-in-thread.ts'
import { testLeads } from '../judge/test-leads.ts'
import { testRows } from '../judge/test-rows.ts'
import { loadScan, type ScanMemory } from './load-scan.ts'

/** What asks of rows that no series are made of. */
const testers = {
  rows: testRows,
  accounts: testAccounts,
  cohorts: testCohorts,
  members: testDurations,
  goals: testGoals,
  funnel: testFunnel,
  behaviours: testBehaviours,
  values: testDistributions,
} satisfies Record<Exclude<OwnRows, 'leads'>, unknown>

/**
 * Runs one shared scan: its query, the series of every slice and metric in its rows, every detector on each, all verdicts stored.
 * Running it again replaces what it stored. Returns how many scans of the cycle are still open.
 */
export async function runScan(
  context: EngineContext,
  cycleId: string,
  scanId: string,
  signal?: AbortSignal,
  memory?: ScanMemory,
): Promise<{ readonly openScans: number }> {
  const [cycle, scan] = [await findCycle(context.database, cycleId), await findScan(context.database, cycleId, scanId)]
  invariant(cycle && scan, `scan \`${scanId}\` of cycle \`${cycleId}\` is stored before it is run`)
  if (scan.reads === 'leads') {
    const scans = await listScans(context.database, cycleId)
    const tested = await testLeads(context, { scan, scans, seed: cycle.seed, memory }, signal)
    return { openScans: await finishScan(context.database, cycleId, scanId, tested) }
  }
  const testOwn = scan.hypothesis ? testAuthored : scan.reads && testers[scan.reads]
  if (testOwn) {
    const tested = await testOwn(context, scan, cycle.seed, signal)
    return { openScans: await finishScan(context.database, cycleId, scanId, { ...tested, queries: 1 }) }
  }
  const { table, warehouseMs, queries } = await loadScan(context, scan, signal)
  memory?.set(scan.id, table)
  const { verdicts, series, leftOut, detectMs } = await testInThread(context.catalog, table, cycle.seed, signal)
  const result = { verdicts, queries, series, leftOut, warehouseMs, detectMs }
  return { openScans: await finishScan(context.database, cycleId, scanId, result) }
}
