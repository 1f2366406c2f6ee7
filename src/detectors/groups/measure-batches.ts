import type { Members } from './group-members.ts'
import type { MemberScores } from './score-members.ts'

/** Fewest stretches of the earlier group that show how alike those are who began in one. */
const batchesMin = 8

/** What stretches of time add to the variance of a log-rank statistic. */
export interface BatchVariance {
  readonly variance: number
  /** Stretches that it was read from, less one. */
  readonly freedom: number
}

/** Sums by stretch, and by unit within each: of what happened less what was expected, and of what was expected. */
interface BatchSums {
  seen: number
  expected: number
  readonly units: Map<number, { seen: number; expected: number }>
}

/**
 * How much the hazard differs from one stretch of beginnings to the next, beyond what members of an account have in common: from pairs of members of one
 * stretch and different units, whose martingale residuals have the covariance τ · expected · expected, as `measureFrailty` takes those of units. Of the
 * earlier group alone: a change that began within the later one would pass for it.
 */
function measureLikeness({ size, group, unit, happened, batch }: Members, { hazard }: MemberScores) {
  let [events, expected] = [0, 0]
  for (let at = 0; at < size; at++) {
    if (group[at] !== 0) continue
    events += happened[at]!
    expected += hazard[at]!
  }
  const rate = expected > 0 ? events / expected : 1
  const batches = new Map<number, BatchSums>()
  for (let at = 0; at < size; at++) {
    if (group[at] !== 0) continue
    const [own, due] = [happened[at]! - rate * hazard[at]!, rate * hazard[at]!]
    const sums = batches.get(batch![at]!) ?? { seen: 0, expected: 0, units: new Map() }
    batches.set(batch![at]!, sums)
    const ofUnit = sums.units.get(unit[at]!) ?? { seen: 0, expected: 0 }
    sums.units.set(unit[at]!, ofUnit)
    sums.seen += own
    sums.expected += due
    ofUnit.seen += own
    ofUnit.expected += due
  }
  let [product, pairs] = [0, 0]
  for (const sums of batches.values()) {
    product += sums.seen ** 2
    pairs += sums.expected ** 2
    for (const ofUnit of sums.units.values()) {
      product -= ofUnit.seen ** 2
      pairs -= ofUnit.expected ** 2
    }
  }
  return { likeness: pairs > 0 ? Math.max(0, product / pairs) : 0, batches: batches.size }
}

/** What those who began at the same time have in common adds to the variance of the statistic; nothing where it is not known when anybody began. */
export function measureBatches(members: Members, scores: MemberScores, weight: Float64Array): BatchVariance {
  const { size, unit, batch } = members
  if (!batch) return { variance: 0, freedom: Number.POSITIVE_INFINITY }
  const { likeness, batches } = measureLikeness(members, scores)
  if (batches < batchesMin) return { variance: 0, freedom: Number.POSITIVE_INFINITY }
  const drifts = new Map<number, number>()
  for (let at = 0; at < size; at++)
    drifts.set(batch[at]!, (drifts.get(batch[at]!) ?? 0) + weight[unit[at]!]! * scores.compensator[at]!)
  const square = [...drifts.values()].reduce((sum, drift) => sum + drift ** 2, 0)
  return { variance: likeness * square, freedom: batches - 1 }
}
