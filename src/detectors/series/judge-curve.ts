import { inflateVariance, measureMannKendall } from '../../stats/mann-kendall.ts'
import { studentT } from '../../stats/student-t.ts'

/**
 * By how many nths the lag-1 correlation of what is left of a rising curve falls short: the curve has about ln(n) steps, each of which takes
 * out what would have stayed on one side. Measured on simulated AR(1) series of 24 to 156 points.
 */
const biasOf = { constant: 5, perMemory: 7 } as const
/** Points that the curve itself costs. */
const curveCost = 6
const freedomMin = 3
const memoryMax = 0.95

/** The non-decreasing curve nearest to the values in squares (pool adjacent violators; Ayer and others 1955). */
function fitRising(values: Float64Array): Float64Array {
  const [means, lengths]: [number[], number[]] = [[], []]
  for (const value of values) {
    means.push(value)
    lengths.push(1)
    while (means.length > 1 && means.at(-2)! > means.at(-1)!) {
      const [upper, count] = [means.pop()!, lengths.pop()!]
      const [lower, before] = [means.pop()!, lengths.pop()!]
      means.push((upper * count + lower * before) / (count + before))
      lengths.push(count + before)
    }
  }
  const curve = new Float64Array(values.length)
  let at = 0
  means.forEach((mean, block) => {
    curve.fill(mean, at, at + lengths[block]!)
    at += lengths[block]!
  })
  return curve
}

/** Lag-1 correlation of what is left of the best rising or falling curve, corrected for what the curve takes with it. */
function measureMemory(values: Float64Array, sign: number): number {
  const turned = values.map((x) => sign * x)
  const curve = fitRising(turned)
  let [own, next] = [0, 0]
  for (let at = 0; at < turned.length; at++) {
    const left = turned[at]! - curve[at]!
    own += left * left
    if (at > 0) next += left * (turned[at - 1]! - curve[at - 1]!)
  }
  const raw = own > 0 ? next / own : 0
  return Math.min(memoryMax, Math.max(0, raw + (biasOf.constant + biasOf.perMemory * Math.max(0, raw)) / values.length))
}

/**
 * Two-sided p-value of "the values neither rise nor fall" against a rise or fall along any curve: the Mann–Kendall statistic, its variance
 * corrected for memory as `trend` does, but memory is what is left of the best monotone curve, and is known by (n − 6)(1 − ρ) / 2(1 + ρ) degrees
 * of freedom. A rise that starts in the middle, or that slows down, is no memory then. Simulated, 5% and 1% are kept up to a memory of .4 from 24 points on;
 * at .6 they are 5.9% and 1.5% at most, and waves with a memory of .8 pass for a rise up to twice as often as promised in fewer than 60 points.
 */
export function judgeCurve(values: Float64Array): number {
  const { statistic, variance } = measureMannKendall(values)
  if (statistic === 0) return 1
  const memory = measureMemory(values, Math.sign(statistic))
  const score = statistic / Math.sqrt(variance * inflateVariance(values.length, (6 / Math.PI) * Math.asin(memory / 2)))
  const freedom = Math.max(freedomMin, ((values.length - curveCost) * (1 - memory)) / (2 * (1 + memory)))
  return 2 * studentT.upperTail(Math.abs(score), freedom)
}
