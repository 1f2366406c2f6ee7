import { normal } from './normal.ts'

/** Times until something happened, one entry a member. */
export interface CensoredTimes {
  readonly time: Float64Array
  /** 1 where it happened at that time, 0 where it had not happened yet when last seen (censored). */
  readonly happened: Uint8Array
}

/** A survival curve: one entry a distinct time at which something happened, in order. */
export interface SurvivalCurve {
  readonly time: Float64Array
  /** Share for whom it has not happened up to and including that time. */
  readonly survival: Float64Array
  /** Greenwood's sum: the variance of `survival` divided by its square. */
  readonly relativeVariance: Float64Array
  /** Members still under watch just before. */
  readonly atRisk: Float64Array
}

/**
 * The product-limit estimate (Kaplan and Meier 1958) with Greenwood's variance. Who is censored at a time counts as at risk
 * at it. Members must be independent, and why they are censored must have nothing to do with when it would have happened.
 */
export function estimateSurvival({ time, happened }: CensoredTimes): SurvivalCurve {
  const sorted = time.slice().sort()
  const events = time.filter((_, at) => happened[at] === 1).sort()
  const distinct = events.filter((value, at) => value !== events[at - 1])
  const survival = new Float64Array(distinct.length)
  const relativeVariance = new Float64Array(distinct.length)
  const atRisk = new Float64Array(distinct.length)
  let [gone, seen, share, sum] = [0, 0, 1, 0]
  distinct.forEach((value, at) => {
    while (gone < sorted.length && sorted[gone]! < value) gone++
    const before = seen
    while (seen < events.length && events[seen] === value) seen++
    const [risk, deaths] = [sorted.length - gone, seen - before]
    share *= (risk - deaths) / risk
    sum += deaths / (risk * (risk - deaths))
    atRisk[at] = risk
    survival[at] = share
    relativeVariance[at] = sum
  })
  return { time: distinct, survival, relativeVariance, atRisk }
}

/** Place of the last event at or before `time`; −1 before the first. */
function findLast(curve: SurvivalCurve, time: number): number {
  let at = -1
  while (at + 1 < curve.time.length && curve.time[at + 1]! <= time) at++
  return at
}

/** The interval of a survival at place `at` on the log(−log) scale (Kalbfleisch and Prentice 1980): never outside 0..1. */
function boundSurvival(curve: SurvivalCurve, at: number, level: number): readonly [number, number] {
  if (at < 0) return [1, 1]
  const share = curve.survival[at]!
  // at the end of all the formula fails; the upper bound of before still holds
  if (share === 0) return [0, boundSurvival(curve, at - 1, level)[1]]
  const step = -normal.quantile((1 - level) / 2) * (Math.sqrt(curve.relativeVariance[at]!) / Math.abs(Math.log(share)))
  return [share ** Math.exp(step), share ** Math.exp(-step)]
}

/** The share for whom it has not happened by `time`, with its interval. */
export function survivalAt(curve: SurvivalCurve, time: number, level = 0.95) {
  const at = findLast(curve, time)
  const [low, high] = boundSurvival(curve, at, level)
  return { value: at < 0 ? 1 : curve.survival[at]!, low, high }
}

/**
 * The first time by which it has happened to a share of all (half: the median), with the interval of Brookmeyer and Crowley
 * (1982): the times whose survival might be that one. Infinity where the curve never gets there.
 */
export function survivalQuantile(curve: SurvivalCurve, share = 0.5, level = 0.95) {
  const left = 1 - share
  const firstAt = (isThere: (at: number) => boolean) => {
    for (let at = 0; at < curve.time.length; at++) if (isThere(at)) return curve.time[at]!
    return Infinity
  }
  const close = 1e-12
  return {
    value: firstAt((at) => curve.survival[at]! <= left + close),
    low: firstAt((at) => boundSurvival(curve, at, level)[0] <= left + close),
    high: firstAt((at) => boundSurvival(curve, at, level)[1] <= left + close),
  }
}
