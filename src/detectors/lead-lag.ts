import { z } from 'zod'
import { normal } from '../stats/normal.ts'
import { studentT } from '../stats/student-t.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { analyseChanges } from './series/analyse-changes.ts'
import { halfWidth } from './series/draw-band.ts'
import { findObstacle } from './series/judge-testable.ts'
import { seasonOption } from './series/season-option.ts'
import { takeCalendarOutInPlace } from './series/take-calendar-out.ts'
import type { Series, SeriesPair } from './shapes.ts'

const minimum = 60

const options = z.object({
  lags: z.int().min(1).max(60).default(14).describe('The longest lag that is tried, either way.'),
  season: seasonOption,
})
type Options = z.infer<typeof options>

/** A lag is at most this share of the points. */
const lagShare = 1 / 6

interface Whitened {
  /** What season, trend, shifts, the calendar and the day before do not explain, standardised, by place; NaN where there is nothing. */
  readonly left: Float64Array
  /** Degrees of freedom that the calendar took. */
  readonly spent: number
}

function prewhiten(series: Series, season: number): Whitened | string {
  const analysis = analyseChanges(series, season)
  const obstacle = findObstacle('lead_lag', analysis.sample, minimum)
  if (obstacle || analysis.status === 'untestable') return obstacle ?? 'not enough points'
  const { sample, baseline, noise } = analysis
  const left = new Float64Array(series.values.length).fill(Number.NaN)
  for (let at = 1; at < sample.count; at++) {
    if (sample.place[at]! - sample.place[at - 1]! > 1) continue
    left[sample.place[at]!] = baseline.clipped[at]! - noise.memory * baseline.clipped[at - 1]!
  }
  const spent = takeCalendarOutInPlace(left, series)
  standardiseInPlace(left)
  return { left, spent }
}

function standardiseInPlace(values: Float64Array): void {
  let [count, sum, square] = [0, 0, 0]
  for (const x of values) {
    if (Number.isNaN(x)) continue
    count++
    sum += x
    square += x * x
  }
  const mean = sum / count
  const deviation = Math.sqrt(Math.max(1e-300, square / count - mean * mean))
  for (let at = 0; at < values.length; at++) values[at] = (values[at]! - mean) / deviation
}

/** Correlation of `first` with `second` `lag` periods later, over the pairs there are. */
function correlate(
  first: Float64Array,
  second: Float64Array,
  lag: number,
): { readonly r: number; readonly pairs: number } {
  let [sum, pairs] = [0, 0]
  for (let at = Math.max(0, -lag); at < first.length - Math.max(0, lag); at++) {
    const product = first[at]! * second[at + lag]!
    if (Number.isNaN(product)) continue
    sum += product
    pairs++
  }
  return { r: pairs > 0 ? sum / pairs : 0, pairs }
}

/** Bartlett's (1946) factor for the variance of a cross-correlation: 1 + 2 Σ of the products of both series' own correlations; at least 1. */
function measureInflation(first: Float64Array, second: Float64Array, lags: number): number {
  let sum = 0
  for (let lag = 1; lag <= lags; lag++)
    sum += (1 - lag / (lags + 1)) * correlate(first, first, lag).r * correlate(second, second, lag).r
  return Math.max(1, 1 + 2 * sum)
}

interface Lagged {
  readonly lag: number
  readonly r: number
  readonly pairs: number
  readonly pValue: number
}

const limit = (r: number): number => Math.max(-0.9999, Math.min(0.9999, r))

interface Pair {
  readonly first: Float64Array
  readonly second: Float64Array
  readonly inflation: number
  readonly spent: number
}

/** Is a correlation there? Two-sided, of one lag alone. */
function judgeCorrelation(r: number, pairs: number, { inflation, spent }: Pair): number {
  const free = Math.max(3, (pairs - spent) / inflation - 2)
  const size = Math.abs(limit(r))
  return 2 * studentT.upperTail(size * Math.sqrt(free / (1 - size * size)), free)
}

