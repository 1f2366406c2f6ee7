import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import { addPeriods, type Calendar, daysBetween, type Grain, startOfPeriod } from '../../src/base/periods.ts'
import { datePattern, numberPattern, timestampPattern } from '../../src/dsl/dialects/text-patterns.ts'
import {
  type AggregateName,
  type HiddenAggregate,
  listMax,
  type ScalarName,
} from '../../src/dsl/functions/scalar-names.ts'
import type { AggregateCall, Expression } from '../../src/dsl/plan/plan.ts'
import { choose, correlation, list, mean, mode, percentile, sum, variance } from './statistics.ts'
import { compareValues, idOf, type Row, type Value } from './values.ts'

type Full = NonNullable<Value>

const roundHalfAway = (x: number, digits: number) =>
  (Math.sign(x) * Math.round(Math.abs(x) * 10 ** digits)) / 10 ** digits

const compare =
  (holds: (order: number) => boolean) =>
  (a: Full, b: Full): Value =>
    holds(compareValues(a, b))

const fold = (text: Full) => String(text).toLowerCase()
const datePart = (pick: (time: DateTime) => number) => (day: Full) =>
  pick(DateTime.fromISO(String(day), { zone: 'UTC' }))

/** Whole numbers of any size lose nothing; a sum that a double holds is one. */
function addExactly(a: number | bigint, b: number | bigint): Full {
  const isWhole = [a, b].every((one) => typeof one === 'bigint' || Number.isSafeInteger(one))
  if (!isWhole) return Number(a) + Number(b)
  const sum = BigInt(a) + BigInt(b)
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum
}

const finite = (x: number): Value => (Number.isFinite(x) ? x : null)

/** At most ten digits behind the point, and no zeros at the end. */
function writeNumber(x: number | bigint): string {
  if (typeof x === 'bigint') return x.toString()
  const digits = BigInt(Math.round(Math.abs(x) * 1e10))
    .toString()
    .padStart(11, '0')
  const text = `${digits.slice(0, -10)}.${digits.slice(-10)}`.replace(/\.?0+$/, '')
  return x < 0 && text !== '0' ? `-${text}` : text
}

const readDay = (day: string): Value => (DateTime.fromISO(day, { zone: 'UTC' }).isValid ? day : null)

function readInstant(text: string): Value {
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'UTC' })
  return time.isValid ? time.toMillis() : null
}

/** Functions that are empty when an argument is. */
const strict: Partial<Record<ScalarName, (...args: never[]) => Value>> = {
  add: (a: number | bigint, b: number | bigint) => addExactly(a, b),
  subtract: (a: number | bigint, b: number | bigint) => addExactly(a, -b),
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => (b === 0 ? null : a / b),
  modulo: (a: number, b: number) => (b === 0 ? null : a % b),
  negate: (a: number) => -a,
  round: (a: number, digits = 0) => roundHalfAway(a, digits),
  floor: Math.floor,
  ceil: Math.ceil,
  abs: Math.abs,
  sign: Math.sign,
  power: (a: number, b: number) => {
    const size = b * Math.log(Math.abs(a))
    return size > 700 ? null : finite(a !== 0 && size < -700 && !Number.isNaN(a ** b) ? 0 : a ** b)
  },
  sqrt: (a: number) => finite(Math.sqrt(a)),
  ln: (a: number) => finite(Math.log(a)),
  log10: (a: number) => finite(Math.log10(a)),
  exp: (a: number) => (a > 700 ? null : a < -700 ? 0 : Math.exp(a)),
  equals: compare((order) => order === 0),
  less: compare((order) => order < 0),
  less_or_equal: compare((order) => order <= 0),
  greater: compare((order) => order > 0),
  greater_or_equal: compare((order) => order >= 0),
  contains: (text: string, part: string) => fold(text).includes(fold(part)),
  starts_with: (text: string, part: string) => fold(text).startsWith(fold(part)),
  ends_with: (text: string, part: string) => fold(text).endsWith(fold(part)),
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
  trim: (text: string) => text.replace(/^ +| +$/g, ''),
  length: (text: string) => [...text].length,
  replace: (text: string, what: string, by: string) => (what === '' ? text : text.split(what).join(by)),
  substring: (text: string, start: number, length: number) => [...text].slice(start - 1, start - 1 + length).join(''),
  concat: (...texts: string[]) => texts.join(''),
  md5: (text: string) => createHash('md5').update(text).digest('hex'),
  split: (text: string, cut: string, at: number) => text.split(cut)[at - 1] || null,
  matches: (text: string, pattern: string) => new RegExp(pattern, 'u').test(text),
  to_text: (value: number | bigint | string) => (typeof value === 'string' ? value : writeNumber(value)),
  to_number: (text: string) => (new RegExp(numberPattern).test(text) ? Number(text) : null),
  to_date: (text: string) => (new RegExp(datePattern).test(text) ? readDay(text.slice(0, 10)) : null),
  to_timestamp: (text: string) => (new RegExp(timestampPattern).test(text) ? readInstant(text) : null),
  days_between: (a: string, b: string) => daysBetween(a, b),
  months_between: (a: string, b: string) => {
    const [from, to] = [a, b].map((day) => DateTime.fromISO(day, { zone: 'UTC' }))
    return (to!.year - from!.year) * 12 + to!.month - from!.month
  },
  seconds_between: (a: number, b: number) => (b - a) / 1000,
  year_of: datePart((time) => time.year),
  quarter_of_year: datePart((time) => time.quarter),
  month_of_year: datePart((time) => time.month),
  day_of_month: datePart((time) => time.day),
  day_of_week: datePart((time) => time.weekday),
  day_of_year: datePart((time) => time.ordinal),
  week_of_year: datePart((time) => time.weekNumber),
}

