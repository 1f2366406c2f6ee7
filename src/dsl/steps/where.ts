import { bindCondition } from '../bind/bind-aggregate.ts'
import { type Bound, unknown } from '../bind/bound.ts'
import type { Scope } from '../check/checker.ts'
import { narrowBounds } from '../check/read-bounds.ts'
import { findColumn } from '../check/relation.ts'
import { lowerExpression } from '../plan/lower-expression.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import type { WhereStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeExpression, describeRows } from '../words/describe-expression.ts'
import { describeRange } from '../words/describe-range.ts'
import { defineStep } from './step.ts'

/** `where a > 1, b > 2`: each condition may be a step of its own. */
function refuseComma(cursor: Cursor): void {
  const span = cursor.peek()?.span
  if (!span || !cursor.isSymbol(',') || !cursor.peek(1)) return
  cursor.stop({
    code: 'foreign-words',
    message: 'conditions are joined by `and` or `or`',
    hint: 'Write `and` between them, or a `where` for each.',
    span,
    fixes: [{ title: ', → a `where` of its own', span, text: '\nwhere ' }],
  })
}

/** Keeps the rows for which a condition is true. After a group it filters groups. */
export const where = defineStep<WhereStep, Bound>({
  kind: 'where',
  name: 'where',
  verb: 'where',
  summary: 'Keep the rows for which the condition holds; after `group by` it filters groups.',
  grammar: ['where <condition>'],
  example: 'from account\nwhere plan = "enterprise" and created_at in last 12 months\nshow name, created_at',
  shape: { condition: shapes.expression },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    const condition = parseExpression(cursor)
    refuseComma(cursor)
    return cursor.place(start, { kind: 'where', condition })
  },
  format: ({ condition }) => `where ${formatExpression(condition)}`,
  check: ({ condition }, before, checker) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    const bound = bindCondition(condition, scope) ?? unknown
    return { after: narrowBounds(before, condition, scope), bound }
  },
  describe: ({ condition }, { before, checker }) => {
    const scope: Scope = { checker, relation: before, mode: 'row', across: true }
    if (condition.kind === 'in_range' && !condition.negated) {
      const { operand } = condition
      const column = operand.kind === 'path' ? findColumn(before, operand.parts.join('.')) : undefined
      const range = describeRange(condition.range, checker).replace(/ \((.*)\)$/, ': $1')
      return column?.bucket === undefined
        ? `Keep ${describeRows(scope)} from ${range}, by ${describeExpression(operand, scope)}`
        : `Keep ${range}`
    }
    return `Keep ${describeRows(scope)} where ${describeExpression(condition, scope)}`
  },
  lower: (bound, builder) => {
    const condition = lowerExpression(bound, builder)
    builder.push((input, step) => ({ op: 'filter', step, input, where: condition }))
  },
})
