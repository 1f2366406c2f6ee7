import { extentOf } from '../extent.ts'
import type { Parts } from './parts.ts'

/** A half-open stretch of periods, as indices. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** What a slice did in a window, against its own weeks before. */
export interface Movement {
  /** Sum of the measure's totals over the usable periods of the window, and what the weeks before let expect. */
  readonly actual: number
  readonly expected: number
  /** actual / expected − 1, not below −1. Amounts below zero (refunds) that grow in size have a positive change and a negative strength. */
  readonly change: number
  /** By which share it moved; of a rate, of the outcome that is rarer (`extentOf`). At least 0. */
  readonly extent: number
  readonly kind: Parts['kind']
  /** Rows (or tries) that were expected in the window: how much there is to see. */
  readonly units: number
  /** Root of the deviance in units of what the slice's own past shows: how surprising, as a z. Signed. */
  readonly strength: number
  /** Deviance that the change explains when noise common to all slices is left out: for comparing slices within one movement. */
  readonly size: number
  /** Degrees of freedom of what the slice's own past shows: few where the window is long and the history short. */
  readonly freedom: number
}

export interface MovementInput {
  readonly parts: Parts
  readonly window: Window
  /** 1 where a period is no evidence. */
  readonly excluded: Uint8Array
  /** Periods of a season: 7 for days, 1 for weeks. */
  readonly season: number
  /** By what everything moved at that time: so many times as much is expected. Absent: 1. */
  readonly common?: number
}

/** Seasons before a window that say what to expect of it. */
const baselineSeasons = 8
const seasonsMin = 3
/** Earlier windows that are looked at for how much the slice moves by itself. */
const anchorsMax = 30
/** Dispersion of a slice without a past to take it from. */
const fallbackDispersion = 4
/** How many windows' worth the estimate from single seasons counts, beside the windows themselves. */
const priorWindows = 6

interface Expectation {
  readonly actual: number
  readonly expected: number
  readonly units: number
}

/** Rows that are expected in a window where there were none before: half of one, as no row at all could have come more often than it did. */
const rowsOfNothing = 0.5

/** What is expected of a count or sum of which there was nothing: half a row of the size that rows have in the window. */
function expectNothing({ parts, window, excluded }: MovementInput, actual: number): Expectation {
  let count = 0
  for (let at = window.from; at < window.to; at++) if (!excluded[at]) count += parts.rows[at]!
  return { actual, expected: count > 0 ? (rowsOfNothing * actual) / count : 0, units: rowsOfNothing }
}

/** What single periods are expected to come to. */
export interface Pace {
  readonly expected: (at: number) => number
  /** Rows, or tries. */
  readonly units: (at: number) => number
}

/** The pace of the seasons before `until`: of each part of the season, or of a rate or mean its pooled value. Undefined where these are too few. */
export function learnPace({ parts, excluded, season }: Omit<MovementInput, 'window'>, until: number): Pace | undefined {
  const start = Math.max(0, until - baselineSeasons * season)
  if (until - start < seasonsMin * season) return undefined
  const { total, weight, rows } = parts
  const sum = new Float64Array(season)
  const seen = new Float64Array(season)
  const seenRows = new Float64Array(season)
  let allTotal = 0
  let allWeight = 0
  let count = 0
  for (let at = start; at < until; at++) {
    if (excluded[at]) continue
    const phase = at % season
    sum[phase]! += total[at]!
    seenRows[phase]! += rows[at]!
    seen[phase]! += 1
    allTotal += total[at]!
    allWeight += weight ? weight[at]! : rows[at]!
    count += 1
  }
  if (count === 0) return undefined
  if (weight)
    return { expected: (at) => (allWeight > 0 ? (allTotal / allWeight) * weight[at]! : 0), units: (at) => weight[at]! }
  const perPhase = (sums: Float64Array, all: number) => (at: number) => {
    const phase = at % season
    return seen[phase]! > 0 ? sums[phase]! / seen[phase]! : all / count
  }
  return { expected: perPhase(sum, allTotal), units: perPhase(seenRows, allWeight) }
}

/** Sums over the window and what the seasons before `until` (the window's start, or that of the whole movement) let expect of it. */
function expectWindow(input: MovementInput, { from, to }: Window, until: number, common = 1): Expectation | undefined {
  const pace = learnPace(input, until)
  if (!pace) return undefined
  const { parts, excluded } = input
  let [actual, expected, units] = [0, 0, 0]
  for (let at = from; at < to; at++) {
    if (excluded[at]) continue
    actual += parts.total[at]!
    expected += pace.expected(at)
    units += pace.units(at)
  }
  expected *= common
  return { actual, expected, units: parts.kind === 'count' ? expected : units }
}

/**
 * Deviance of the window: twice the log likelihood by which its own level explains it better than the expected one, as for counts (for
 * a rate as for successes among tries). Unlike a log or a plain ratio it weighs a rise and a fall fairly where numbers are small.
 */
function measureDeviance({ actual, expected, units }: Expectation, kind: Parts['kind']): number {
  if (expected === 0 || !(units > 0)) return 0
  const ratio = Math.max(0, actual / expected)
  const deviance = 2 * ((ratio > 0 ? ratio * Math.log(ratio) : 0) - (ratio - 1))
  if (kind !== 'ratio') return units * deviance
  const rate = Math.min(1, expected / units)
  const failed = (1 - Math.min(1, rate * ratio)) / Math.max(1e-9, 1 - rate)
  const other = 2 * ((failed > 0 ? failed * Math.log(failed) : 0) - (failed - 1))
  return units * (rate * deviance + (1 - rate) * other)
}