/** Three-valued: `decisive` settles it, else an empty part leaves it open. */
function decide(values: readonly Value[], decisive: boolean): Value {
  if (values.includes(decisive)) return decisive
  return values.includes(null) ? null : !decisive
}

function isIn([value, ...options]: readonly Value[]): Value {
  if (value === null || value === undefined) return null
  if (options.some((option) => option !== null && compareValues(value, option) === 0)) return true
  return options.includes(null) ? null : false
}

function call(fn: ScalarName, args: readonly Value[], calendar: Calendar): Value {
  const [first = null, second = null] = args
  switch (fn) {
    case 'and':
      return decide(args, false)
    case 'or':
      return decide(args, true)
    case 'not':
      return first !== true
    case 'is_empty':
      return first === null
    case 'not_equals':
      return idOf([first]) !== idOf([second])
    case 'in':
      return isIn(args)
    case 'coalesce':
      return args.find((arg) => arg !== null) ?? null
    case 'when': {
      for (let at = 0; at + 1 < args.length; at += 2) if (args[at] === true) return args[at + 1] ?? null
      return args.at(-1) ?? null
    }
    case 'least':
    case 'greatest': {
      const [least, most] = args.filter((arg) => arg !== null).sort(compareValues)
      return (fn === 'least' ? least : (most ?? least)) ?? null
    }
    case 'hour_of_day':
      return first === null ? null : DateTime.fromMillis(Number(first), { zone: calendar.timezone }).hour
    case 'minute_of_hour':
      return first === null ? null : DateTime.fromMillis(Number(first), { zone: calendar.timezone }).minute
    default: {
      const run = strict[fn]
      if (!run) throw new Error(`the oracle does not know \`${fn}\``)
      // All but addition and comparison is floating point.
      const isFloating = ['multiply', 'divide', 'modulo', 'round', 'floor', 'ceil', 'abs', 'negate'].includes(fn)
      const given = args.map((arg) => (isFloating && typeof arg === 'bigint' ? Number(arg) : arg))
      return args.includes(null) ? null : run(...(given as never[]))
    }
  }
}

export function bucket(value: Value, grain: Grain, argType: 'date' | 'timestamp', calendar: Calendar): Value {
  if (value === null) return null
  if (argType === 'date') return startOfPeriod(String(value), grain, calendar)
  const time = DateTime.fromMillis(Number(value), { zone: calendar.timezone })
  const inMinute = time.second * 1000 + time.millisecond
  if (grain === 'minute') return Number(value) - inMinute
  if (grain === 'hour') return Number(value) - inMinute - time.minute * 60_000
  return startOfPeriod(time.toISODate() ?? '', grain, calendar)
}

const minuteMs = 60_000

