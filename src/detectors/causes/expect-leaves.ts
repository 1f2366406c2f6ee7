import type { Leaves } from '../shapes.ts'

/** What each leaf counts, and what it would count if nothing had happened. */
export interface LeafModel {
  readonly count: number
  readonly actual: Float64Array
  /** Never 0, so that a slice that is new can be told by a ratio, too. */
  readonly expected: Float64Array
  readonly isRatio: boolean
}

/** Members of the denominator that a leaf borrows from the whole: a rate of a handful says little. */
const borrowed = 100

/** Rate of each leaf, drawn to the rate of the whole where its denominator is small, times the denominator that came. */
function expectNumerators(leaves: Leaves, weight: NonNullable<Leaves['weight']>): Float64Array {
  let numerator = 0
  let denominator = 0
  for (let leaf = 0; leaf < leaves.expected.length; leaf++) {
    numerator += leaves.expected[leaf]!
    denominator += weight.expected[leaf]!
  }
  const rate = denominator > 0 ? numerator / denominator : 0
  return leaves.expected.map(
    (expected, leaf) =>
      (weight.actual[leaf]! * (expected + borrowed * rate)) / (Math.max(0, weight.expected[leaf]!) + borrowed),
  )
}

/** A quarter of the smallest usual leaf stands for nothing. */
function chooseFloor(expected: Float64Array): number {
  const sizes = expected.filter((x) => x !== 0).map(Math.abs)
  return sizes.length > 0 ? sizes.sort()[Math.floor(sizes.length / 20)]! / 4 : 1
}

/**
 * Expected numbers of the leaves as the search for causes takes them. For a ratio that is the numerator that the denominator at hand
 * would have had at the leaf's old rate: who came is not what is explained, but what became of them.
 */
export function expectLeaves(leaves: Leaves): LeafModel {
  const expected = leaves.weight ? expectNumerators(leaves, leaves.weight) : leaves.expected
  const floor = chooseFloor(expected)
  return {
    count: expected.length,
    actual: leaves.actual.map((x, leaf) => (x === 0 && expected[leaf] === 0 ? floor : x)),
    expected: expected.map((x) => (Math.abs(x) < floor ? floor : x)),
    isRatio: leaves.weight !== undefined,
  }
}
