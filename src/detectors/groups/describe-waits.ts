import { estimateSurvival, type SurvivalCurve, survivalQuantile } from '../../stats/kaplan-meier.ts'
import type { DurationSample } from '../shapes.ts'

/** How long it takes in two groups, in the unit of the times. */
export interface Waits {
  readonly measure: 'median' | 'mean within'
  /** The time up to which the mean counts; for medians the last time seen in both groups. */
  readonly until: number
  readonly first: number
  /** 95% interval of the first. */
  readonly low: number
  readonly high: number
  readonly second: number
}

/** The mean time up to `until` (area under the curve) and its variance (Klein and Moeschberger 2003, section 4.5). */
function measureMean({ time, survival, relativeVariance }: SurvivalCurve, until: number) {
  let [area, before, share] = [0, 0, 1]
  const pieces: number[] = []
  for (let at = 0; at < time.length && time[at]! <= until; at++) {
    area += share * (time[at]! - before)
    pieces.push(area)
    before = time[at]!
    share = survival[at]!
  }
  area += share * (until - before)
  let [variance, last] = [0, 0]
  pieces.forEach((piece, at) => {
    // where nobody is left the step is infinite and the area after it nought
    const step = relativeVariance[at]! - last
    if (Number.isFinite(step)) variance += (area - piece) ** 2 * step
    last = relativeVariance[at]!
  })
  return { value: area, error: Math.sqrt(variance) }
}

/**
 * Medians by Kaplan and Meier, with the interval of Brookmeyer and Crowley widened by the design effect; where it has not happened to
 * half of a group yet, the mean time without it within the stretch that both groups were watched.
 */
export function describeWaits(first: DurationSample, second: DurationSample, designEffect: number): Waits {
  const [one, other] = [estimateSurvival(first), estimateSurvival(second)]
  const longest = ({ time }: DurationSample) => time.reduce((most, value) => Math.max(most, value), 0)
  const until = Math.min(longest(first), longest(second))
  const wide: SurvivalCurve = { ...one, relativeVariance: one.relativeVariance.map((value) => value * designEffect) }
  const median = survivalQuantile(wide)
  const compared = survivalQuantile(other).value
  if (Number.isFinite(median.value) && Number.isFinite(compared))
    return {
      measure: 'median',
      until,
      first: median.value,
      low: median.low,
      high: Number.isFinite(median.high) ? median.high : longest(first),
      second: compared,
    }
  const mean = measureMean(wide, until)
  return {
    measure: 'mean within',
    until,
    first: mean.value,
    low: Math.max(0, mean.value - 1.96 * mean.error),
    high: Math.min(until, mean.value + 1.96 * mean.error),
    second: measureMean(other, until).value,
  }
}
