import { allocate } from './scratch.ts'

/** So few values are sorted by insertion. */
const fewMax = 16

/** The same as `countOrder`, for few values. */
function countOrderOfFew(values: Float64Array, from: number, to: number): number {
  let total = 0
  for (let at = from + 1; at < to; at++) {
    const own = values[at]!
    let place = at
    for (; place > from && values[place - 1]! > own; place--) values[place] = values[place - 1]!
    values[place] = own
    let below = place
    while (below > from && values[below - 1] === own) below--
    total += below - from - (at - place)
  }
  return total
}

/** Counts pairs in order minus pairs out of order while sorting `values` (merge sort); pairs of equal values count 0. */
function countOrder(values: Float64Array, scratch: Float64Array, from: number, to: number): number {
  if (to - from <= fewMax) return countOrderOfFew(values, from, to)
  const middle = (from + to) >> 1
  let total = countOrder(values, scratch, from, middle) + countOrder(values, scratch, middle, to)
  // for each right value: left ones below it minus left ones above it
  let below = from
  let notAbove = from
  for (let right = middle; right < to; right++) {
    while (below < middle && values[below]! < values[right]!) below++
    while (notAbove < middle && values[notAbove]! <= values[right]!) notAbove++
    total += below - from - (middle - notAbove)
  }
  let [i, j] = [from, middle]
  for (let k = from; k < to; k++) {
    const takeLeft = j >= to || (i < middle && values[i]! <= values[j]!)
    scratch[k] = takeLeft ? values[i++]! : values[j++]!
  }
  values.set(scratch.subarray(from, to), from)
  return total
}

export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  readonly statistic: number
  /** Its variance under exchangeable values, corrected for ties. */
  readonly variance: number
}

/** The Mann–Kendall statistic of a series (Mann 1945, Kendall 1975), in O(n log n). */
export function measureMannKendall(series: Float64Array): MannKendall {
  const count = series.length
  const sorted = allocate(count)
  sorted.set(series)
  const statistic = countOrder(sorted, allocate(count), 0, count)
  const term = (t: number) => t * (t - 1) * (2 * t + 5)
  let variance = term(count)
  for (let from = 0; from < count; ) {
    let to = from + 1
    while (to < count && sorted[to] === sorted[from]) to++
    variance -= term(to - from)
    from = to
  }
  return { statistic, variance: variance / 18 }
}

/**
 * By how much autocorrelation multiplies that variance (Hamed and Rao 1998, equation 10), for rank correlations `memory`^k:
 * of an AR(1) process, which is steadier than one estimate a lag.
 */
export function inflateVariance(count: number, memory: number): number {
  let sum = 0
  for (let lag = 1, power = memory; lag < count - 2 && Math.abs(power) > 1e-6; lag++, power *= memory)
    sum += (count - lag) * (count - lag - 1) * (count - lag - 2) * power
  return 1 + (2 * sum) / (count * (count - 1) * (count - 2))
}
