import { z } from 'zod'
import { addPeriods, moveInstant, startOfInstant, startOfPeriod } from '../../base/periods.ts'
import type { Checker } from '../check/checker.ts'
import { findColumn, type Relation, type RelationColumn } from '../check/relation.ts'
import { resolvePeriod, toDay, toInstant, toLastDay } from '../check/resolve-range.ts'
import { findMeant } from '../check/same-word.ts'
import { type Builder, knownType } from '../plan/lower-expression.ts'
import type { Column, Fill } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { parseList } from '../text/parse-list.ts'
import { parseName } from '../text/parse-names.ts'
import { parsePeriod } from '../text/parse-range.ts'
import { quoteName, quoteNumber } from '../text/quote.ts'
import type { FillStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { defineStep } from './step.ts'

interface BoundFill {
  readonly fill: Pick<Fill, 'time' | 'grain' | 'per' | 'columns' | 'from' | 'to'>
  /** Columns with places to fill in rows that are there. */
  readonly gaps: readonly GapColumn[]
  /** All columns of the rows. */
  readonly types: readonly Column[]
}

interface GapColumn {
  readonly column: Column
  readonly value: number
}

function parseWith(cursor: Cursor): number | 'previous' {
  if (cursor.acceptWord('previous')) return 'previous'
  const isNegative = cursor.acceptSymbol('-')
  const token = cursor.peek()
  if (token?.kind !== 'number' || !Number.isFinite(Number(token.value)))
    return cursor.expected('a number or `previous`', 'Write `fill month with 0`.')
  cursor.take()
  return isNegative ? 0 - Number(token.value) : Number(token.value)
}

function parseFill(cursor: Cursor): FillStep {
  const start = cursor.mark()
  cursor.take()
  const time = parseName(cursor, 'the column that holds the periods')
  const per = cursor.acceptWord('per') ? parseList(cursor, () => parseName(cursor, 'a column')) : Object.freeze([])
  const fillWith = cursor.acceptWord('with') ? parseWith(cursor) : undefined
  const from = cursor.acceptWord('from') ? parsePeriod(cursor) : undefined
  const to = cursor.acceptWord('to') ? parsePeriod(cursor) : undefined
  return cursor.place(start, {
    kind: 'fill',
    time,
    per,
    ...(fillWith === undefined ? {} : { with: fillWith }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
}

const formatFill = ({ time, per, with: fillWith, from, to }: FillStep): string =>
  [
    `fill ${quoteName(time)}`,
    per.length > 0 ? `per ${per.map(quoteName).join(', ')}` : '',
    fillWith === undefined ? '' : `with ${fillWith === 'previous' ? fillWith : quoteNumber(fillWith)}`,
    from === undefined ? '' : `from ${from}`,
    to === undefined ? '' : `to ${to}`,
  ]
    .filter((part) => part !== '')
    .join(' ')

/** The column that is filled along; anything else is reported with what was meant. */
function findAxis(
  step: FillStep,
  before: Relation,
  checker: Checker,
): (RelationColumn & { bucket: NonNullable<RelationColumn['bucket']> }) | undefined {
  const column = findColumn(before, step.time)
  const isKey = before.grain.kind === 'keys' && before.grain.keys.includes(step.time)
  if (column?.bucket !== undefined && isKey) return { ...column, bucket: column.bucket }
  const keys = before.grain.kind === 'keys' ? before.grain.keys : []
  const axes = before.columns
    .filter(({ name, bucket }) => bucket !== undefined && keys.includes(name))
    .map(({ name }) => name)
  const meant = findMeant(step.time, axes)
  const span = checker.spanOf(step)
  checker.report(step, {
    code: 'no-time-axis',
    message: `\`${step.time}\` is no period that rows were grouped by`,
    hint:
      axes.length > 0
        ? `Fill along ${axes.map((name) => `\`${name}\``).join(' or ')}.`
        : 'Group by a period first, as in `group by month(created_at): n = count()`.',
    candidates: axes.slice(0, 3),
    fixes:
      meant === undefined || !span
        ? []
        : [{ title: `${step.time} → ${meant}`, span, text: formatFill({ ...step, time: meant }) }],
  })
  return undefined
}

/** Series must be told apart by all other keys, or periods of different series would be one row. */
function checkSeries(step: FillStep, before: Relation, checker: Checker): boolean {
  const others = before.grain.kind === 'keys' ? before.grain.keys.filter((key) => key !== step.time) : []
  const missing = others.filter((key) => !step.per.includes(key))
  const strange = step.per.filter((key) => !others.includes(key))
  if (missing.length === 0 && strange.length === 0) return true
  const span = checker.spanOf(step)
  const text = formatFill({ ...step, per: others })
  checker.report(step, {
    code: 'fill-series',
    message:
      strange.length > 0
        ? `\`${strange[0]}\` is no key that tells series apart`
        : `rows are told apart by ${missing.map((key) => `\`${key}\``).join(' and ')} as well`,
    hint: `Write \`${text}\`.`,
    fixes: span ? [{ title: `fill ${step.time} → ${text}`, span, text }] : [],
  })
  return false
}

