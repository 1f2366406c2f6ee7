import { binomial } from '../../stats/binomial.ts'
import { criticalT } from '../../stats/critical-t.ts'
import { normal } from '../../stats/normal.ts'
import { studentT } from '../../stats/student-t.ts'
import type { DurationSample } from '../shapes.ts'
import { groupMembers, type Members } from './group-members.ts'
import { interpolateTail } from './interpolate-tail.ts'
import { measureBatches } from './measure-batches.ts'
import { type MemberScores, type RiskRow, scoreMembers } from './score-members.ts'

export interface HazardComparison {
  /** Second group's hazard against the first's, with its 95% interval; above 1 it happens sooner. */
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Two-sided. */
  readonly pValue: number
  /** Events of the second group less those expected, over their standard deviation. */
  readonly score: number
  /** Variance of the hazard from unit to unit. */
  readonly frailty: number
  /** Variance of the statistic over that of independent members. */
  readonly designEffect: number
  /** Infinite where every unit has one member. */
  readonly freedom: number
}

/** Sums over the members of each unit. */
function addByUnit({ size, unit, unitCount }: Members, value: (at: number) => number): Float64Array {
  const sums = new Float64Array(unitCount)
  for (let at = 0; at < size; at++) sums[unit[at]!]! += value(at)
  return sums
}

/** How much more often it happened in each group than the common hazard lets expect. */
function measureRates({ size, group, happened }: Members, { hazard }: MemberScores): readonly [number, number] {
  const [events, expected] = [
    [0, 0],
    [0, 0],
  ]
  for (let at = 0; at < size; at++) {
    events[group[at]!]! += happened[at]!
    expected[group[at]!]! += hazard[at]!
  }
  const rateOf = (side: number) => (expected[side]! > 0 ? events[side]! / expected[side]! : 1)
  return [rateOf(0), rateOf(1)]
}

/**
 * How much the hazards of units differ: the variance of a gamma frailty with mean 1, from pairs of members of one unit, whose
 * martingale residuals have the covariance frailty · expected · expected. Groups may differ.
 */
function measureFrailty(members: Members, scores: MemberScores): number {
  const rates = measureRates(members, scores)
  const expectedOf = (at: number) => scores.hazard[at]! * rates[members.group[at]!]!
  const residualOf = (at: number) => members.happened[at]! - expectedOf(at)
  const sums = addByUnit(members, residualOf)
  const squares = addByUnit(members, (at) => residualOf(at) ** 2)
  const expected = addByUnit(members, expectedOf)
  const expectedSquares = addByUnit(members, (at) => expectedOf(at) ** 2)
  let [product, pairs] = [0, 0]
  for (let at = 0; at < members.unitCount; at++) {
    product += sums[at]! ** 2 - squares[at]!
    pairs += expected[at]! ** 2 - expectedSquares[at]!
  }
  return pairs > 0 ? Math.max(0, product / pairs) : 0
}

/**
 * What cancels of the variance because units are in both groups, 0 or less: their own hazard makes one group's sum larger and the other's smaller. How
 * much of it stays from one group to the other is measured from such units, and is at most the frailty.
 */
function measureCommon(members: Members, scores: MemberScores, weight: Float64Array, frailty: number): number {
  const { unitCount, twin, group, happened } = members
  if (frailty === 0 || twin.every((place) => place < 0)) return 0
  const rates = measureRates(members, scores)
  const expectedOf = (at: number) => scores.hazard[at]! * rates[group[at]!]!
  const expected = addByUnit(members, expectedOf)
  const residual = addByUnit(members, (at) => happened[at]! - expectedOf(at))
  const drift = addByUnit(members, (at) => scores.compensator[at]!)
  let [product, pairs, common] = [0, 0, 0]
  for (let at = 0; at < unitCount; at++) {
    const other = twin[at]!
    if (other < 0) continue
    product += residual[at]! * residual[other]!
    pairs += expected[at]! * expected[other]!
    common += weight[at]! * drift[at]! * weight[other]! * drift[other]!
  }
  const staying = pairs > 0 ? Math.min(frailty, Math.max(0, product / pairs)) : 0
  return Math.min(0, 2 * staying * common)
}

/** Variance of the statistic from one group's units: the larger of what frailty lets expect and what the units show. */
function measureVariance(members: Members, scores: MemberScores, weight: Float64Array, frailty: number, side: number) {
  const rate = measureRates(members, scores)[side]!
  const base = addByUnit(members, (at) => scores.variance[at]!)
  const drift = addByUnit(members, (at) => scores.compensator[at]!)
  const seen = addByUnit(members, (at) => scores.seen[at]! - rate * scores.compensator[at]!)
  let [model, independent, own, shown, square, units] = [0, 0, 0, 0, 0, 0]
  for (let at = 0; at < members.unitCount; at++) {
    if (members.unitGroup[at] !== side) continue
    const scale = weight[at]! ** 2
    const part = scale * (base[at]! + frailty * drift[at]! ** 2)
    units++
    model += part
    square += part ** 2
    independent += scale * base[at]!
    own += scale * (rate * base[at]! + frailty * (rate * drift[at]!) ** 2)
    shown += scale * seen[at]! ** 2
  }
  const isRepeated = members.size > members.unitCount
  const excess = isRepeated && own > 0 && units > 1 ? ((shown / own) * units) / (units - 1) : 1
  return { variance: model * Math.max(1, excess), independent, effectiveUnits: square > 0 ? model ** 2 / square : 1 }
}

