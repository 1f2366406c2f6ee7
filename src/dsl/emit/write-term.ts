import { invariant, unreachable } from '../../base/invariant.ts'
import type { Calendar, Grain } from '../../base/periods.ts'
import type { ZoneOffset } from '../../base/zone-offsets.ts'
import { writeInterval } from '../dialects/ansi.ts'
import { binding, type Dialect, type Fragment } from '../dialects/dialect.ts'
import { atom, cast, wrap } from '../dialects/fragments.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import type { Literal } from '../plan.ts'
import { isUtc } from './known-instants.ts'
import { type Aggregated, isConstant, type OrderTerm, type Relation, type Term } from './term.ts'

/** What it takes to write a term of one SELECT as SQL. */
export interface Writing {
  readonly dialect: Dialect
  readonly calendar: Calendar
  /** Gives a literal its `$n`. */
  readonly bind: (literal: Literal) => string
  /** The prefix of a relation's columns, as `account.`; empty where there is only one. */
  readonly prefix: (relation: Relation) => string
  /** Offsets of the calendar's zone over the instants that a term can have here; undefined when that is not known, or too many. */
  readonly offsetsOf: (term: Term) => readonly ZoneOffset[] | undefined
}

/** What is known before there is a SELECT. */
export type WritingBase = Omit<Writing, 'prefix' | 'offsetsOf'>

/** Functions that give a text literal its type by what stands beside it. */
const typedByNeighbour: ReadonlySet<ScalarName> = new Set([
  'equals',
  'not_equals',
  'in',
  'less',
  'less_or_equal',
  'greater',
  'greater_or_equal',
  'contains',
  'starts_with',
  'ends_with',
  'replace',
  'coalesce',
])

function writeLiteral(literal: Literal, writing: Writing, typed: boolean): Fragment {
  const { type, value } = literal
  if (value === null) return atom('NULL', null)
  if (typeof value === 'boolean')
    return { ...atom(value ? 'TRUE' : 'FALSE', type, { neverEmpty: true }), literal: value }
  const text = writing.dialect.writeLiteral(writing.bind(literal), type, value, typed)
  return { text, binds: text.includes('::') ? binding.postfix : binding.atom, type, literal: value }
}

/** A literal on its own, outside of any SELECT's terms. */
export const writeLiteralText = (writing: WritingBase, literal: Literal): string =>
  writeLiteral(literal, { ...writing, prefix: () => '', offsetsOf: () => undefined }, true).text

function writeCall(fn: ScalarName, args: readonly Term[], writing: Writing): Fragment {
  const { dialect } = writing
  const typed = !typedByNeighbour.has(fn) || args.every(({ op }) => op === 'literal')
  if (fn === 'round' && args.length === 2) {
    const digits = args[1]!
    invariant(digits.op === 'literal' && Number.isInteger(digits.value), 'digits of `round` are a whole number')
    return dialect.scalars.round([writeTerm(args[0]!, writing), atom(String(digits.value), 'number')])
  }
  const fragments = args.map((arg) =>
    arg.op === 'literal' ? writeLiteral(arg, writing, typed) : writeTerm(arg, writing),
  )
  if (fn === 'hour_of_day') return dialect.scalars[fn]([toLocal(args[0]!, fragments[0]!, writing)])
  return dialect.scalars[fn](fragments)
}

function toLocal(term: Term, instant: Fragment, { dialect, calendar, offsetsOf }: Writing): Fragment {
  if (isUtc(calendar)) return instant
  invariant(/^[A-Za-z0-9_+/-]+$/.test(calendar.timezone), 'a time zone is an IANA name')
  return dialect.writeLocalTime(instant, calendar.timezone, offsetsOf(term))
}

function truncate(value: Fragment, grain: Grain, { calendar }: Writing): Fragment {
  const shift = grain === 'week' ? (8 - calendar.weekStarts) % 7 : 0
  if (shift === 0) return atom(`date_trunc('${grain}', ${value.text})`, 'timestamp')
  const interval = writeInterval(shift, 'day')
  return {
    text: `date_trunc('${grain}', ${wrap(value, binding.sum)} + ${interval}) - ${interval}`,
    binds: binding.sum,
    type: 'timestamp',
  }
}

function writeBucket(term: Extract<Term, { op: 'bucket' }>, writing: Writing): Fragment {
  const { grain } = term
  const arg = writeTerm(term.arg, writing)
  if (grain === 'minute') return truncate(arg, grain, writing)
  const local = term.argType === 'date' ? arg : toLocal(term.arg, arg, writing)
  if (grain === 'day') return cast(local, 'date', 'date')
  if (grain !== 'hour') return cast(truncate(local, grain, writing), 'date', 'date')
  if (local === arg) return truncate(arg, grain, writing)
  // The hour that a clock shows twice is two periods: so the part of the hour that has passed is taken off the instant.
  const passed = `(${wrap(local, binding.sum)} - ${truncate(local, grain, writing).text})`
  return { text: `${wrap(arg, binding.sum)} - ${passed}`, binds: binding.sum, type: 'timestamp' }
}