/** Rows that vary less than this share of what chance would make of them do not come one by one: they are totals, and their number is no evidence. */
const totalsMax = 0.1
/** Least dispersion of totals, whose chance is in their values alone. */
const leastOfTotals = 0.01

/** The least that a slice can vary by: rows that come one by one bring their own chance. That of a mean is in its values: ratings hardly differ. */
function findLeastDispersion({ rows, kind }: Parts, excluded: Uint8Array, until: number): number {
  if (kind === 'count' || kind === 'ratio') return 1
  if (kind === 'mean') return leastOfTotals
  let [sum, squares, count] = [0, 0, 0]
  for (let at = 0; at < until; at++) {
    if (excluded[at]) continue
    sum += rows[at]!
    squares += rows[at]! ** 2
    count += 1
  }
  const mean = sum / Math.max(1, count)
  return squares / Math.max(1, count) - mean * mean < totalsMax * mean ? leastOfTotals : 1
}

interface Dispersion {
  /** Mean deviance of windows like this one when nothing happens; 1 where only the chance of single rows is at work. */
  readonly windows: number
  /** The same for single seasons. */
  readonly seasons: number
  readonly freedom: number
}

/** Median of the square of a standard normal, and how many times what it lets expect a single deviance counts at most: a z of 4. */
const medianOfSquare = 0.455
const timesMax = 16

/** One campaign or outage of the past makes a few windows stand out by hundreds: they count as rare, not as how the slice moves. */
function addUpMost(deviances: readonly number[]): number {
  const median = deviances.toSorted((a, b) => a - b)[Math.floor(deviances.length / 2)] ?? 0
  const most = timesMax * Math.max(1, median / medianOfSquare)
  return deviances.reduce((sum, one) => sum + Math.min(one, most), 0)
}

/** How much the slice moves by itself: from its earlier windows of the same length, and from its single seasons. */
function estimateDispersion(input: MovementInput, window: Window): Dispersion {
  const { parts, season } = input
  const length = window.to - window.from
  const least = findLeastDispersion(parts, input.excluded, window.from)
  const spread = (span: number, stride: number): { readonly sum: number; readonly count: number } => {
    const deviances: number[] = []
    for (let end = window.from; deviances.length < anchorsMax; end -= stride) {
      const from = end - span
      if (from < seasonsMin * season) break
      const earlier = expectWindow(input, { from, to: end }, from)
      if (earlier && earlier.units >= 0.5) deviances.push(measureDeviance(earlier, parts.kind))
    }
    return { sum: addUpMost(deviances), count: deviances.length }
  }
  const single = spread(season, season)
  const seasons = Math.max(least, single.count > 0 ? single.sum / single.count : fallbackDispersion)
  const whole = length === season ? single : spread(length, Math.max(1, Math.ceil(length / 2)))
  const windows = Math.max(least, (priorWindows * seasons + whole.sum) / (priorWindows + whole.count))
  // every other window of the whole length overlaps with the one before it
  return { windows, seasons, freedom: priorWindows + whole.count / 2 }
}

/**
 * How far a slice moved in a window, and how surprising that is.
 *
 * Expected: the mean of the same day of the week over the eight weeks before the window (for a rate or mean, the pooled value of
 * those weeks). It is linear in the numbers, so what is expected of a whole is the sum of what is expected of its parts, which
 * explaining one slice by another rests on. The strength is a signed root of the deviance over its mean in the slice's own earlier
 * windows of the same length, so that day-to-day memory, clumped rows and slow drift are in it; where there are few of these, single
 * seasons lend strength.
 *
 * Undefined with fewer than three seasons before the window, or nothing expected in it: but what came of nothing is measured against half a row.
 */
export function measureMovement(input: MovementInput): Movement | undefined {
  const { parts, window } = input
  const seen = expectWindow(input, window, window.from, input.common)
  const now = seen?.expected === 0 && !parts.weight ? expectNothing(input, seen.actual) : seen
  if (!now || now.expected === 0 || !(now.units > 0)) return undefined
  const { actual, expected, units } = now
  const change = Math.max(-1, actual / expected - 1)
  const deviance = measureDeviance(now, parts.kind)
  const { windows, seasons, freedom } = estimateDispersion(input, window)
  const strength = Math.sign(actual - expected) * Math.sqrt(deviance / windows)
  const addsChance = parts.kind === 'amount' || parts.kind === 'mean'
  const size = addsChance ? deviance / seasons : deviance
  const extent = extentOf(parts.kind, { expected, units, change })
  return { actual, expected, change, extent, kind: parts.kind, units, strength, size, freedom }
}

/** Logarithm of actual over expected rows in a stretch of a movement that began at `since`, and its standard error by the slice's own past. */
export interface LogRatio {
  readonly log: number
  readonly error: number
}

/** Of counts; nothing counts as half a row. Undefined where nothing was expected. */
export function measureRatio(input: MovementInput, since: number): LogRatio | undefined {
  const { window } = input
  const now = expectWindow(input, window, since)
  if (!now || !(now.expected > 0)) return undefined
  const { windows } = estimateDispersion(input, { from: since, to: since + window.to - window.from })
  const actual = Math.max(0.5, now.actual)
  return { log: Math.log(actual / now.expected), error: Math.sqrt(windows / actual) }
}
