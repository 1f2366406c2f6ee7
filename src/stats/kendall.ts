import { measureMannKendall } from './mann-kendall.ts'
import { normal } from './normal.ts'

/** Pairs of values up to which orders are counted out, where none are tied. */
const exactMax = 60

export interface Kendall {
  /** τ-b, −1..1; NaN where one of the two does not vary. */
  readonly value: number
  /** Two-sided; 1 where nothing can be told. */
  readonly pValue: number
}

/**
 * Kendall's rank correlation τ-b: pairs in the same order minus pairs in the opposite one, as a share of those not tied
 * (Kendall 1938, 1945), in O(n log n). The p-value is exact up to 60 values without ties, by the normal distribution with
 * its variance corrected for ties beyond.
 */
export function correlateOrder(x: Float64Array, y: Float64Array): Kendall {
  const count = x.length
  const order = Uint32Array.from(x, (_, at) => at).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const rising = Float64Array.from(order, (at) => y[at]!)
  // pairs of equal x stand in the order of y and must not count
  let agreeing = measureMannKendall(rising).statistic
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && x[order[to]!] === x[order[from]!]) to++
    agreeing -= countPairs(to - from) - sumRuns(rising.subarray(from, to), countPairs)
    from = to
  }
  const pairs = countPairs(count)
  const [sortedX, sortedY] = [x.slice().sort(), y.slice().sort()]
  const [tiedX, tiedY] = [sumRuns(sortedX, countPairs), sumRuns(sortedY, countPairs)]
  const value = agreeing / Math.sqrt((pairs - tiedX) * (pairs - tiedY))
  if (!(pairs > tiedX && pairs > tiedY)) return { value: Number.NaN, pValue: 1 }
  if (tiedX + tiedY === 0 && count <= exactMax) return { value, pValue: weighOrder(count, agreeing) }
  const both = (term: (run: number) => number) => sumRuns(sortedX, term) * sumRuns(sortedY, term)
  const spread = (run: number) => run * (run - 1) * (2 * run + 5)
  const variance =
    (spread(count) - sumRuns(sortedX, spread) - sumRuns(sortedY, spread)) / 18 +
    (2 * both(countPairs)) / (count * (count - 1)) +
    both((run) => run * (run - 1) * (run - 2)) / (9 * count * (count - 1) * Math.max(1, count - 2))
  return { value, pValue: Math.min(1, 2 * normal.upperTail(Math.abs(agreeing) / Math.sqrt(variance))) }
}

const countPairs = (run: number): number => (run * (run - 1)) / 2

/** Σ of a term over runs of equal sorted values. */
function sumRuns(sorted: Float64Array, term: (run: number) => number): number {
  let sum = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1
    while (to < sorted.length && sorted[to] === sorted[from]) to++
    sum += term(to - from)
    from = to
  }
  return sum
}

/**
 * Two-sided chance of at least so much agreement among all orders of `count` values: inversions, one more value at a time.
 */
function weighOrder(count: number, agreeing: number): number {
  const pairs = countPairs(count)
  let shares = Float64Array.of(1)
  for (let size = 2; size <= count; size++) {
    const next = new Float64Array(countPairs(size) + 1)
    let sum = 0
    for (let inversions = 0; inversions < next.length; inversions++) {
      sum += (shares[inversions] ?? 0) - (inversions >= size ? shares[inversions - size]! : 0)
      next[inversions] = sum / size
    }
    shares = next
  }
  const most = Math.round((pairs - Math.abs(agreeing)) / 2)
  let tail = 0
  for (let inversions = 0; inversions <= most; inversions++) tail += shares[inversions]!
  return Math.min(1, 2 * tail)
}
