import type { Bound } from '../bind/bound.ts'
import type { Scope } from '../check/checker.ts'
import { findDepth } from '../check/depth.ts'
import { checkNewName } from '../check/new-name.ts'
import { findBounds } from '../check/read-bounds.ts'
import { createColumn } from '../check/relation.ts'
import { isRatioOfRow } from '../lints/warn-of-ratio.ts'
import { lowerExpression, lowerRelated, toColumn } from '../plan/lower-expression.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { parseNamed } from '../text/parse-list.ts'
import { quoteName } from '../text/quote.ts'
import type { AddStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { describeGrain } from '../words/describe-grain.ts'
import { defineStep } from './step.ts'

/** `add a = 1, b = 2`: each column is a step of its own. */
function refuseSecond(cursor: Cursor): void {
  const [comma, name, equals] = [cursor.peek(), cursor.peek(1), cursor.peek(2)]
  if (!comma || !name || !cursor.isSymbol(',') || equals?.value !== '=') return
  cursor.stop({
    code: 'foreign-words',
    message: '`add` makes one column',
    hint: 'Write one `add` a column.',
    span: comma.span,
    fixes: [{ title: 'one add a column', span: { start: comma.span.start, end: name.span.start }, text: '\nadd ' }],
  })
}

/** A new column, from the row itself, its relations, or the rows around it. */
export const add = defineStep<AddStep, { readonly name: string; readonly value: Bound }>({
  kind: 'add',
  name: 'add',
  verb: 'add',
  summary: 'A new column; an aggregate over a to-many relation is worked out for each row.',
  grammar: ['add <name> = <expression>'],
  example: 'from account\nadd n_users = count(users)\nshow name, n_users',
  shape: { name: shapes.name, value: shapes.expression },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const { name, value } = parseNamed(cursor)
    if (name === undefined) return cursor.expected('"=" and a value', 'Write `add x = …`.')
    refuseSecond(cursor)
    return cursor.place(start, { kind: 'add', name, value })
  },
  format: ({ name, value }) => `add ${quoteName(name)} = ${formatExpression(value)}`,
  check: (step, before, checker) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const hidden = Object.keys(before.rows?.scan.model.fields ?? {})
    const taken = new Set([...before.columns.map((column) => column.name), ...hidden])
    const name = checkNewName(step, undefined, taken, scope, (free, value) => `add ${free} = ${value}`)
    const value = checker.bind(step.value, scope)
    const bucket = value.kind === 'bucket' ? value.grain : undefined
    const field = value.kind === 'column' ? value.field : undefined
    const depth = findDepth(value) ?? before.repeats.length
    const isRatio = !before.rows && isRatioOfRow(value)
    const ratio = isRatio || (value.kind === 'column' && value.isRatio) ? ({ isRatio: true } as const) : {}
    const bounds = findBounds(value, before)
    const column = createColumn({ name, type: value.type, unit: value.unit, bucket, bounds, field, depth, ...ratio })
    return { after: { ...before, columns: [...before.columns, column] }, bound: { name, value } }
  },
  describe: ({ name, value }, { before, checker }) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const start = before.grain.kind === 'all' ? 'From these' : `For each ${describeGrain(before)}`
    return `${start}, work out ${name.replaceAll('_', ' ')}: ${describeExpression(value, scope)}`
  },
  lower: ({ name, value }, builder) => {
    if (value.kind === 'related') {
      lowerRelated(value, value.related, builder, name)
      return
    }
    const expression = lowerExpression(value, builder)
    builder.push((input, step) => ({
      op: 'extend',
      step,
      input,
      columns: [{ ...toColumn(name, value), value: expression }],
    }))
  },
})
