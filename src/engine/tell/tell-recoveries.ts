import type { Metric } from '../../catalog/catalog.ts'
import type { SliceSpace } from '../../findings/candidate.ts'
import type { Finding } from '../../findings/finding.ts'
import { aboutOf } from '../../findings/tell/pattern.ts'
import { type Recent, settleRecoveries } from '../../findings/tell/settle-recoveries.ts'
import type { EngineContext } from '../context.ts'

/** Weeks that are the latest season of a weekly series. */
const weeks = 2

/** The latest season of a finding's metric in its slice, from the tables of the cycle. */
async function readRecent(metric: Metric, space: SliceSpace, finding: Finding): Promise<Recent | undefined> {
  const parts = await space.partsOf(metric.name, finding.slice, finding.slice)
  if (!parts) return undefined
  const { length } = space.periods
  let [total, weight, periods] = [0, 0, 0]
  for (let at = Math.max(0, length - Math.max(weeks, space.season)); at < length; at++) {
    if (space.excluded[at] === 1) continue
    total += parts.total[at]!
    weight += parts.weight?.[at] ?? 0
    periods += 1
  }
  const by = parts.weight ? weight : periods
  return by > 0 ? { value: total / by, kind: parts.kind } : undefined
}

/** Tells which stories of the cycle before are over. */
export const tellRecoveries = (
  { catalog }: EngineContext,
  findings: readonly Finding[],
  before: readonly Finding[],
  cycleId: string,
  spaces: (model: string, time: string) => SliceSpace | undefined,
): ReturnType<typeof settleRecoveries> =>
  settleRecoveries(findings, before, cycleId, async (finding) => {
    // what a metric was lately, as a whole, says nothing of these
    if (aboutOf(finding.kind)) return undefined
    const metric = catalog.models[finding.model]?.metrics[finding.metric]
    const space = metric && spaces(metric.model, metric.time)
    return space && readRecent(metric, space, finding)
  })