function judgeLag(pair: Pair, lag: number): Lagged {
  const { r, pairs } = correlate(pair.first, pair.second, lag)
  return { lag, r, pairs, pValue: judgeCorrelation(r, pairs, pair) }
}

/** Share of all pairs that is left out at a time, each stretch by half of the one before. */
const stretchShare = 0.1
/** What the luckiest of these stretches holds more than its share where all are alike, in standard deviations of the whole sum (simulated). */
const luckiest = 0.56

/**
 * The correlation by all stretches but the one that holds most of it, were it spread evenly: that of all, or smaller where one stretch holds more than the luckiest
 * of a lead that shows at all times. What happened to both in one fortnight is one event.
 */
function measureSpread({ first, second }: Pair, { lag, r, pairs }: Lagged): number {
  const sign = Math.sign(r)
  const start = Math.max(0, -lag)
  const end = first.length - Math.max(0, lag)
  const length = Math.max(2, Math.ceil(stretchShare * (end - start)))
  let most = 0
  for (let from = start; from < end; from += Math.floor(length / 2)) {
    let sum = 0
    for (let at = from; at < Math.min(end, from + length); at++) {
      const product = first[at]! * second[at + lag]!
      if (!Number.isNaN(product)) sum += sign * product
    }
    most = Math.max(most, sum)
  }
  const even = (sign * r * pairs - most + luckiest * Math.sqrt(pairs)) / (pairs * (1 - stretchShare))
  return sign * Math.max(0, Math.min(sign * r, even))
}

/** Is it larger than the other way round? Two-sided. */
function judgeDirection({ first, second, inflation, spent }: Pair, { lag, r, pairs }: Lagged): number {
  const mirrored = correlate(first, second, -lag).r
  const distance = Math.atanh(limit(Math.abs(r))) - Math.atanh(limit(Math.sign(r) * mirrored))
  return 2 * normal.upperTail(distance / Math.sqrt(2 / Math.max(3, (pairs - spent) / inflation - 3)))
}

const correct = (pValue: number, tests: number): number => -Math.expm1(tests * Math.log1p(-Math.min(pValue, 1 - 1e-16)))

/** The strongest lag, its p-value corrected for all lags that were tried, and for the direction of all at which there is something. */
function chooseLag(pair: Pair, lagsMax: number): Lagged & { readonly spread: number } {
  const judged: Lagged[] = []
  for (let lag = -lagsMax; lag <= lagsMax; lag++) if (lag !== 0) judged.push(judgeLag(pair, lag))
  const best = judged.reduce((most, one) => (one.pValue < most.pValue ? one : most))
  const there = new Set(judged.filter(({ pValue }) => pValue <= 0.05).map(({ lag }) => Math.abs(lag))).size
  const spread = measureSpread(pair, best)
  const isThere = correct(judgeCorrelation(spread, best.pairs, pair), judged.length)
  const isOneWay = correct(judgeDirection(pair, best), Math.max(1, there))
  const pValue = Math.min(1, Math.max(isThere, isOneWay, 1e-300))
  return { ...best, pValue, spread }
}

