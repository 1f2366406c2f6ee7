import { studentT } from '../../stats/student-t.ts'
import type { LeafModel } from './expect-leaves.ts'
import { fitMainEffects, type MainEffects } from './fit-main-effects.ts'

/** A value of a field beside the other values of that field. */
export interface SiblingTest {
  readonly field: number
  readonly code: number
  /** Two-sided, paid for all values of all fields. */
  readonly pValue: number
  /** Student's t of its log ratio against the mean of the others'. */
  readonly statistic: number
  readonly freedom: number
  /** Actual / expected of the value, and of the others together, and the standard error of their log. */
  readonly ratio: number
  readonly others: number
  readonly error: number
}

/** Values of a field that are compared; the smaller ones are too uncertain to be told or to tell noise. */
const siblingsMin = 5
/** Standard error of a log ratio from which on a value is too small. */
const errorMax = 0.35
/** Siblings that are alike to the last digit. */
const errorMin = 1e-9

interface Sibling {
  readonly code: number
  readonly log: number
  readonly variance: number
}

/**
 * Compares each value of each field with its siblings: is its ratio of actual to expected farther from theirs than theirs are from each
 * other? Student's t of the deleted residual (Cook and Weisberg 1982) on the log scale, so that whatever makes slices differ when nothing
 * happens is noise here. Once with variances as the noise of leaves has them, once with equal ones as a wobble of whole slices has them; the larger
 * p-value counts. Fields with fewer than five values are left out. Best first; p-values are multiplied by the number of tests.
 */
export function compareSiblings(
  model: LeafModel,
  codes: readonly Int32Array[],
  sizes: readonly number[],
): readonly SiblingTest[] {
  const effects = fitMainEffects(model, codes, sizes)
  const families = codes.map((of, field) => ({ field, siblings: sumSiblings(model, effects, of, sizes[field]!) }))
  const tested = families.filter(({ siblings }) => siblings.length >= siblingsMin)
  const count = tested.reduce((sum, { siblings }) => sum + siblings.length, 0)
  return tested
    .flatMap(({ field, siblings }) => siblings.map((one) => ({ field, ...compare(one, siblings) })))
    .map((test) => ({ ...test, pValue: Math.max(1e-300, Math.min(1, test.pValue * count)) }))
    .sort((a, b) => a.pValue - b.pValue)
}

/** The values of a field that are large enough. */
function sumSiblings(
  { actual, expected, count }: LeafModel,
  { mean, variance }: MainEffects,
  codes: Int32Array,
  size: number,
): readonly Sibling[] {
  const sums = Array.from({ length: size }, () => ({ actual: 0, expected: 0, mean: 0, variance: 0 }))
  for (let leaf = 0; leaf < count; leaf++) {
    const of = sums[codes[leaf]!]!
    of.actual += actual[leaf]!
    of.expected += expected[leaf]!
    of.mean += mean[leaf]!
    of.variance += variance[leaf]!
  }
  return sums.flatMap((of, code) => {
    const error = Math.sqrt(of.variance) / of.mean
    if (!(of.expected > 0) || !(error <= errorMax)) return []
    // a value that is gone counts as half a deviation, so that it has a logarithm
    const counted = Math.max(of.actual, Math.sqrt(of.variance) / 2)
    return [{ code, log: Math.log(counted / of.expected), variance: error * error }]
  })
}

/** The value's stray from the others' mean where variances are these, up to a factor that the others' scatter tells. */
function stray(one: Sibling, others: readonly Sibling[], varianceOf: (sibling: Sibling) => number) {
  let weights = 0
  let sum = 0
  for (const sibling of others) {
    weights += 1 / varianceOf(sibling)
    sum += sibling.log / varianceOf(sibling)
  }
  const mean = sum / weights
  const scatter = others.reduce((total, sibling) => total + (sibling.log - mean) ** 2 / varianceOf(sibling), 0)
  const error = Math.max(errorMin, Math.sqrt((scatter / (others.length - 1)) * (varianceOf(one) + 1 / weights)))
  return { mean, error, statistic: (one.log - mean) / error }
}

/** Noise of leaves, or a wobble of whole slices: the one that makes less of the value. */
function compare(one: Sibling, all: readonly Sibling[]): Omit<SiblingTest, 'field'> {
  const others = all.filter((sibling) => sibling !== one)
  const noisy = stray(one, others, ({ variance }) => variance)
  const wobbly = stray(one, others, () => 1)
  const { mean, error, statistic } = Math.abs(noisy.statistic) < Math.abs(wobbly.statistic) ? noisy : wobbly
  const freedom = others.length - 1
  return {
    code: one.code,
    pValue: 2 * studentT.upperTail(Math.abs(statistic), freedom),
    statistic,
    freedom,
    ratio: Math.exp(one.log),
    others: Math.exp(mean),
    error,
  }
}
