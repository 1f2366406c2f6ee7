import { combineDependent } from '../../stats/combine-dependent.ts'
import type { Cohorts, Conversion } from '../shapes.ts'
import { compareShares, type ShareComparison } from './compare-shares.ts'

/** Fewest cohorts before a change and from it on. */
export const earlierLeast = 4
export const recentLeast = 2

/** The cohorts from `from` on against those before, at the ages both have reached. */
export interface CohortSplit {
  readonly from: number
  /** Over the ages, combined. */
  readonly pValue: number
  /** The age at which the difference shows most. */
  readonly age: number
  readonly atAge: ShareComparison
  readonly ages: number
  readonly memory: number
}

/** Retained against what all cohorts together let expect at the same ages: one number a cohort, NaN where no age has come. */
function scoreCohorts({ size, retained }: Cohorts, agesMax: number): Float64Array {
  const [seen, expected] = [new Float64Array(size.length), new Float64Array(size.length)]
  for (let age = 0; age < agesMax; age++) {
    const isThere = (cohort: number) => size[cohort]! > 0 && Number.isFinite(retained[cohort]![age])
    let [entered, stayed] = [0, 0]
    for (let cohort = 0; cohort < size.length; cohort++) {
      if (!isThere(cohort)) continue
      entered += size[cohort]!
      stayed += retained[cohort]![age]!
    }
    if (stayed === 0 || stayed === entered) continue
    for (let cohort = 0; cohort < size.length; cohort++) {
      if (!isThere(cohort)) continue
      seen[cohort]! += retained[cohort]![age]!
      expected[cohort]! += (size[cohort]! * stayed) / entered
    }
  }
  return seen.map((value, cohort) => value / expected[cohort]!)
}

/**
 * How much one cohort's score tells of the next one's, within the cohorts before `from` and those after: lag-one correlation, 0..0.8,
 * with what short stretches take from it given back (Marriott and Pope 1954).
 */
function measureMemory(scores: Float64Array, from: number): number {
  const residual = scores.slice()
  for (const [low, high] of [
    [0, from],
    [from, scores.length],
  ] as const) {
    let [sum, count] = [0, 0]
    for (let at = low; at < high; at++) {
      if (!Number.isFinite(scores[at])) continue
      sum += scores[at]!
      count++
    }
    for (let at = low; at < high; at++) residual[at] = Number.isFinite(scores[at]) ? scores[at]! - sum / count : 0
  }
  let [product, square] = [0, 0]
  for (let at = 0; at < scores.length; at++) {
    square += residual[at]! ** 2
    if (at > 0 && at !== from) product += residual[at]! * residual[at - 1]!
  }
  if (!(square > 0)) return 0
  const plain = product / square
  return Math.min(0.8, Math.max(0, plain + (1 + 3 * Math.max(0, plain)) / scores.length))
}

/** A comparison of the cohorts of a split, and what it can tell. */
interface Compared {
  readonly age: number
  readonly comparison: ShareComparison
  readonly weight: number
}

/** Earlier and recent cohorts that have reached an age, each with how often its members were there at the ages from `first` to that one. */
function compareAges(
  { size, retained }: Cohorts,
  from: number,
  [first, age]: readonly [number, number],
  memory: number,
) {
  const sides: readonly [Conversion[], Conversion[]] = [[], []]
  for (let cohort = 0; cohort < size.length; cohort++) {
    let converted = 0
    for (let at = first; at <= age; at++) converted += retained[cohort]![at] ?? Number.NaN
    if (!(size[cohort]! > 0) || !Number.isFinite(converted)) continue
    sides[cohort < from ? 0 : 1].push({ entered: size[cohort]! * (age - first + 1), converted })
  }
  const [earlier, recent] = sides
  if (earlier.length < earlierLeast || recent.length < recentLeast) return undefined
  const comparison = compareShares(earlier, recent, memory)
  if (!comparison) return undefined
  const { first: before, second: after } = comparison
  return { age, comparison, weight: (before.weight * after.weight) / (before.weight + after.weight) }
}

/**
 * Every split of the cohorts that leaves enough on both sides, each compared at every age, and at all ages after the first up to every age taken
 * together: a difference that shows at each age a little shows best in their sum. Ages at which all or none stay say nothing.
 */
export function splitCohorts(cohorts: Cohorts, agesMax: number): readonly CohortSplit[] {
  const { length } = cohorts.size
  const scores = scoreCohorts(cohorts, agesMax)
  const splits: CohortSplit[] = []
  for (let from = earlierLeast; from <= length - recentLeast; from++) {
    const memory = measureMemory(scores, from)
    const list = (first: (age: number) => number, least: number): Compared[] =>
      Array.from({ length: Math.max(0, agesMax - least) }, (_, at) => at + least).flatMap(
        (age) => compareAges(cohorts, from, [first(age), age], memory) ?? [],
      )
    const single = list((age) => age, 0)
    if (single.length === 0) continue
    const all = [...single, ...list(() => 1, 2)]
    const clearest = single.reduce((most, one) => (one.comparison.pValue < most.comparison.pValue ? one : most))
    splits.push({
      from,
      pValue: combineDependent(
        all.map(({ comparison }) => comparison.pValue),
        all.map(({ weight }) => weight),
      ),
      age: clearest.age,
      atAge: clearest.comparison,
      ages: single.length,
      memory,
    })
  }
  return splits
}
