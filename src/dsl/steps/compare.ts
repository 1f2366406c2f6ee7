import { z } from 'zod'
import { bindSides, describeSides, nameSides, type Sides } from '../bind/bind-sides.ts'
import type { Checker } from '../check/checker.ts'
import { openScope } from '../check/grouping.ts'
import { findColumn, type Relation } from '../check/relation.ts'
import { isBucket } from '../functions/index.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression, formatNamed, formatRange } from '../text/format-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { parseLiteral } from '../text/parse-literal.ts'
import { parsePath } from '../text/parse-names.ts'
import { parseRange } from '../text/parse-range.ts'
import { quotePath } from '../text/quote.ts'
import type { ComparedSides, CompareStep, Expression, Named, Path, Range } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { narrow } from '../tree/narrow.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { add } from './add.ts'
import { group } from './group.ts'
import { type CheckedStep, defineStep } from './step.ts'
import { where } from './where.ts'

interface BoundCompare {
  readonly steps: readonly CheckedStep[]
  readonly sides: Sides | undefined
}

/** Two periods are written `2026-01 to 2025-01`; a stretch from one to another then stands in parentheses. */
function parseSide(cursor: Cursor): Range {
  if (!cursor.acceptSymbol('(')) return parseRange(cursor, { hasSpan: false })
  const range = parseRange(cursor)
  cursor.expectSymbol(')')
  return range
}

const formatSide = (range: Range): string => (range.kind === 'span' ? `(${formatRange(range)})` : formatRange(range))

/** Whether a column and `in` or `=` stand here; without one the ranges are of the metrics' own time. */
function isNamed(cursor: Cursor): boolean {
  const isName = (ahead: number) => ['word', 'name'].includes(cursor.peek(ahead)?.kind ?? '')
  let at = 0
  if (!isName(at)) return false
  while (cursor.peek(at + 1)?.value === '.' && isName(at + 2)) at += 2
  const next = cursor.peek(at + 1)
  return (next?.kind === 'word' && next.value.toLowerCase() === 'in') || (next?.kind === 'symbol' && next.value === '=')
}

function parseSides(cursor: Cursor): ComparedSides {
  const start = cursor.mark()
  const of = isNamed(cursor) ? parsePath(cursor) : undefined
  if (of && cursor.acceptSymbol('=')) {
    const first = parseLiteral(cursor)
    cursor.expectWord('to')
    return cursor.place(start, { kind: 'values', of, first, second: parseLiteral(cursor) })
  }
  if (of) cursor.expectWord('in')
  const first = parseSide(cursor)
  cursor.expectWord('to')
  return cursor.place(start, { kind: 'ranges', ...(of ? { of } : {}), first, second: parseSide(cursor) })
}

function formatSides(sides: ComparedSides): string {
  if (sides.kind === 'values')
    return `${quotePath(sides.of.parts)} = ${formatExpression(sides.first)} to ${formatExpression(sides.second)}`
  const of = sides.of ? `${quotePath(sides.of.parts)} in ` : ''
  return `${of}${formatSide(sides.first)} to ${formatSide(sides.second)}`
}

function formatCompare({ sides, by, measures }: CompareStep): string {
  const keys = by.length > 0 ? ` by ${by.map(formatNamed).join(', ')}` : ''
  return `compare ${formatSides(sides)}${keys}: ${measures.map(formatNamed).join(', ')}`
}

const path = (name: string): Path => ({ kind: 'path', parts: [name] })

const orZero = (value: Expression): Expression => ({
  kind: 'binary',
  operator: '??',
  left: value,
  right: { kind: 'number', value: 0 },
})

/** What changed from the second to the first. Where no row is on one side, a sum is as good as 0. */
function writeChange(first: string, second: string, isSum: boolean): readonly [Expression, Expression] {
  const read = (name: string) => (isSum ? orZero(path(name)) : path(name))
  const ratio: Expression = { kind: 'binary', operator: '/', left: read(first), right: path(second) }
  return [
    { kind: 'binary', operator: '-', left: read(first), right: read(second) },
    { kind: 'binary', operator: '-', left: ratio, right: { kind: 'number', value: 1 } },
  ]
}

interface Compared {
  readonly names: ReturnType<typeof nameSides>
  readonly isSum: boolean
}

