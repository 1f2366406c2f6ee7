import { DateTime } from 'luxon'

/** Length of a bucket of time, shortest first. */
export const grains = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const
export type Grain = (typeof grains)[number]

/** How a workspace counts time. */
export interface Calendar {
  /** IANA name, as `Europe/Tallinn`. */
  readonly timezone: string
  /** 1 is Monday, 7 Sunday. */
  readonly weekStarts: number
  /** Month in which years start, and quarters with them, 1 to 12: the fiscal year, which is named by the year that it ends in. */
  readonly fiscalYearStarts: number
}

export const utcCalendar: Calendar = { timezone: 'UTC', weekStarts: 1, fiscalYearStarts: 1 }

/** A day as `YYYY-MM-DD`, without zone. */
export type Day = string

const dayMs = 86_400_000
const toDateTime = (day: Day) => DateTime.fromISO(day, { zone: 'UTC' })
const toDay = (time: DateTime): Day => time.toISODate() ?? ''

/** Months between the start of the calendar's own years or quarters and those that everybody has: 0 for other grains. */
export function monthsShifted(grain: Grain, { fiscalYearStarts }: Calendar): number {
  if (grain === 'year') return fiscalYearStarts - 1
  return grain === 'quarter' ? (fiscalYearStarts - 1) % 3 : 0
}

/** Year, month from 1, and day; undefined for what is no day of any calendar. */
function splitDay(day: Day): readonly [year: number, month: number, day: number] | undefined {
  const [, year, month, date] = /^([+-]?\d{4,6})-(\d\d)-(\d\d)/.exec(day)?.map(Number) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  return month >= 1 && month <= 12 && date >= 1 && date <= daysOfMonth(year, month) ? [year, month, date] : undefined
}

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const daysOfMonth = (year: number, month: number): number =>
  monthDays[month - 1]! + (month === 2 && isLeap(year) ? 1 : 0)

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')

/** The `date`-th day of the month that is `months` after January of the year 0, or its last one where it is shorter. */
function joinDay(months: number, date: number): Day {
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1]
  const written = year < 0 || year > 9999 ? `${year < 0 ? '-' : '+'}${pad(Math.abs(year), 6)}` : pad(year, 4)
  return `${written}-${pad(month, 2)}-${pad(Math.min(date, daysOfMonth(year, month)), 2)}`
}

const monthsOf = { month: 1, quarter: 3, year: 12 } as const

function addDays(day: Day, count: number): Day {
  const time = new Date(Date.parse(day) + count * dayMs)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString().replace(/T.*$/, '')
}

/** First day of the period that holds `day`, of the fiscal year or quarter for these. Days only: grains from `day` up. */
export function startOfPeriod(day: Day, grain: Grain, calendar: Calendar): Day {
  const parts = splitDay(day)
  if (!parts) return ''
  const [year, month, date] = parts
  if (grain === 'week') {
    const weekday = new Date(Date.parse(day)).getUTCDay()
    return addDays(day, -((weekday - calendar.weekStarts + 7) % 7))
  }
  if (grain !== 'month' && grain !== 'quarter' && grain !== 'year') return joinDay(12 * year + month - 1, date)
  const [shift, size] = [monthsShifted(grain, calendar), monthsOf[grain]]
  const months = 12 * year + month - 1 - shift
  return joinDay(Math.floor(months / size) * size + shift, 1)
}

/** `count` periods of `grain` later (earlier when negative); month ends are clipped, as in 31 January + 1 month = 28 February. */
export function addPeriods(day: Day, count: number, grain: Grain): Day {
  // thousands are listed in a cycle, and days in UTC are all as long
  if (grain === 'day' || grain === 'week') return addDays(day, grain === 'day' ? count : 7 * count)
  if (grain === 'hour' || grain === 'minute') return toDay(toDateTime(day).plus({ [`${grain}s`]: count }))
  const [year, month, date] = splitDay(day) ?? []
  return year === undefined ? '' : joinDay(12 * year + month! - 1 + count * monthsOf[grain], date!)
}

export const daysBetween = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** First days of the periods from the one that holds `from` to the one before `to` (half-open). */
export function listPeriods(from: Day, to: Day, grain: Grain, calendar: Calendar): readonly Day[] {
  const days: Day[] = []
  for (let day = startOfPeriod(from, grain, calendar); day < to; day = addPeriods(day, 1, grain)) days.push(day)
  return days
}

/** A stretch of days, half-open. */
export interface Stretch {
  readonly from: Day
  readonly to: Day
}

/** Periods in order as stretches: those that follow each other are one. */
export function joinPeriods(periods: readonly Day[], grain: Grain): readonly Stretch[] {
  const stretches: { readonly from: Day; to: Day }[] = []
  for (const from of periods) {
    const [last, to] = [stretches.at(-1), addPeriods(from, 1, grain)]
    if (last?.to === from) last.to = to
    else stretches.push({ from, to })
  }
  return stretches
}

/** The UTC instant, ISO 8601, at which `day` begins in the calendar's zone. */
export function instantOf(day: Day, calendar: Calendar): string {
  return (
    DateTime.fromISO(day, { zone: calendar.timezone }).startOf('day').toUTC().toISO({ suppressMilliseconds: true }) ??
    ''
  )
}

/** The day that it is at `instant` (epoch milliseconds) in the calendar's zone. */
export function dayAt(instantMs: number, calendar: Calendar): Day {
  return toDay(DateTime.fromMillis(instantMs, { zone: calendar.timezone }))
}

/** An instant as ISO 8601 in UTC, without empty milliseconds; one that names no zone is in UTC. */
export function normaliseInstant(instant: string): string {
  return DateTime.fromISO(instant, { zone: 'UTC' }).toUTC().toISO({ suppressMilliseconds: true }) ?? ''
}

/** The instant at which the hour or minute of the calendar's clock began that holds `instant`; the hour that comes twice is two. */
export function startOfInstant(instant: string, grain: 'hour' | 'minute', { timezone }: Calendar): string {
  const { minute, second, millisecond } = DateTime.fromISO(instant, { zone: timezone })
  const passed = { minutes: grain === 'hour' ? minute : 0, seconds: second, milliseconds: millisecond }
  const start = DateTime.fromISO(instant, { zone: 'UTC' }).minus(passed)
  return start.toISO({ suppressMilliseconds: true }) ?? ''
}

/** The instant `count` periods of `grain` later, by the calendar's clock: a day later is the same time of day, summer time or not. */
export function moveInstant(instant: string, count: number, grain: Grain, calendar: Calendar): string {
  const moved = DateTime.fromISO(instant, { zone: calendar.timezone }).plus({ [`${grain}s`]: count })
  return moved.toUTC().toISO({ suppressMilliseconds: true }) ?? ''
}