function writeAggregate({ fn, args, where }: Aggregated, writing: Writing, over = ''): Fragment {
  const fragments = args.map((arg) => writeTerm(arg, writing))
  const conditions = where ? [writeTerm(where, writing)] : []
  // A compound with an empty part is nothing that could be counted.
  if (fn === 'count_distinct' && args.length > 1)
    conditions.unshift(
      ...fragments.map((arg) => writing.dialect.scalars.not([writing.dialect.scalars.is_empty([arg])])),
    )
  const condition = conditions.map((part) => wrap(part, conditions.length > 1 ? binding.and : 0)).join(' AND ')
  const suffix = `${condition ? ` FILTER (WHERE ${condition})` : ''}${over}`
  const text = writing.dialect.aggregates[fn]({ args: fragments, suffix })
  const type = fn === 'min' || fn === 'max' ? (fragments[0]?.type ?? null) : 'number'
  return { text, binds: text.includes('::double precision') ? binding.postfix : binding.atom, type }
}

export function writeOrder(order: readonly OrderTerm[], writing: Writing): string {
  return order
    .map(
      ({ term, descending }) =>
        writing.dialect.writeOrderKey(writeTerm(term, writing)) + (descending ? ' DESC NULLS LAST' : ''),
    )
    .join(', ')
}

function writeWindow(per: readonly Term[], order: string, frame: string, writing: Writing): string {
  const partition = per
    .filter((term) => !isConstant(term))
    .map((term) => writeTerm(term, writing).text)
    .join(', ')
  const parts = [partition && `PARTITION BY ${partition}`, order && `ORDER BY ${order}`, frame].filter((part) => part)
  return ` OVER (${parts.join(' ')})`
}

function writeShift(term: Extract<Term, { op: 'shift' }>, writing: Writing): Fragment {
  const time = writeTerm(term.time, writing)
  const of = writeTerm(term.of, writing)
  const bound = `${writeInterval(Math.abs(term.by), term.unit)} ${term.by < 0 ? 'FOLLOWING' : 'PRECEDING'}`
  const value = `first_value(${of.text})${writeWindow(term.per, time.text, `RANGE BETWEEN ${bound} AND ${bound}`, writing)}`
  // Rows without a time are each other's neighbours in a window.
  return atom(term.isOpen ? `CASE WHEN ${wrap(time, binding.sum)} IS NOT NULL THEN ${value} END` : value, of.type)
}

/** `term` as SQL. */
export function writeTerm(term: Term, writing: Writing): Fragment {
  switch (term.op) {
    case 'literal':
      return writeLiteral(term, writing, true)
    case 'zero':
      return { ...atom('0', 'number', { neverEmpty: true }), literal: 0 }
    case 'reference':
      return atom(writing.prefix(term.relation) + writing.dialect.writeName(term.column), term.type)
    case 'call':
      return writeCall(term.fn, term.args, writing)
    case 'bucket':
      return writeBucket(term, writing)
    case 'local': {
      const arg = writeTerm(term.arg, writing)
      return term.argType === 'date' ? arg : toLocal(term.arg, arg, writing)
    }
    case 'same':
      return writing.dialect.writeSame(writeTerm(term.left, writing), writeTerm(term.right, writing))
    case 'aggregate':
      return writeAggregate(term.aggregate, writing)
    case 'over':
      return writeAggregate(term.aggregate, writing, writeWindow(term.per, '', '', writing))
    case 'rank':
      return atom(
        `${term.fn}(${term.tiles ?? ''})${writeWindow(term.per, writeOrder(term.by, writing), '', writing)}`,
        'number',
      )
    case 'running': {
      const start = term.reach === undefined ? 'ROWS BETWEEN UNBOUNDED' : `RANGE BETWEEN ${term.reach}`
      const frame = `${start} PRECEDING AND CURRENT ROW`
      return writeAggregate(
        term.aggregate,
        writing,
        writeWindow(term.per, writeOrder(term.by, writing), frame, writing),
      )
    }
    case 'shift':
      return writeShift(term, writing)
    case 'run': {
      const window = writeWindow(term.per, writeTerm(term.time, writing).text, '', writing)
      return atom(`count(${writeTerm(term.mark, writing).text})${window}`, 'number')
    }
    case 'first': {
      const of = writeTerm(term.of, writing)
      return atom(
        `first_value(${of.text})${writeWindow(term.per, writeTerm(term.time, writing).text, '', writing)}`,
        of.type,
      )
    }
    default:
      return unreachable(term)
  }
}
