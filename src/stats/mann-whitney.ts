import { normal } from './normal.ts'
import { rank } from './rank.ts'

/** Additions the exact distribution may cost; beyond, the normal one is as good. */
const additionsMax = 4_000_000

export interface MannWhitney {
  /** Pairs in which the first sample's value is the larger, equal ones counting half. */
  readonly statistic: number
  /** The same as a share of all pairs: the chance that a value of the first sample exceeds one of the second. */
  readonly superiority: number
  /** Two-sided: twice the smaller tail. */
  readonly pValue: number
  readonly method: 'exact' | 'normal'
}

/**
 * The Mann–Whitney test (Wilcoxon's rank sum) of two samples of finite values: does one tend to be larger? Small samples
 * are judged by the exact permutation distribution, ties included (shift algorithm of Streitberg and Röhmel 1986); large
 * ones by the normal distribution with tie and continuity corrections. Values must be independent: one an account. An empty
 * sample, or all values equal, gives 1.
 */
export function testMannWhitney(first: Float64Array, second: Float64Array): MannWhitney {
  const [m, n] = [first.length, second.length]
  if (m === 0 || n === 0) return { statistic: Number.NaN, superiority: Number.NaN, pValue: 1, method: 'exact' }
  const pooled = new Float64Array(m + n)
  pooled.set(first)
  pooled.set(second, m)
  const { ranks, ties } = rank(pooled)
  let sum = 0
  for (let i = 0; i < m; i++) sum += ranks[i]!
  const statistic = sum - (m * (m + 1)) / 2
  const described = { statistic, superiority: statistic / (m * n) }
  const fewer = Math.min(m, n)
  if (2 * (m + n) ** 2 * fewer ** 2 <= additionsMax) {
    const sumOfFewer = m <= n ? sum : ((m + n) * (m + n + 1)) / 2 - sum
    return { ...described, pValue: weighRankSum(ranks, fewer, sumOfFewer), method: 'exact' }
  }
  const variance = ((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1)))
  if (!(variance > 0)) return { ...described, pValue: 1, method: 'normal' }
  const distance = Math.max(0, Math.abs(statistic - (m * n) / 2) - 0.5)
  return { ...described, pValue: Math.min(1, 2 * normal.upperTail(distance / Math.sqrt(variance))), method: 'normal' }
}

/** Twice the smaller tail of the sum of `size` ranks drawn from all, counting every way to draw them. */
function weighRankSum(ranks: Float64Array, size: number, sum: number): number {
  const doubled = Int32Array.from(ranks, (value) => Math.round(2 * value)).sort()
  const width = doubled.subarray(doubled.length - size).reduce((total, value) => total + value, 0) + 1
  // ways[k * width + s]: how many choices of k ranks have the doubled sum s
  const ways = new Float64Array((size + 1) * width)
  ways[0] = 1
  let reach = 0
  for (const value of doubled) {
    reach = Math.min(width - 1, reach + value)
    for (let k = size; k >= 1; k--) {
      const [to, from] = [k * width, (k - 1) * width]
      for (let s = reach; s >= value; s--) ways[to + s]! += ways[from + s - value]!
    }
  }
  const at = Math.round(2 * sum)
  let [below, above] = [0, 0]
  for (let s = 0; s < width; s++) {
    const number = ways[size * width + s]!
    if (s <= at) below += number
    if (s >= at) above += number
  }
  const total = below + above - ways[size * width + at]!
  return Math.min(1, (2 * Math.min(below, above)) / total)
}
