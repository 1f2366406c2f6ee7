import { findOwn } from '../check/find-own.ts'
import type { Expression } from '../tree/ast.ts'

/** Parts of a time as SQL names them. */
const parts: Readonly<Record<string, string>> = {
  year: 'year_of',
  isoyear: 'year_of',
  quarter: 'quarter_of_year',
  month: 'month_of_year',
  week: 'week_of_year',
  isoweek: 'week_of_year',
  day: 'day_of_month',
  isodow: 'day_of_week',
  doy: 'day_of_year',
  dayofyear: 'day_of_year',
  hour: 'hour_of_day',
  minute: 'minute_of_hour',
  second: 'second_of_minute',
}

/** A part of a time; Sunday is 0 in `dow`, and 7 here. */
export function findPart(name: string, value: Expression): Expression | undefined {
  const part = name.toLowerCase()
  if (part === 'dow' || part === 'weekday')
    return {
      kind: 'binary',
      operator: '%',
      left: { kind: 'call', name: 'day_of_week', args: [value] },
      right: { kind: 'number', value: 7 },
    }
  const ours = findOwn(parts, part)
  return ours === undefined ? undefined : { kind: 'call', name: ours, args: [value] }
}

/** Patterns of `to_char` and of `strftime`, each with what a key by them is here. */
const patterns: Readonly<Record<string, string>> = {
  yyyy: 'year',
  'yyyy-mm': 'month',
  'yyyy-mm-dd': 'day',
  '%y': 'year',
  '%y-%m': 'month',
  '%y-%m-%d': 'day',
  '%f': 'day',
  'iyyy-iw': 'week',
  '%g-%v': 'week',
  mm: 'month_of_year',
  '%m': 'month_of_year',
  dd: 'day_of_month',
  '%d': 'day_of_month',
  hh24: 'hour_of_day',
  '%h': 'hour_of_day',
  id: 'day_of_week',
  '%u': 'day_of_week',
  month: 'month_name',
  fmmonth: 'month_name',
  '%b': 'month_name',
  day: 'day_name',
  fmday: 'day_name',
  '%a': 'day_name',
}

/** What a time written by a pattern is: `to_char(x, "YYYY-MM")` is `month(x)`. */
export function findPattern(pattern: string, value: Expression): Expression | undefined {
  const ours = findOwn(patterns, pattern.toLowerCase())
  return ours === undefined ? undefined : { kind: 'call', name: ours, args: [value] }
}

/** A fraction as a percentage, without the last digits that a product adds. */
export const toHundred = (fraction: number): number => Number((fraction * 100).toPrecision(12))