/** A date or instant so many periods later; days and longer units of an instant by the clock. */
function moved(value: Value, count: number, grain: Grain, calendar: Calendar): Value {
  if (value === null) return null
  if (typeof value === 'string') return addPeriods(value, count, grain)
  const instant = Number(value)
  if (grain === 'minute' || grain === 'hour') return instant + count * (grain === 'hour' ? 60 : 1) * minuteMs
  const offsetAt = (at: number) => DateTime.fromMillis(at, { zone: calendar.timezone }).offset * minuteMs
  const clock = DateTime.fromMillis(instant + offsetAt(instant), { zone: 'UTC' })
  const wanted = clock.plus({ [`${grain}s`]: count }).toMillis()
  return wanted - offsetAt(wanted - offsetAt(instant))
}

/** What clocks on the wall show at an instant, so that it sorts beside days: a day's midnight is the day itself. */
export function wallClock(value: Value, calendar: Calendar): Value {
  if (value === null) return null
  const time = DateTime.fromMillis(Number(value), { zone: calendar.timezone })
  const clock = time.toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")
  return clock.endsWith('T00:00:00.000') ? clock.slice(0, 10) : clock
}

/** The value of `expression` in `row`; `rows` are all of the relation, for `over`. */
export function evaluate(expression: Expression, row: Row, rows: readonly Row[], calendar: Calendar): Value {
  switch (expression.op) {
    case 'literal':
      if (expression.type === 'timestamp' && expression.value !== null) return Date.parse(String(expression.value))
      if (expression.type !== 'number' || typeof expression.value !== 'string') return expression.value
      return expression.value.includes('.') ? Number(expression.value) : BigInt(expression.value)
    case 'column': {
      const value = row[expression.name]
      if (value === undefined) throw new Error(`there is no column \`${expression.name}\``)
      return value
    }
    case 'call': {
      const args = expression.args.map((arg) => evaluate(arg, row, rows, calendar))
      return call(expression.fn as ScalarName, args, calendar)
    }
    case 'bucket':
      return bucket(evaluate(expression.arg, row, rows, calendar), expression.grain, expression.argType, calendar)
    case 'moved':
      return moved(evaluate(expression.arg, row, rows, calendar), expression.count, expression.grain, calendar)
    case 'moved_by': {
      const [time, by] = [expression.arg, expression.by].map((arg) => evaluate(arg, row, rows, calendar))
      if (time === null || time === undefined || by === null) return null
      if (expression.unit === 'second') return Number(time) + Number(by) * 1000
      return moved(time, Number(by), expression.unit, calendar)
    }
    case 'over': {
      const idIn = (other: Row) => idOf(expression.per.map((name) => other[name] ?? null))
      const own = idIn(row)
      return aggregate(
        expression.aggregate,
        rows.filter((other) => idIn(other) === own),
        calendar,
      )
    }
  }
}

/** One value of `rows`. */
export function aggregate({ fn, args, where }: AggregateCall, rows: readonly Row[], calendar: Calendar): Value {
  const kept = where ? rows.filter((row) => evaluate(where, row, rows, calendar) === true) : rows
  const tuples = kept.map((row) => args.map((arg) => evaluate(arg, row, rows, calendar)))
  const full = tuples.filter((tuple) => !tuple.includes(null))
  const values = full.map(([value]) => value as Full)
  switch (fn as Exclude<AggregateName, HiddenAggregate>) {
    case 'count':
      return args.length === 0 ? kept.length : full.length
    case 'count_distinct':
      return new Set(full.map(idOf)).size
    case 'sum':
      return values.length === 0 ? null : sum(values)
    case 'avg':
      return values.length === 0 ? null : mean(values)
    case 'min':
      return values.reduce<Value>(
        (least, value) => (least === null || compareValues(value, least) < 0 ? value : least),
        null,
      )
    case 'max':
      return values.reduce<Value>(
        (most, value) => (most === null || compareValues(value, most) > 0 ? value : most),
        null,
      )
    case 'median':
      return values.length === 0 ? null : percentile(values, 0.5)
    case 'percentile':
      return values.length === 0 ? null : percentile(values, Number(full[0]![1]))
    case 'variance':
      return variance(values)
    case 'stddev': {
      const squared = variance(values)
      return squared === null ? null : Math.sqrt(Number(squared))
    }
    case 'first':
      return choose(tuples, 1)
    case 'last':
      return choose(tuples, -1)
    case 'mode':
      return mode(values)
    case 'list':
      return list(values, listMax)
    case 'correlation':
      return correlation(full)
  }
}