interface Reach {
  readonly from: string | undefined
  /** Without the period that begins with it. */
  readonly to: string | undefined
}

/** Hours and minutes from one instant up to, without it, another. Where only conditions say how far, no further than today. */
function findInstants({ from, to }: Reach, grain: 'hour' | 'minute', isOpen: boolean, { asOf, calendar }: Checker) {
  const end = to && toInstant(to, calendar)
  const today = toInstant(addPeriods(asOf, 1, 'day'), calendar)
  const capped = isOpen && end !== undefined && end > today ? today : end
  // The last moment that still belongs to it.
  const last = capped && moveInstant(capped, -1, 'minute', calendar)
  return {
    ...(from === undefined ? {} : { from: startOfInstant(toInstant(from, calendar), grain, calendar) }),
    ...(last === undefined ? {} : { to: startOfInstant(last, grain, calendar) }),
  }
}

/** First and last period: as written, else as far as conditions have kept times, up to today. */
function findReach(step: FillStep, axis: NonNullable<ReturnType<typeof findAxis>>, checker: Checker) {
  const { asOf, calendar } = checker
  const grain = axis.bucket
  const from = step.from === undefined ? axis.bounds?.from : resolvePeriod(step.from).from
  const written = step.to === undefined ? undefined : resolvePeriod(step.to)
  // A moment covers nothing, and names the period that it lies in.
  const named = written?.precision === 'instant' ? moveInstant(written.to, 1, 'minute', calendar) : written?.to
  const to = named ?? axis.bounds?.to
  if (grain === 'hour' || grain === 'minute') return findInstants({ from, to }, grain, !written, checker)
  const first = from && toDay(from, calendar)
  const last = to && addPeriods(toLastDay(to, calendar), -1, 'day')
  const capped = !written && last !== undefined && last > asOf ? asOf : last
  return {
    ...(first === undefined ? {} : { from: startOfPeriod(first, grain, calendar) }),
    ...(capped === undefined ? {} : { to: startOfPeriod(capped, grain, calendar) }),
  }
}

function checkFill(step: FillStep, before: Relation, checker: Checker): BoundFill | undefined {
  const axis = findAxis(step, before, checker)
  if (!axis || !checkSeries(step, before, checker)) return undefined
  const keys = before.grain.kind === 'keys' ? before.grain.keys : []
  const per = keys
    .filter((key) => key !== step.time)
    .flatMap((key) => [...(findColumn(before, key)?.identity ?? []), key])
  const fillWith = step.with
  const columns = before.columns.flatMap((column) => {
    if (keys.includes(column.name) || fillWith === undefined || column.type === 'unknown') return []
    if (fillWith !== 'previous' && (column.type !== 'number' || column.isTrailing)) return []
    const value = fillWith === 'previous' ? fillWith : ({ op: 'literal', type: 'number', value: fillWith } as const)
    return [{ name: column.name, type: knownType(column.type), with: value }]
  })
  const gaps = before.columns.flatMap(({ name, type, hasGaps, isTrailing, unit }): readonly GapColumn[] =>
    hasGaps && !isTrailing && type === 'number' && typeof fillWith === 'number'
      ? [{ column: { name, type, ...(unit === undefined ? {} : { unit }) }, value: fillWith }]
      : [],
  )
  const fill = { time: axis.name, grain: axis.bucket, per, columns, ...findReach(step, axis, checker) }
  return { fill, gaps, types: listTypes(before) }
}

