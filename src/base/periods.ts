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

/** First day of the period that holds `day`, of the fiscal year or quarter for these. Days only: grains from `day` up. */
export function startOfPeriod(day: Day, grain: Grain, calendar: Calendar): Day {
  const time = toDateTime(day)
  if (grain === 'week') return toDay(time.minus({ days: (time.weekday - calendar.weekStarts + 7) % 7 }))
  const months = monthsShifted(grain, calendar)
  return toDay(time.minus({ months }).startOf(grain).plus({ months }))
}

/** `count` periods of `grain` later (earlier when negative); month ends are clipped, as in 31 January + 1 month = 28 February. */
export function addPeriods(day: Day, count: number, grain: Grain): Day {
  // thousands are listed in a cycle, and days in UTC are all as long
  const days = grain === 'day' ? 1 : grain === 'week' ? 7 : 0
  if (days > 0) return new Date(Date.parse(day) + count * days * dayMs).toISOString().slice(0, 10)
  return toDay(toDateTime(day).plus({ [`${grain}s`]: count }))
}

export function daysBetween(from: Day, to: Day): number {
  return Math.round(toDateTime(to).diff(toDateTime(from), 'days').days)
}

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