/** Cox's partial likelihood for two groups: the log ratio at which its slope is 0, and its information there and at 0. */
function fitLogRatio(table: readonly RiskRow[]): { logRatio: number; information: number; atZero: number } {
  const measure = (logRatio: number) => {
    const ratio = Math.exp(logRatio)
    let [slope, information] = [0, 0]
    for (const { events, second, firstAtRisk, secondAtRisk } of table) {
      const share = (secondAtRisk * ratio) / (firstAtRisk + secondAtRisk * ratio)
      slope += second - events * share
      information += events * share * (1 - share)
    }
    return { slope, information }
  }
  let [low, high] = [-6, 6]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (measure(middle).slope > 0) low = middle
    else high = middle
  }
  const logRatio = (low + high) / 2
  const start = measure(0)
  // where one group has no event the likelihood has no top: Peto's one step from 0
  if (Math.abs(logRatio) > 5.9)
    return { logRatio: start.slope / start.information, information: start.information, atZero: start.information }
  return { logRatio, information: measure(logRatio).information, atZero: start.information }
}

/**
 * Does it happen sooner in one of two groups, when members of a unit (account) are alike to an unknown degree? Undefined when there is
 * nothing to compare: no time at which it happened while members of both groups were watched.
 *
 * The log-rank statistic (Mantel 1966), units weighted by what they can tell, 1 / (1 + frailty · events expected of the others). Its
 * variance is the larger, by group, of what a gamma frailty lets expect and what the units' own scores show (Lee, Wei and Amato 1992;
 * Lin 1994). The events are then cut down to as many as independent ones would have that variance, and judged by the binomial
 * distribution (whose events they are, given who was at risk), so that a small group keeps its lopsided tail; Student's t with as many
 * degrees of freedom as there are effective units, less two, pays for the estimated variance. The ratio is Cox's. What units that are in both
 * groups have in common cancels (`measureCommon`); what those who began at the same time have in common is added (`measureBatches`).
 */
export function compareHazards(first: DurationSample, second: DurationSample): HazardComparison | undefined {
  const members = groupMembers(first, second)
  const isRepeated = members.size > members.unitCount
  const plain = scoreMembers(members, new Float64Array(members.unitCount).fill(1))
  const frailty = isRepeated ? measureFrailty(members, plain) : 0
  const typical = plain.hazard.reduce((sum, hazard) => sum + hazard, 0) / members.size
  const weight = Float64Array.from(members.unitSize, (size) => 1 / (1 + frailty * (size - 1) * typical))
  const scores = frailty > 0 ? scoreMembers(members, weight) : plain
  const [one, other] = [0, 1].map((side) => measureVariance(members, scores, weight, frailty, side)) as [
    ReturnType<typeof measureVariance>,
    ReturnType<typeof measureVariance>,
  ]
  const batches = measureBatches(members, scores, weight)
  const common = measureCommon(members, scores, weight, frailty)
  const ofUnits = Math.max(one.independent + other.independent, one.variance + other.variance + common)
  const variance = ofUnits + batches.variance
  let [events, seen, expected] = [0, 0, 0]
  for (const row of scores.table) {
    events += row.events
    seen += row.second
    expected += (row.events * row.secondAtRisk) / (row.firstAtRisk + row.secondAtRisk)
  }
  const share = expected / events
  if (!(variance > 0) || !(share > 0 && share < 1)) return undefined
  const unitFreedom = isRepeated ? Math.max(1, one.effectiveUnits + other.effectiveUnits - 2) : Number.POSITIVE_INFINITY
  // of a sum of two estimated variances (Satterthwaite 1946)
  const freedom = variance ** 2 / (ofUnits ** 2 / unitFreedom + batches.variance ** 2 / batches.freedom)

  const scale = variance / (events * share * (1 - share))
  const worth = Math.max(1, Math.round(events / scale))
  const isUpper = seen > expected
  const count = Math.min(worth, Math.max(0, worth * share + (seen - expected) / scale))
  const tail = interpolateTail(count, (whole) =>
    isUpper ? binomial.upperTail(whole, worth, share) : binomial.lowerTail(whole, worth, share),
  )
  const pValue = tail >= 0.5 ? 1 : 2 * studentT.upperTail(-normal.quantile(tail), freedom)

  const { logRatio, information, atZero } = fitLogRatio(scores.table)
  const margin = criticalT(freedom) * Math.sqrt(variance / (atZero * information))
  return {
    ratio: Math.exp(logRatio),
    low: Math.exp(logRatio - margin),
    high: Math.exp(logRatio + margin),
    pValue: Math.min(1, Math.max(1e-300, pValue)),
    score: (seen - expected) / Math.sqrt(variance),
    frailty,
    designEffect: variance / (one.independent + other.independent),
    freedom,
  }
}
