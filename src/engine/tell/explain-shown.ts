import type { Day } from '../../base/periods.ts'
import type { Finding } from '../../findings/finding.ts'
import type { StoredScan } from '../../store/scans.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'
import { tryToExplain } from './explain-finding.ts'

/** Explanations that wait for the warehouse at once. */
const atOnce = 2

/**
 * The findings of a cycle, those that will be shown with where their movement lies: by queries of their own, as when they are run again. The others keep
 * the single slices that the cycle's scans know of.
 */
export async function explainShown(
  context: EngineContext,
  findings: readonly Finding[],
  {
    shown,
    asOf,
    scans,
    costs,
  }: {
    readonly shown: readonly Finding[]
    readonly asOf: Day
    readonly scans: readonly StoredScan[]
    readonly costs: SpaceCosts
  },
): Promise<readonly Finding[]> {
  const explained = new Map<Finding, Finding>()
  const queue = shown.values()
  const report = () =>
    context.report({ phase: 'finding drivers', done: explained.size, total: shown.length, unit: 'findings' })
  const work = async () => {
    for (const finding of queue) {
      report()
      const explanation = await tryToExplain(context, finding, asOf, listMissing(context, finding, scans), costs)
      explained.set(finding, { ...finding, ...explanation })
      report()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return findings.map((finding) => explained.get(finding) ?? finding)
}

/** Days without rows, as the cycle's look at the table found them. */
function listMissing(
  { catalog }: EngineContext,
  { model, metric }: Finding,
  scans: readonly StoredScan[],
): readonly Day[] {
  const time = catalog.models[model]?.metrics[metric]?.time
  return scans.find((scan) => scan.model === model && scan.time === time)?.missing ?? []
}
