import type { Day, Grain } from './periods.ts'

/**
 * Numbers, ranges, days and changes in words, one way for headlines, charts, mail and pages. English, digits grouped by commas, a true
 * minus sign, no locale of the machine. Values that are no numbers (NaN, infinite, null) become a dash.
 */
export type NumberFormat = 'number' | 'percent' | 'money' | 'duration'

export interface NumberStyle {
  /** `accounts`, `EUR`, `minutes`; said after the number. For a duration the unit the value is counted in (seconds when absent). */
  readonly unit?: string | undefined
  /** How the metric reads; a percent is a share, 0.48 for 48%. */
  readonly format?: NumberFormat | undefined
  /** All digits instead of `12.3k`, as tables want them. */
  readonly exact?: boolean | undefined
}

const missing = '–'

const group = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: decimals, useGrouping: true }).replace('-', '−')

/** Digits after the point that a number of this size deserves: about three that mean something. */
function decimalsFor(size: number): number {
  if (size >= 20 || size === 0) return 0
  if (size >= 1) return 1
  return Math.min(6, 1 - Math.floor(Math.log10(size)))
}

const magnitudes = [
  { from: 999_500_000_000, divisor: 1e12, suffix: 'T' },
  { from: 999_500_000, divisor: 1e9, suffix: 'B' },
  { from: 999_500, divisor: 1e6, suffix: 'M' },
  { from: 10_000, divisor: 1e3, suffix: 'k' },
] as const

/** A number and nothing else, of the precision that suits `size` (its own, or that of the range it belongs to). */
function formatBare(value: number, size: number, exact: boolean): string {
  if (exact) return group(value, Number.isInteger(value) ? 0 : Math.max(2, decimalsFor(size)))
  const magnitude = magnitudes.find(({ from }) => size >= from)
  if (!magnitude) return group(value, decimalsFor(size))
  const scaled = value / magnitude.divisor
  return `${group(scaled, size / magnitude.divisor >= 100 ? 0 : 1)}${magnitude.suffix}`
}

function formatShare(share: number, size: number): string {
  const percent = size * 100
  return `${group(share * 100, percent >= 10 || percent === 0 ? 0 : percent >= 1 ? 1 : decimalsFor(percent))}%`
}

const secondsOf: Readonly<Record<string, number>> = {
  ms: 0.001,
  milliseconds: 0.001,
  s: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
}

const durationScales = [
  { from: 2 * 86_400, divisor: 86_400, suffix: 'days' },
  { from: 3600, divisor: 3600, suffix: 'h' },
  { from: 60, divisor: 60, suffix: 'min' },
  { from: 1, divisor: 1, suffix: 's' },
  { from: 0, divisor: 0.001, suffix: 'ms' },
] as const

function scaleDuration(value: number, size: number, unit: string | undefined) {
  const seconds = secondsOf[unit ?? 'seconds']
  if (seconds === undefined) return { number: formatBare(value, size, false), suffix: unit ?? '' }
  const scale = durationScales.find(({ from }) => size * seconds >= from) ?? durationScales[3]
  const { divisor, suffix } = size === 0 ? durationScales[3] : scale
  return {
    number: group((value * seconds) / divisor, decimalsFor((size * seconds) / divisor)),
    suffix,
  }
}

/** One of `unit`: `1 account`, but `2 accounts`; currency codes stay. */
const inflect = (unit: string, number: string): string =>
  number === '1' && /[a-z]s$/.test(unit) && !/(ss|us|is)$/.test(unit) ? unit.slice(0, -1) : unit

function split(value: number, size: number, { unit, format, exact = false }: NumberStyle) {
  if (format === 'percent') return { number: formatShare(value, size), suffix: '' }
  if (format === 'duration') return scaleDuration(value, size, unit)
  return { number: formatBare(value, size, exact), suffix: unit ?? '' }
}

/** `1,234`, `12.3k EUR`, `48%`, `3.4 min`, `1 account`. */
export function formatNumber(value: number | null | undefined, style: NumberStyle = {}): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing
  const { number, suffix } = split(value, Math.abs(value), style)
  return suffix === '' ? number : `${number} ${inflect(suffix, number)}`
}

/** Both ends with the same precision, the unit once: `70 to 88 accounts`, `4.1% to 5.2%`. */
export function formatRange(
  low: number | null | undefined,
  high: number | null | undefined,
  style: NumberStyle = {},
): string {
  if (low === null || low === undefined || high === null || high === undefined) return missing
  if (!Number.isFinite(low) || !Number.isFinite(high)) return missing
  const size = Math.max(Math.abs(low), Math.abs(high))
  const from = split(low, size, style)
  const to = split(high, size, style)
  const suffix = to.suffix === '' ? '' : ` ${inflect(to.suffix, to.number)}`
  return from.number === to.number ? `${to.number}${suffix}` : `${from.number} to ${to.number}${suffix}`
}

/** The style without the words of its unit, for a number beside one that has them; a duration keeps what it is counted in. */
export const withoutUnit = ({ unit, format, exact }: NumberStyle): NumberStyle => ({
  unit: format === 'duration' ? unit : undefined,
  format,
  exact,
})

/** Fewest digits after the point that write each of `values` as it is; six at most. */
function decimalsOf(values: readonly number[]): number {
  const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6 * Math.max(1, Math.abs(value))
  return [0, 1, 2, 3, 4, 5].find((decimals) => values.every((value) => isWhole(value * 10 ** decimals))) ?? 6
}