/** All columns of the plan, shown or not. */
const listTypes = ({ columns, hidden }: Relation): readonly Column[] =>
  [...columns.map(({ name, type }) => [name, type] as const), ...hidden].flatMap(([name, type]) =>
    type === 'unknown' ? [] : [{ name, type }],
  )

/** The same rows with a value in the places where a metric's model had none. */
function closeGaps({ gaps, types }: BoundFill, builder: Builder): void {
  const closed = gaps.map(({ column, value }) => ({ column, value, inner: builder.names.take(column.name) }))
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: closed.map(({ column, value, inner }) => {
      const fallback = { op: 'literal', type: 'number', value } as const
      return {
        ...column,
        name: inner,
        value: { op: 'call', fn: 'coalesce', args: [{ op: 'column', name: column.name }, fallback] } as const,
      }
    }),
  }))
  const columns = types.map((column) => ({
    ...column,
    from: closed.find((one) => one.column.name === column.name)?.inner ?? column.name,
  }))
  builder.push((input, step) => ({ op: 'project', step, input, columns }))
}

/** What is carried on until something else is known lasts: a period that is not over has it of each series, too. */
function carryOn(step: FillStep, before: Relation): Relation {
  const { columns, grain } = before
  const keys = grain.kind === 'keys' ? grain.keys : []
  const isHeld = columns.every(({ name, isLatest }) => isLatest || keys.includes(name))
  if (step.with !== 'previous' || !isHeld) return before
  const lasting = (column: RelationColumn): RelationColumn => ({
    ...column,
    bounds: { from: column.bounds?.from, to: column.bounds?.to, isLasting: true },
  })
  return { ...before, columns: columns.map((column) => (column.name === step.time ? lasting(column) : column)) }
}

/** Rows for periods in which nothing happened, so that a gap is a zero and not a missing point. */
export const fill = defineStep<FillStep, BoundFill | undefined>({
  kind: 'fill',
  name: 'fill',
  verb: 'fill',
  summary:
    'Complete the periods in which nothing happened, for each series; over the range that rows were kept from, else from the first to the last period there is. What looks back with `over` is only known where it was worked out, and stays empty elsewhere.',
  grammar: ['fill <period> [per <columns>] [with <number> | with previous] [from <date>] [to <date>]'],
  example:
    'from account\nwhere created_at in last 12 months\ngroup by month(created_at): signups = count()\nfill month with 0',
  shape: {
    time: shapes.name,
    per: shapes.names,
    with: shapes.optional(z.union([z.number(), z.literal('previous')])),
    from: shapes.optional(shapes.literalPeriod),
    to: shapes.optional(shapes.literalPeriod),
  },
  parse: parseFill,
  format: formatFill,
  check: (step, before, checker) => ({ after: carryOn(step, before), bound: checkFill(step, before, checker) }),
  describe: (step, { before }) => {
    const label = findColumn(before, step.time)?.label ?? step.time
    const per =
      step.per.length > 0
        ? ` for each ${step.per.map((key) => findColumn(before, key)?.label ?? key).join(' and ')}`
        : ''
    const value =
      step.with === undefined ? 'nothing' : step.with === 'previous' ? 'the value before' : String(step.with)
    return `Add the missing ${label}s${per}, with ${value}`
  },
  lower: (bound, builder) => {
    if (!bound) return
    if (bound.gaps.length > 0) closeGaps(bound, builder)
    builder.push((input, step) => ({ op: 'fill', step, input, ...bound.fill }))
  },
})
