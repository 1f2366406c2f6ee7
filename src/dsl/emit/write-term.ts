import { invariant, unreachable } from '../../base/invariant.ts'
import { type Calendar, monthsShifted } from '../../base/periods.ts'
import type { ZoneOffset } from '../../base/zone-offsets.ts'
import { type Bound, binding, type Dialect, type Fragment } from '../dialects/dialect.ts'
import { atom, wrap, writeCase } from '../dialects/fragments.ts'
import type { ScalarName } from '../functions/scalar-names.ts'
import type { Literal } from '../plan/plan.ts'
import { isUtc } from './known-instants.ts'
import { type Aggregated, isConstant, type OrderTerm, type Relation, type Term } from './term.ts'

/** What it takes to write a term of one SELECT as SQL. */
export interface Writing {
  readonly dialect: Dialect
  readonly calendar: Calendar
  /** Gives a literal its placeholder. */
  readonly bind: (bound: Bound) => string
  /** The prefix of a relation's columns, as `account.`; empty where there is only one. */
  readonly prefix: (relation: Relation) => string
  /** Offsets of the calendar's zone over the instants that a term can have here; undefined when that is not known, or too many. */
  readonly offsetsOf: (term: Term) => readonly ZoneOffset[] | undefined
  /** In a join: whether its keys make no index that an engine could build for itself, so that it would hash them. */
  readonly isHashed?: boolean
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
  if (literal.isOwn) {
    invariant(Number.isInteger(value) && Number(value) >= 0, 'a number of the compiler is whole')
    return { ...atom(String(value), type, { neverEmpty: true }), literal: value }
  }
  // The literal itself, not a copy: texts are told apart by identity.
  const bound = literal as Bound
  return { ...writing.dialect.writeLiteral(writing.bind(bound), bound, typed), literal: value }
}

/** A literal on its own, outside of any SELECT's terms. */
export const writeLoneLiteral = (writing: WritingBase, literal: Literal): Fragment =>
  writeLiteral(literal, { ...writing, prefix: () => '', offsetsOf: () => undefined }, true)

/** Arguments that are whole numbers written out, for which engines need the number itself: digits, a place. */
const wholeArguments: Partial<Record<ScalarName, number>> = { round: 1, split: 2 }

function writeWhole(term: Term): Fragment {
  const value = term.op === 'literal' ? term.value : undefined
  invariant(Number.isInteger(value), 'digits and places are whole numbers')
  return atom(String(value), 'number')
}

function writeCall(fn: ScalarName, args: readonly Term[], writing: Writing): Fragment {
  const { dialect } = writing
  const typed = !typedByNeighbour.has(fn) || args.every(({ op }) => op === 'literal')
  const whole = wholeArguments[fn]
  const fragments = args.map((arg, at) => {
    if (at === whole) return writeWhole(arg)
    return arg.op === 'literal' ? writeLiteral(arg, writing, typed) : writeTerm(arg, writing)
  })
  if (fn === 'hour_of_day' || fn === 'minute_of_hour')
    return dialect.scalars[fn]([toLocal(args[0]!, fragments[0]!, writing)])
  return dialect.scalars[fn](fragments)
}

const toLocal = (term: Term, instant: Fragment, writing: Writing): Fragment =>
  writeLocal(instant, writing, writing.offsetsOf(term))

function writeLocal(instant: Fragment, { dialect, calendar }: Writing, offsets?: readonly ZoneOffset[]): Fragment {
  if (isUtc(calendar)) return instant
  return dialect.writeLocalTime(instant, nameZone(calendar), offsets)
}

function nameZone({ timezone }: Calendar): string {
  invariant(/^[A-Za-z0-9_+/-]+$/.test(timezone), 'a time zone is an IANA name')
  return timezone
}

function writeBucket({ grain, arg, argType }: Extract<Term, { op: 'bucket' }>, writing: Writing): Fragment {
  const { dialect, calendar } = writing
  const value = writeTerm(arg, writing)
  const local = argType === 'date' || grain === 'minute' ? value : toLocal(arg, value, writing)
  if (grain === 'hour' && local !== value) return dialect.writeLocalHour(value, local)
  const months = monthsShifted(grain, calendar)
  if (months === 0) return dialect.writeStart(local, grain, calendar.weekStarts)
  const day = argType === 'date' ? local : dialect.writeStart(local, 'day', calendar.weekStarts)
  const start = dialect.writeStart(dialect.writeMoved(day, -months, 'month'), grain, calendar.weekStarts)
  return dialect.writeMoved(start, months, 'month')
}

/** The fraction of a percentile is part of the function for engines: it stands there as a number of our own making. */
function writeFraction(term: Term): Fragment {
  const value = term.op === 'literal' ? term.value : undefined
  invariant(typeof value === 'number' && value >= 0 && value <= 1, 'the fraction of a percentile is from 0 to 1')
  return atom(String(value), 'number')
}