/** Ticks of one axis, all in the same scale and unit: `0`, `5k`, `10k`; `0 h`, `20 h`, `40 h`. Without the unit's word, but for durations. */
export function formatTicks(values: readonly number[], style: NumberStyle = {}): readonly string[] {
  const size = Math.max(...values.map(Math.abs))
  const { factor, attached, suffix } = scaleOf(size, withoutUnit(style))
  const scaled = values.map((value) => value * factor)
  const decimals = decimalsOf(scaled)
  return scaled.map(
    (value) => `${group(value, decimals)}${value === 0 && attached !== '%' ? '' : attached}${suffix && ` ${suffix}`}`,
  )
}

/** What a number of this size is multiplied by, and what stands behind it. */
function scaleOf(size: number, { unit, format }: NumberStyle) {
  if (format === 'percent') return { factor: 100, attached: '%', suffix: '' }
  const seconds = format === 'duration' ? secondsOf[unit ?? 'seconds'] : undefined
  if (seconds !== undefined) {
    const scale = durationScales.find(({ from }) => size * seconds >= from) ?? durationScales[3]
    return { factor: seconds / scale.divisor, attached: '', suffix: scale.suffix }
  }
  const magnitude = magnitudes.find(({ from }) => size >= from)
  return { factor: 1 / (magnitude?.divisor ?? 1), attached: magnitude?.suffix ?? '', suffix: unit ?? '' }
}

/** A whole number with all its digits: `12,431`. */
export const formatCount = (count: number): string => (Number.isFinite(count) ? group(Math.round(count), 0) : missing)

/** `1 hypothesis`, `2 hypotheses`: a count with the word for it. */
export const countNoun = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** A share of change in words: `fell 48%`, `rose 230%`, `rose to 14 times`; `changed` when there is nothing to compare with. */
export function formatChange(change: number | null | undefined): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return 'changed'
  const size = Math.abs(change)
  if (change >= 9) return `rose to ${group(1 + change, 0)} times`
  const nearlyAll = change < 0 && size > 0.99 && size < 1
  return `${change < 0 ? 'fell' : 'rose'} ${nearlyAll ? `${group(Math.floor(size * 1000) / 10, 1)}%` : formatShare(size, size)}`
}

/** The change as a signed number, for chips and tables: `−48%`, `+230%`. */
export function formatSignedChange(change: number | null | undefined): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return missing
  const words = formatShare(Math.abs(change), Math.abs(change))
  return `${change < 0 ? '−' : '+'}${words}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function partsOf(day: Day) {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number)
  const name = month === undefined ? undefined : months[month - 1]
  return year === undefined || name === undefined || date === undefined
    ? undefined
    : { year, month: month!, name, date }
}

/** `14 Sep 2026`; `14 Sep` without year. Takes instants too, as the day they begin with. */
export function formatDay(day: Day | null | undefined, { year = true }: { readonly year?: boolean } = {}): string {
  if (day === null || day === undefined) return missing
  const parts = partsOf(day)
  if (!parts) return day
  return year ? `${parts.date} ${parts.name} ${parts.year}` : `${parts.date} ${parts.name}`
}

/** Whether a fiscal period starts on `day`: on the first of a month in which no period of so many months starts for everybody. */
const startsOddly = (day: Day, months: number): boolean => day.endsWith('-01') && Number(day.slice(5, 7)) % months !== 1

/** The period that begins on `day`: `14 Sep 2026`, `week of 14 Sep 2026`, `Sep 2026`, `Q3 2026`, `2026`, `14 Sep 2026, 08:00`. */
export function formatPeriod(day: Day, grain: Grain | undefined): string {
  const parts = partsOf(day)
  if (!parts) return day
  switch (grain) {
    case 'year':
      return startsOddly(day, 12) ? `the year from ${parts.name} ${parts.year}` : String(parts.year)
    case 'quarter':
      if (startsOddly(day, 3)) return `the quarter from ${parts.name} ${parts.year}`
      return `Q${Math.ceil(parts.month / 3)} ${parts.year}`
    case 'month':
      return `${parts.name} ${parts.year}`
    case 'week':
      return `week of ${formatDay(day)}`
    case 'hour':
    case 'minute':
      return `${formatDay(day)}, ${day.slice(11, 16) || '00:00'}`
    default:
      return formatDay(day)
  }
}

const adverbs: Readonly<Record<Grain, string>> = {
  minute: 'by the minute',
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
}

/** `daily`, `weekly`, … */
export const formatGrain = (grain: Grain): string => adverbs[grain]

/** `a day`, `an hour`: what a value of a series is counted per. */
export const formatPerGrain = (grain: Grain): string => `${grain === 'hour' ? 'an' : 'a'} ${grain}`

/** An ISO instant in UTC: `30 Sep 2026, 08:15 UTC`. */
export function formatInstant(instant: string): string {
  const time = new Date(instant)
  if (Number.isNaN(time.getTime())) return instant
  const iso = time.toISOString()
  return `${formatDay(iso)}, ${iso.slice(11, 16)} UTC`
}

/** How long something took: `3 ms`, `1.2 s`, `2 min 5 s`. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return missing
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${group(ms / 1000, 1)} s`
  const seconds = Math.round(ms / 1000)
  const rest = seconds % 60
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`
}

const byteUnits = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** How much is read, in steps of a thousand: `640 bytes`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return missing
  const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** step
  return `${group(value, step === 0 || value >= 99.95 ? 0 : 1)} ${byteUnits[step]}`
}

/** A chance: `0.03`, `0.0004`, `under 0.000001`. Never `0`. */
export function formatProbability(p: number): string {
  if (!Number.isFinite(p)) return missing
  if (p < 1e-6) return 'under 0.000001'
  if (p > 0.995) return p === 1 ? '1' : 'over 0.99'
  return Number(p.toPrecision(2)).toFixed(7).replace(/0+$/, '')
}
