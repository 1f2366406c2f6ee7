import type { Series } from '../shapes.ts'
import { believeGrowth } from './believe-growth.ts'
import { chooseSeason } from './season.ts'

/** How the mean follows the linear predictor: multiplied, as odds, or added. */
export type Link = 'log' | 'logit' | 'identity'

/** The points of a series that are evidence, and how their noise is modelled. All arrays have `count` entries. */
export interface Sample {
  readonly count: number
  readonly value: Float64Array
  /** Rows behind a value; 1 where unknown. */
  readonly weight: Float64Array
  /** Index in the series. */
  readonly place: Int32Array
  /** Place in the season, 0..season − 1. */
  readonly phase: Int32Array
  readonly season: number
  readonly link: Link
  /** Whether the variance shrinks with the mean (counts, sums) or with the weight (means, ratios). */
  readonly thins: 'by mean' | 'by weight'
  /** Whether all values are whole numbers of something: tails are then those of counts. */
  readonly isWhole: boolean
  /** Variance over mean that events bring with them when they come one by one: 1 for counts and shares, 0 where unknown. */
  readonly eventSize: number
  /** Plain variance of the values. */
  readonly variance: number
  /** Deviation of the straight trend that is believed beforehand (see `believeGrowth`), on the scale of the link. */
  readonly growth: number
}

function measureVariance(value: Float64Array): number {
  let [sum, squares] = [0, 0]
  for (let at = 0; at < value.length; at++) sum += value[at]!
  const mean = sum / value.length
  for (let at = 0; at < value.length; at++) squares += (value[at]! - mean) ** 2
  return squares / value.length
}

/** The smallest sum stands for one event, if there are days without any. */
function measureEvent(kind: Series['kind'], link: Link, value: Float64Array): number {
  if (link === 'identity' || kind === 'mean') return 0
  if (kind !== 'amount') return 1
  let least = Number.POSITIVE_INFINITY
  let hasNone = false
  for (const x of value) {
    if (x > 0) least = Math.min(least, x)
    else hasNone = true
  }
  return hasNone && least < Number.POSITIVE_INFINITY ? least : 0
}

function chooseLink(series: Series, value: Float64Array): Link {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const x of value) {
    if (x < least) least = x
    if (x > most) most = x
  }
  if (series.kind === 'ratio') return least >= 0 && most <= 1 ? 'logit' : 'identity'
  if (series.kind === 'mean') return least > 0 ? 'log' : 'identity'
  return least >= 0 ? 'log' : 'identity'
}

/** How many values are not 0. */
export function countFilled(value: Float64Array): number {
  let filled = 0
  for (let at = 0; at < value.length; at++) if (value[at] !== 0) filled++
  return filled
}

function areWhole(value: Float64Array): boolean {
  for (let at = 0; at < value.length; at++) if (!Number.isInteger(value[at])) return false
  return true
}

/** Values other than 0 for each place of the season, below which its pattern cannot be told. */
const eventsPerPhaseMin = 5

/** Leaves out missing values, declared events, and values without rows behind them. */
export function takeSample(series: Series, seasonAsked: number): Sample {
  const { values, weights, excluded, kind, grain } = series
  const usable = new Int32Array(values.length)
  let count = 0
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]) || excluded?.[at] === 1) continue
    if (kind !== 'count' && kind !== 'amount' && weights && !(weights[at]! > 0)) continue
    usable[count++] = at
  }
  const place = usable.slice(0, count)
  const pick = (from: ArrayLike<number>): Float64Array => {
    const picked = new Float64Array(count)
    for (let at = 0; at < count; at++) picked[at] = from[place[at]!]!
    return picked
  }
  const value = pick(values)
  const byWeight = kind === 'ratio' || kind === 'mean'
  const link = chooseLink(series, value)
  const asked = chooseSeason(grain, count, seasonAsked)
  const isSparse = link !== 'identity' && countFilled(value) < eventsPerPhaseMin * asked
  const season = isSparse ? 1 : asked
  const phase = new Int32Array(count)
  for (let at = 0; at < count; at++) phase[at] = place[at]! % season
  return {
    count,
    value,
    weight: byWeight && weights ? pick(weights) : new Float64Array(count).fill(1),
    place,
    phase,
    season,
    link,
    thins: byWeight || link !== 'log' ? 'by weight' : 'by mean',
    isWhole: kind === 'count' && areWhole(value),
    eventSize: measureEvent(kind, link, value),
    variance: measureVariance(value),
    growth: believeGrowth(series, link),
  }
}