/** No column that a condition keeps in some range. */
const anywhere: Term = { op: 'zero' }

/**
 * By the clock: the wall-clock time is moved, and the zone's offset at about that time taken off again. Only the way from an instant to
 * local time is asked of the engine, since the way back is another on each where clocks change.
 */
function writeMoved(term: Extract<Term, { op: 'moved' | 'moved_by' }>, writing: Writing): Fragment {
  const { writeMoved: moveBy, writeMovedBy, writeDisplaced, writeMovedByClock } = writing.dialect
  const { time, byClock } = term
  const instant = writeTerm(time, writing)
  const [count, unit] = term.op === 'moved' ? [term.count, term.grain] : [writeTerm(term.by, writing), term.unit]
  const move = (one: Fragment) =>
    term.op === 'moved' ? moveBy(one, term.count, term.grain) : writeMovedBy(one, count as Fragment, term.unit)
  if (!byClock || isUtc(writing.calendar)) return move(instant)
  if (writeMovedByClock) return writeMovedByClock(instant, nameZone(writing.calendar), count, unit)
  const local = toLocal(time, instant, writing)
  const moved = move(local)
  const isFixed = unit === 'day' || unit === 'week'
  const guess = isFixed ? move(instant) : writeDisplaced(moved, local, instant)
  return writeDisplaced(moved, writeLocal(guess, writing, writing.offsetsOf(anywhere)), guess)
}

function writeAggregate({ fn, args, where }: Aggregated, writing: Writing, over = ''): Fragment {
  const fragments = args.map((arg, at) =>
    fn === 'percentile' && at === 1 ? writeFraction(arg) : writeTerm(arg, writing),
  )
  const conditions = where ? [writeTerm(where, writing)] : []
  // A compound with an empty part is nothing that could be counted, and a list would show an empty value as an empty text.
  const isThere = (arg: Fragment) => writing.dialect.scalars.not([writing.dialect.scalars.is_empty([arg])])
  if ((fn === 'count_distinct' && args.length > 1) || fn === 'list') conditions.unshift(...fragments.map(isThere))
  if (fn === 'first' || fn === 'last') conditions.unshift(isThere(fragments[1]!))
  const condition = conditions.map((part) => wrap(part, conditions.length > 1 ? binding.and : 0)).join(' AND ')
  const filter = condition ? ` FILTER (WHERE ${condition})` : ''
  const write = writing.dialect.aggregates[fn]
  invariant(write, `${writing.dialect.name} has no \`${fn}\`, which is emulated before`)
  if (writing.dialect.hasFilter || !condition) return write({ args: fragments, suffix: filter + over })
  const [first = { ...atom('1', 'number'), literal: 1 }, ...rest] = fragments
  const chosen = writeCase([atom(condition, 'boolean'), first, atom('NULL', null)])
  return write({ args: [chosen, ...rest], suffix: over })
}

/** What is empty exactly when `term` is: a period is empty when its instant is, and a column is as it stands. */
function writeEmptiness(term: Term, writing: Writing): Fragment {
  if (term.op === 'bucket') return writeEmptiness(term.arg, writing)
  return term.op === 'reference' ? writeColumn(term, writing) : writeTerm(term, writing)
}

/** Items of ORDER BY; `nameOf` gives the alias under which a SELECT shows a term. */
export function writeOrder(
  order: readonly OrderTerm[],
  writing: Writing,
  nameOf: (term: Term) => string | undefined = () => undefined,
): readonly string[] {
  return order.flatMap(({ term, descending, neverEmpty }) => {
    const written = writeTerm(term, writing)
    const value = neverEmpty ? { ...written, neverEmpty } : written
    const emptyAs = writeEmptiness(term, writing)
    return writing.dialect.writeOrder({ value, alias: nameOf(term), emptyAs, descending })
  })
}

const listOrder = (order: readonly OrderTerm[], writing: Writing): string => writeOrder(order, writing).join(', ')

function writeWindow(per: readonly Term[], order: string, frame: string, writing: Writing): string {
  const partition = per
    .filter((term) => !isConstant(term))
    .map((term) => writing.dialect.writeKey(writeTerm(term, writing)).text)
    .join(', ')
  const parts = [partition && `PARTITION BY ${partition}`, order && `ORDER BY ${order}`, frame].filter((part) => part)
  return ` OVER (${parts.join(' ')})`
}

