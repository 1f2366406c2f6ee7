import {
  addPeriods,
  type Calendar,
  type Day,
  dayAt,
  type Grain,
  instantOf,
  moveInstant,
  normaliseInstant,
  startOfPeriod,
} from '../../base/periods.ts'
import type { Duration, PeriodLiteral, Range } from '../tree/ast.ts'

/** The moment that a range is counted from. */
export interface Today {
  readonly asOf: Day
  readonly calendar: Calendar
}

/** A half-open stretch: days (`YYYY-MM-DD`), or instants (ISO 8601 in UTC) for units below the day. */
export interface Stretch {
  readonly precision: 'day' | 'instant'
  readonly from: string | undefined
  readonly to: string | undefined
}

export const isBelowDay = (grain: Grain): boolean => grain === 'minute' || grain === 'hour'

/** The stretch that a date, month, quarter or year covers. An instant covers nothing. */
export function resolvePeriod(period: PeriodLiteral): Stretch & { readonly from: string; readonly to: string } {
  if (period.includes('T')) {
    const instant = normaliseInstant(period)
    return { precision: 'instant', from: instant, to: instant }
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period)
  const day = quarter
    ? `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`
    : `${period}-01-01`.slice(0, 10)
  const grain = quarter ? 'quarter' : period.length === 4 ? 'year' : period.length === 7 ? 'month' : 'day'
  return { precision: 'day', from: day, to: addPeriods(day, 1, grain) }
}

function resolveAround(range: Extract<Range, { kind: 'last' | 'next' | 'this' | 'to_date' }>, today: Today): Stretch {
  const { unit } = range
  const isInstant = isBelowDay(unit)
  const start = isInstant ? instantOf(today.asOf, today.calendar) : startOfPeriod(today.asOf, unit, today.calendar)
  const move = (count: number) =>
    isInstant ? moveInstant(start, count, unit, today.calendar) : addPeriods(start, count, unit)
  const stretch = (from: string, to: string): Stretch => ({ precision: isInstant ? 'instant' : 'day', from, to })
  switch (range.kind) {
    case 'last':
      return stretch(move(-range.count), range.includingThis ? move(1) : start)
    case 'next':
      return stretch(range.includingThis ? start : move(1), move(range.count + 1))
    case 'this':
      return stretch(start, move(1))
    default:
      return stretch(start, isInstant ? start : today.asOf)
  }
}

function resolveBase(range: Range, today: Today): Stretch {
  switch (range.kind) {
    case 'period':
      return resolvePeriod(range.period)
    case 'span': {
      const [from, to] = [resolvePeriod(range.from), resolvePeriod(range.to)]
      return { precision: from.precision === 'day' ? to.precision : from.precision, from: from.from, to: to.to }
    }
    case 'before':
      return { ...resolvePeriod(range.period), from: undefined, to: resolvePeriod(range.period).from }
    case 'since':
      return { ...resolvePeriod(range.period), to: undefined }
    case 'after':
      return { ...resolvePeriod(range.period), from: resolvePeriod(range.period).to, to: undefined }
    default:
      return resolveAround(range, today)
  }
}

function moveBack(stretch: Stretch, ago: Duration, today: Today): Stretch {
  const isInstant = stretch.precision === 'instant' || isBelowDay(ago.unit)
  const move = (moment: string | undefined) => {
    if (moment === undefined) return undefined
    if (!isInstant) return addPeriods(moment, -ago.count, ago.unit)
    return moveInstant(toInstant(moment, today.calendar), -ago.count, ago.unit, today.calendar)
  }
  return { precision: isInstant ? 'instant' : 'day', from: move(stretch.from), to: move(stretch.to) }
}

/** A day as the instant at which it begins; an instant as it is. */
export const toInstant = (moment: string, calendar: Calendar): string =>
  moment.length === 10 ? instantOf(moment, calendar) : moment

/** The day that a moment lies in; a day as it is. */
export const toDay = (moment: string, calendar: Calendar): Day =>
  moment.length === 10 ? moment : dayAt(Date.parse(moment), calendar)

/** The first day of which nothing lies before an end: the day after the one that a moment cuts. */
export function toLastDay(end: string, calendar: Calendar): Day {
  const day = toDay(end, calendar)
  return toInstant(day, calendar) < toInstant(end, calendar) ? addPeriods(day, 1, 'day') : day
}

/**
 * The half-open stretch that a range means on the day `asOf`. That day has just begun: `last 7 days` are the seven before
 * it, `year to date` ends with the day before it, `last 24 hours` end with its first minute.
 */
export function resolveRange(range: Range, today: Today): Stretch {
  const stretch = resolveBase(range, today)
  return range.ago ? moveBack(stretch, range.ago, today) : stretch
}
