import { z } from 'zod'
import { resolvePath } from '../bind/bind-path.ts'
import type { Checker } from '../check/checker.ts'
import { openScope } from '../check/grouping.ts'
import { findClash } from '../check/new-name.ts'
import { createColumn, type Relation, type RelationColumn } from '../check/relation.ts'
import { isBucket } from '../functions/index.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression, formatNamed } from '../text/format-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import { nameLiteral, parseLiteral } from '../text/parse-literal.ts'
import { acceptComma, parsePath } from '../text/parse-names.ts'
import { quotePath, quoteText } from '../text/quote.ts'
import type { Expression, GroupStep, Named, Path, PivotStep } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { narrow } from '../tree/narrow.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describePath } from '../words/describe-expression.ts'
import { group } from './group.ts'
import { type CheckedStep, defineStep } from './step.ts'

/** Most columns that values may become. */
const columnsMax = 100

/** A value of the key: which rows it is, and what its column is called. */
interface Side {
  readonly where: Expression
  readonly name: string
  readonly label: string
}

interface BoundPivot {
  readonly group: CheckedStep
  readonly sides: readonly Side[]
  readonly by: readonly Named[]
}

function parsePivot(cursor: Cursor): PivotStep {
  const start = cursor.mark()
  cursor.take()
  const key = parsePath(cursor)
  let values: readonly Expression[] | undefined
  if (cursor.acceptWord('in')) {
    cursor.expectSymbol('(')
    const items = [parseLiteral(cursor)]
    while (acceptComma(cursor, ')')) items.push(parseLiteral(cursor))
    cursor.expectSymbol(')')
    values = Object.freeze(items)
  }
  const hasRest = cursor.acceptWord('rest', 'as')
  const rest = hasRest ? cursor.peek() : undefined
  if (hasRest && rest?.kind !== 'text') return cursor.expected('a text', 'Write `rest as "other"`.')
  if (hasRest) cursor.take()
  const by = cursor.acceptWord('by') ? parseList(cursor, parseNamed, ':') : undefined
  cursor.expectSymbol(':')
  const measures = parseList(cursor, parseNamed)
  return cursor.place(start, {
    kind: 'pivot',
    key,
    ...(values ? { values } : {}),
    ...(rest ? { rest: rest.value } : {}),
    ...(by ? { by } : {}),
    measures,
  })
}

function formatPivot({ key, values, rest, by, measures }: PivotStep): string {
  const list = values === undefined ? '' : ` in (${values.map(formatExpression).join(', ')})`
  const other = rest === undefined ? '' : ` rest as ${quoteText(rest)}`
  const keys = by === undefined ? '' : ` by ${by.map(formatNamed).join(', ')}`
  return `pivot ${quotePath(key.parts)}${list}${other}${keys}: ${measures.map(formatNamed).join(', ')}`
}

const examples: Readonly<Record<RelationColumn['type'], string>> = {
  text: '"a", "b"',
  number: '0, 1, 2',
  boolean: 'true, false',
  date: '2025-01-01, 2025-02-01',
  timestamp: '2025-01-01T09:00:00Z',
  unknown: '"a", "b"',
}

/** The values that become columns, with their labels: those written, else those that the catalog knows. */
function listValues(step: PivotStep, before: Relation, checker: Checker) {
  const found = resolvePath(step.key.parts, openScope(checker, before))
  if (found.kind !== 'value') {
    checker.bind(step.key, openScope(checker, before))
    return []
  }
  const { field, type } = found.value
  const known = field?.values ?? []
  const labelOf = (value: string) => known.find((one) => one.value === value)?.label ?? value
  const all =
    step.values ??
    (type === 'boolean'
      ? [true, false].map((value): Expression => ({ kind: 'boolean', value }))
      : known.map(
          ({ value }): Expression =>
            type === 'number' ? { kind: 'number', value: Number(value) } : { kind: 'text', value },
        ))
  if (all.length === 0)
    checker.report(step.key, {
      code: 'pivot-values',
      message: `the catalog does not know the values of \`${quotePath(step.key.parts)}\``,
      hint: `Write those that become columns, as \`pivot ${quotePath(step.key.parts)} in (${examples[type]}): …\`.`,
    })
  return all.map((value) => ({ value, label: labelOf(nameLiteral(value)) }))
}

function listSides(step: PivotStep, before: Relation, checker: Checker): readonly Side[] {
  const { key, rest } = step
  const values = listValues(step, before, checker)
  const sides = values.map(({ value, label }): Side => {
    const where: Expression = { kind: 'binary', operator: '=', left: key, right: value }
    return { where, name: nameLiteral(value), label }
  })
  if (rest === undefined || values.length === 0) return sides
  const items = values.map(({ value }) => value)
  return [...sides, { where: { kind: 'in_list', operand: key, items, negated: true }, name: rest, label: rest }]
}

