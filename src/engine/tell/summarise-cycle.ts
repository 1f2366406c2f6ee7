import type { controlErrors } from '../../findings/errors/control-errors.ts'
import type { CycleSummary, StoredVerdict } from '../../findings/finding.ts'
import type { Cycle } from '../../store/cycles.ts'
import type { StoredScan } from '../../store/scans.ts'
import type { SpaceCosts } from '../plan/open-space.ts'

/** What a cycle came to, in numbers. */
export function summarise(
  cycle: Cycle,
  scans: readonly StoredScan[],
  control: ReturnType<typeof controlErrors>,
  replicates: readonly StoredVerdict[],
  costs: SpaceCosts,
  nowMs: number,
): CycleSummary {
  const add = (read: (scan: StoredScan) => number) => scans.reduce((total, scan) => total + read(scan), 0)
  const tested = replicates.filter((verdict) => verdict.status === 'tested')
  return {
    ...cycle.summary,
    generated: control.tested + control.untestable + add((scan) => scan.leftOut),
    tested: control.tested,
    untestable: control.untestable,
    heldUp: control.heldUp.length,
    series: add((scan) => scan.series),
    queries: cycle.summary.queries + add((scan) => scan.queries) + costs.queries,
    warehouseMs: Math.round(add((scan) => scan.warehouseMs) + costs.warehouseMs),
    detectMs: Math.round(add((scan) => scan.detectMs)),
    totalMs: elapsedMs(cycle, nowMs),
    nullReplicate: {
      tested: tested.length,
      false: tested.filter((verdict) => control.ratioOf(verdict) <= control.threshold).length,
    },
  }
}

export const elapsedMs = ({ createdAt }: Cycle, nowMs: number): number =>
  Math.max(0, Math.round(nowMs - Date.parse(createdAt)))