function checkCompare(step: CompareStep, before: Relation, checker: Checker) {
  // Mistakes in a measure are said of it as it is written, once.
  const whole = group.check({ kind: 'group', keys: step.by, measures: step.measures }, before, checker)
  const sides = bindSides(step, before, checker, formatCompare)
  const measured = whole.after.columns.slice(step.by.length)
  const isSound = whole.after.columns.every(({ type }) => type !== 'unknown') && sides !== undefined
  const wrong = measured.findIndex(({ type }) => type !== 'number' && type !== 'unknown')
  if (wrong >= 0)
    checker.report(step.measures[wrong] ?? step, {
      code: 'type-mismatch',
      message: `\`${measured[wrong]?.name}\` is no number, which alone can change`,
      hint: 'Compare counts, sums, averages and other numbers.',
    })
  if (!isSound || wrong >= 0 || !sides)
    return { after: { ...whole.after, grouping: undefined }, bound: { steps: [], sides } }
  const compared = step.measures.map((measure, at): Compared => {
    const name = measured[at]?.name ?? findDefaultName(measure.value, isBucket) ?? 'value'
    return { names: nameSides(name, sides), isSum: sides.isSum(measure.value) }
  })
  const measures = step.measures.flatMap(({ value }, at): readonly Named[] => [
    { name: compared[at]!.names.first, value: narrow(value, sides.first) },
    { name: compared[at]!.names.second, value: narrow(value, sides.second) },
  ])
  const condition: Expression = { kind: 'binary', operator: 'or', left: sides.first, right: sides.second }
  const kept = where.check({ kind: 'where', condition }, before, checker)
  const grouped = group.check({ kind: 'group', keys: step.by, measures }, kept.after, checker)
  const steps = [kept, grouped]
  for (const { names, isSum } of compared) {
    const [change, ratio] = writeChange(names.first, names.second, isSum)
    for (const [name, value] of [[names.change, change] as const, [names.ratio, ratio] as const]) {
      const after = steps.at(-1)!.after
      if (!findColumn(after, name)) steps.push(add.check({ kind: 'add', name, value }, after, checker))
    }
  }
  return { after: orderColumns(steps.at(-1)!.after, step.by.length, compared), bound: { steps, sides } }
}

/** Each measure with what belongs to it. */
function orderColumns(after: Relation, keys: number, compared: readonly Compared[]): Relation {
  const order = compared.flatMap(({ names }) => [names.first, names.second, names.change, names.ratio])
  const labels = new Map(
    compared.flatMap(({ names }) => [
      [names.change, `change of ${names.first.replaceAll('_', ' ')}`],
      [names.ratio, `relative change of ${names.first.replaceAll('_', ' ')}`],
    ]),
  )
  const rest = order
    .map((name) => findColumn(after, name))
    .filter((column) => column !== undefined)
    .map((column) => ({ ...column, label: labels.get(column.name) ?? column.label }))
  return { ...after, columns: [...after.columns.slice(0, keys), ...rest], grouping: undefined }
}

const range = z.union([
  z.strictObject({
    kind: z.literal('ranges'),
    of: shapes.optional(shapes.path),
    first: shapes.range,
    second: shapes.range,
  }),
  z.strictObject({
    kind: z.literal('values'),
    of: shapes.path,
    first: shapes.expression,
    second: shapes.expression,
  }),
])

/** The same aggregates over two stretches of time, or two values of a field. */
export const compare = defineStep<CompareStep, BoundCompare>({
  kind: 'compare',
  name: 'compare',
  verb: 'compare',
  summary:
    'The same aggregates over two ranges of time, or two values, side by side: `x`, `x_before` (of values `x_<value>` each), and what changed, `x_change` and `x_change_pct` (0.1 is a tenth more). Without a column, the ranges are of the time of the metrics. `a to b` in parentheses is one range.',
  grammar: [
    'compare [<time> in] <range> to <range> [by <keys>]: <aggregates>',
    'compare <column> = <value> to <value> [by <keys>]: <aggregates>',
  ],
  example:
    'from invoice\nwhere status = "paid"\ncompare paid_at in last month to last month 1 year ago by account.plan: revenue = sum(amount), n = count()\nsort revenue_change',
  shape: { sides: range, by: shapes.list(shapes.named), measures: shapes.list(shapes.named).min(1) },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const sides = parseSides(cursor)
    const by = cursor.acceptWord('by') ? parseList(cursor, parseNamed, ':') : Object.freeze([])
    cursor.expectSymbol(':')
    return cursor.place(start, { kind: 'compare', sides, by, measures: parseList(cursor, parseNamed) })
  },
  format: formatCompare,
  check: checkCompare,
  describe: (step, { before, after, bound: { sides }, checker }) => {
    const scope = openScope(checker, before)
    const measures = step.measures.map(({ value }) => describeExpression(value, { ...scope, mode: 'group' }))
    const keys = after.columns.slice(0, step.by.length).map(({ label }) => label)
    const rows = keys.length > 0 ? `For each ${keys.join(' and ')}, compare` : 'Compare'
    return `${rows} ${measures.join(' and ')}: ${sides ? describeSides(step, sides, scope) : ''}`
  },
  lower: ({ steps }, builder) => {
    for (const step of steps) step.lower(builder)
  },
})
