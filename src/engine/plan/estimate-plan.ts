import { nameFields, type PlanHistory } from '../../hypotheses/data/plan-history.ts'
import { isRead, type SharedScan } from '../../hypotheses/hypothesis.ts'
import { profileKey } from '../../hypotheses/series/draft-scans.ts'

/** What a plan is expected to take. */
export interface PlanCost {
  readonly seconds: number
  /** Queries, or reads of what is kept. */
  readonly queries: number
  /** Of these, how many were measured by earlier cycles; of the others it is a guess. */
  readonly measured: number
  /** That they read from tables, nothing of it kept from earlier cycles; absent where nobody limits or asks. */
  readonly bytes?: number
}

/**
 * Seconds of a plan's scans: as they took when they were last run, and of those that were not, as long as a look at all rows of their model took
 * just now. The tests of what such a scan reads come on top.
 */
export function estimatePlan(
  scans: readonly SharedScan[],
  { asked }: PlanHistory,
  lookMs: ReadonlyMap<string, number>,
): PlanCost {
  const keyOf = (scan: Pick<SharedScan, 'model' | 'time' | 'dimensions'>) =>
    `${profileKey(scan.model, scan.time)}\n${nameFields(scan.dimensions)}`
  const known = new Map(asked.map((scan) => [keyOf(scan), scan.ms]))
  let [ms, measured] = [0, 0]
  const reading = scans.filter(isRead)
  for (const scan of reading) {
    const last = scan.reads || scan.hypothesis ? undefined : known.get(keyOf(scan))
    if (last !== undefined) measured += 1
    ms += last ?? lookMs.get(profileKey(scan.model, scan.time)) ?? 0
  }
  return { seconds: Math.round(ms / 100) / 10, queries: reading.length, measured }
}