/** Keys of the rows: those written, else what identifies rows now without the key that becomes columns. */
function findKeys({ by, key }: PivotStep, { grain }: Relation): readonly Named[] {
  if (by) return by
  const names = grain.kind === 'keys' ? grain.keys : []
  return names
    .filter((name) => key.parts.length > 1 || name !== key.parts[0])
    .map((name): Named => ({ name, value: { kind: 'path', parts: [name] } satisfies Path }))
}

/** One measure is called like the value alone; several are told apart behind it. */
function nameMeasures({ measures }: PivotStep, side: Side): readonly Named[] {
  return measures.map((measure) => {
    const own = measure.name ?? findDefaultName(measure.value, isBucket) ?? 'value'
    return { name: measures.length === 1 ? side.name : `${side.name}_${own}`, value: narrow(measure.value, side.where) }
  })
}

/** Columns of two values, or of a value and a key, that engines take for one. */
function refuseClash(step: PivotStep, sides: readonly Side[], keys: readonly string[], checker: Checker): boolean {
  const taken = new Set(step.measures.length === 1 ? keys : [])
  for (const { name } of sides) {
    const clash = findClash(name, taken)
    taken.add(name)
    if (clash === undefined) continue
    checker.report(step.key, {
      code: clash === name ? 'name-taken' : 'name-case',
      message:
        clash === name
          ? `two columns would be called \`${name}\``
          : `the columns \`${clash}\` and \`${name}\` would differ by case only`,
      hint: 'Leave out one of the values, or count it in `rest as "other"`.',
    })
    return true
  }
  return false
}

function checkPivot(step: PivotStep, before: Relation, checker: Checker) {
  const by = findKeys(step, before)
  // Mistakes in a measure are said of it as it is written, once.
  const plain: GroupStep = { kind: 'group', keys: by, measures: step.measures }
  const whole = group.check(plain, before, checker)
  const sides = listSides(step, before, checker)
  const count = sides.length * step.measures.length
  if (count > columnsMax)
    checker.report(step, {
      code: 'pivot-values',
      message: `${count} columns would be made; ${columnsMax} is the most`,
      hint: 'Write the values that matter, and the others as `rest as "other"`.',
    })
  const hasClash = refuseClash(
    step,
    sides,
    whole.after.columns.slice(0, by.length).map(({ name }) => name),
    checker,
  )
  const isSound =
    !hasClash && whole.after.columns.every(({ type }) => type !== 'unknown') && sides.length > 0 && count <= columnsMax
  if (!isSound) return { after: { ...whole.after, grouping: undefined }, bound: { group: whole, sides, by } }
  const measures = sides.flatMap((side) => nameMeasures(step, side))
  const checked = group.check({ kind: 'group', keys: by, measures }, before, checker)
  const labels = sides.flatMap(({ label }) =>
    step.measures.map((measure) => {
      const own = measure.name ?? findDefaultName(measure.value, isBucket) ?? 'value'
      return step.measures.length === 1 ? label : `${label} ${own.replaceAll('_', ' ')}`
    }),
  )
  const columns = checked.after.columns.map((column, at) =>
    at < by.length ? column : createColumn({ ...column, label: labels[at - by.length] ?? column.label }),
  )
  return { after: { ...checked.after, columns, grouping: undefined }, bound: { group: checked, sides, by } }
}

/** Values of a key side by side: one column each, worked out from the rows that have it. */
export const pivot = defineStep<PivotStep, BoundPivot>({
  kind: 'pivot',
  name: 'pivot',
  verb: 'pivot',
  summary:
    'One column for each value of a key (those written, else those that the catalog knows), one row for each combination of the other keys; rows of other values count in `rest as` only.',
  grammar: ['pivot <key> [in (<values>)] [rest as "<name>"] [by <keys>]: <aggregates>'],
  example: 'from account\npivot plan by month(created_at): signups = count()\nchart table',
  shape: {
    key: shapes.path,
    values: shapes.optional(shapes.list(shapes.expression).min(1)),
    rest: shapes.optional(z.string()),
    by: shapes.optional(shapes.list(shapes.named).min(1)),
    measures: shapes.list(shapes.named).min(1),
  },
  parse: parsePivot,
  format: formatPivot,
  check: checkPivot,
  describe: (step, { before, after, bound: { sides, by }, checker }) => {
    const scope = openScope(checker, before)
    const measures = step.measures.map(({ value }) => describeExpression(value, { ...scope, mode: 'group' }))
    const keys = after.columns.slice(0, by.length).map(({ label }) => label)
    const rows = keys.length > 0 ? `For each ${keys.join(' and ')}` : `Over all`
    const labels = sides.map(({ label }) => label).join(', ')
    return `${rows}, work out ${measures.join(' and ')}, one column for each ${describePath(step.key, scope)} (${labels})`
  },
  lower: ({ group: checked }, builder) => checked.lower(builder),
})