function detect({ first, second, definitional }: SeriesPair, { lags, season }: Options): Verdict<'pair'> {
  if (definitional) return { status: 'untestable', reason: `one follows from the other: ${definitional}` }
  if (first.values.length !== second.values.length)
    return { status: 'untestable', reason: 'the two series have different periods' }
  const [one, other] = [prewhiten(first, season), prewhiten(second, season)]
  if (typeof one === 'string') return { status: 'untestable', reason: `the first series: ${one}` }
  if (typeof other === 'string') return { status: 'untestable', reason: `the second series: ${other}` }
  const [a, b] = [one.left, other.left]
  const { pairs } = correlate(a, b, 0)
  if (pairs < minimum) return { status: 'untestable', reason: `has ${pairs} common periods; lead_lag needs ${minimum}` }
  const lagsMax = Math.min(lags, Math.floor(pairs * lagShare))
  const spent = Math.max(one.spent, other.spent)
  const inflation = measureInflation(a, b, lagsMax)
  const { lag, r, pValue, spread, pairs: used } = chooseLag({ first: a, second: b, inflation, spent }, lagsMax)
  const error = Math.sqrt(inflation / Math.max(4, used - spent - 3))
  const center = Math.atanh(limit(r))
  const sameTime = correlate(a, b, 0).r
  const count = Math.abs(lag)
  const isFirst = lag > 0
  const periods = `${count} ${first.grain ?? 'period'}${count === 1 ? '' : 's'}`
  return {
    status: 'tested',
    pValue,
    direction: r >= 0 ? 'up' : 'down',
    observed: r,
    expected: 0,
    low: -halfWidth * error,
    high: halfWidth * error,
    change: Number.NaN,
    effect: {
      measure: 'cross-correlation',
      value: r,
      low: Math.tanh(center - halfWidth * error),
      high: Math.tanh(center + halfWidth * error),
    },
    sentence: {
      verb: `moves ${periods} before the ${isFirst ? 'second' : 'first'}, ${r >= 0 ? 'the same way' : 'the other way'}`,
      subject: isFirst ? 'the first' : 'the second',
      comparedWith: 'what season, trend, and the days before explain of both',
    },
    details: {
      lag,
      leader: isFirst ? 'first' : 'second',
      sign: r >= 0 ? 'same' : 'opposite',
      same_time: sameTime,
      other_way: correlate(a, b, -lag).r,
      at_all_times: spread,
      lags_tried: 2 * lagsMax,
      inflation,
      pairs: used,
    },
  }
}

/** What is left of both at a lag, in standard deviations: each period of the first with that of the second `lag` later. */
export function readLeadPoints(
  { first, second }: SeriesPair,
  { season }: Options,
  lag: number,
): readonly { readonly first: number; readonly second: number }[] {
  const [one, other] = [prewhiten(first, season), prewhiten(second, season)]
  if (typeof one === 'string' || typeof other === 'string') return []
  return Array.from(one.left, (x, at) => ({ first: x, second: other.left[at + lag] ?? Number.NaN })).filter(
    (point) => Number.isFinite(point.first) && Number.isFinite(point.second),
  )
}

/** Does one series move some periods before the other? */
export const leadLag = defineDetector({
  name: 'lead_lag',
  shape: 'pair',
  question:
    'Does one of two metrics move some periods before the other, more than by chance and more than the other way round?',
  method:
    'Season, trend and changes of level are taken out of both, then what the period before explains of each (prewhitening, Haugh 1976; Box and Jenkins), then the mean of each day of the month (of days, from five months on) or week of the year (of weeks, from two years on), since a calendar that both keep is no lead. The cross-correlation at each lag must be there (Bartlett 1946 widens its variance where the rest still carries over), not in one tenth of the time alone, since what happened to both in one fortnight is one event, and must be larger than at the same lag the other way round: a cause that both share, and that lasts, shows both ways alike and is no lead. The larger p-value of the two counts: the one corrected for all lags tried, the other for those at which there is anything (Šidák). A pair of which one follows from the other by definition is not tested. Give it two metrics over the same complete periods, of different rows; say why in `definitional` where the lineage shows shared parts.',
  assumes: [
    'What one does to the other comes after a fixed lag, as a share of its usual noise.',
    'Changes of level at the same time in both are taken out: they say nothing of which came first.',
  ],
  misleads: [
    'A lead is not a cause: what moves both may reach one of them earlier.',
    'Where rows arrive late in one table, the other seems to lead.',
    'An effect that is spread over many days shows weakly at each lag.',
    'Holidays that move from year to year, and days of the month that give way to weekends, are not known: declare them in the catalog.',
  ],
  minimum,
  minimumOf: 'common periods',
  options,
  detect,
})
