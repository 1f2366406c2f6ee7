import type { WhereStep } from '../ast.ts'
import { bindCondition } from '../bind-aggregate.ts'
import { type Bound, unknown } from '../bound.ts'
import type { Scope } from '../checker.ts'
import { describeExpression, describeRows } from '../describe-expression.ts'
import { describeRange } from '../describe-range.ts'
import { formatExpression } from '../format-expression.ts'
import { lowerExpression } from '../lower-expression.ts'
import { parseExpression } from '../parse-expression.ts'
import { narrowBounds } from '../read-bounds.ts'
import { findColumn } from '../relation.ts'
import * as shapes from '../shapes.ts'
import { defineStep } from '../step.ts'

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
    return cursor.place(start, { kind: 'where', condition: parseExpression(cursor) })
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