function writeShift(term: Extract<Term, { op: 'shift' }>, writing: Writing): Fragment {
  const { dialect } = writing
  const { writeRangeBound } = dialect
  invariant(writeRangeBound, 'a frame over a time is written where the engine has one')
  const time = writeTerm(term.time, writing)
  const of = writeTerm(term.of, writing)
  const bound = `${writeRangeBound(Math.abs(term.by), term.unit)} ${term.by < 0 ? 'FOLLOWING' : 'PRECEDING'}`
  const value = `${dialect.writeFirst(of)}${writeWindow(term.per, time.text, `RANGE BETWEEN ${bound} AND ${bound}`, writing)}`
  // Rows without a time are each other's neighbours in a window.
  return atom(term.isOpen ? `CASE WHEN ${wrap(time, binding.sum)} IS NOT NULL THEN ${value} END` : value, of.type)
}

type Reference = Extract<Term, { op: 'reference' }>

const writeColumn = ({ relation, column, type }: Reference, { dialect, prefix }: Writing): Fragment => ({
  ...atom(prefix(relation) + dialect.writeName(column), type),
  isColumn: true,
})

function writeReference(term: Reference, writing: Writing): Fragment {
  const column = writeColumn(term, writing)
  return term.relation.isForeign ? writing.dialect.writeColumn({ ...column, isStored: true }) : column
}

/** A condition of a join as SQL. */
export function writeJoined(term: Term, writing: Writing): Fragment {
  const [left, right] = term.op === 'call' && term.fn === 'equals' ? term.args : []
  if (!left || !right) return writeTerm(term, writing)
  return writing.dialect.writeMatch(writeTerm(left, writing), writeTerm(right, writing))
}

/** `term` as SQL. */
export function writeTerm(term: Term, writing: Writing): Fragment {
  switch (term.op) {
    case 'literal':
      return writeLiteral(term, writing, true)
    case 'zero':
      return { ...atom('0', 'number', { neverEmpty: true }), literal: 0 }
    case 'reference':
      return writeReference(term, writing)
    case 'call':
      return writeCall(term.fn, term.args, writing)
    case 'bucket':
      return writeBucket(term, writing)
    case 'local': {
      const arg = writeTerm(term.arg, writing)
      return term.argType === 'date' ? arg : toLocal(term.arg, arg, writing)
    }
    case 'key':
      return writing.dialect.writeKey(writeTerm(term.arg, writing))
    case 'part':
      return writing.dialect.writePart(writeTerm(term.arg, writing), term.type)
    case 'moved':
    case 'moved_by':
      return writeMoved(term, writing)
    case 'same':
      return writing.dialect.writeSame(
        writeTerm(term.left, writing),
        writeTerm(term.right, writing),
        writing.isHashed === true,
      )
    case 'aggregate':
      return writeAggregate(term.aggregate, writing)
    case 'over':
      return writeAggregate(term.aggregate, writing, writeWindow(term.per, '', '', writing))
    case 'rank': {
      // ClickHouse has no `ntile` without an order: what is the same in the whole window is none, and does for one.
      const alike = term.fn === 'ntile' ? term.per.slice(0, 1).map((key) => writeTerm(key, writing).text) : []
      const order = listOrder(term.by, writing) || alike.join('')
      return atom(`${term.fn}(${term.tiles ?? ''})${writeWindow(term.per, order, '', writing)}`, 'number')
    }
    case 'running': {
      const start = term.reach === undefined ? 'ROWS BETWEEN UNBOUNDED' : `RANGE BETWEEN ${term.reach}`
      const frame = `${start} PRECEDING AND ${term.isBefore ? '1 PRECEDING' : 'CURRENT ROW'}`
      // A range is over one key as it is: rows where that is empty see each other only.
      const order = term.reach === undefined ? listOrder(term.by, writing) : writeTerm(term.by[0]!.term, writing).text
      return writeAggregate(term.aggregate, writing, writeWindow(term.per, order, frame, writing))
    }
    case 'beside': {
      const place = `${Math.abs(term.places)} ${term.places < 0 ? 'FOLLOWING' : 'PRECEDING'}`
      const frame = `ROWS BETWEEN ${place} AND ${place}`
      const of = writeTerm(term.of, writing)
      const window = writeWindow(term.per, listOrder(term.by, writing), frame, writing)
      return atom(`${writing.dialect.writeFirst(of)}${window}`, of.type)
    }
    case 'shift':
      return writeShift(term, writing)
    case 'run': {
      const window = writeWindow(term.per, listOrder([term.time], writing), '', writing)
      return atom(`count(${writeTerm(term.mark, writing).text})${window}`, 'number')
    }
    case 'first': {
      const of = writeTerm(term.of, writing)
      return atom(
        `${writing.dialect.writeFirst(of)}${writeWindow(term.per, listOrder([term.time], writing), '', writing)}`,
        of.type,
      )
    }
    default:
      return unreachable(term)
  }
}
