import type { Scope } from '../check/checker.ts'
import type { Rows } from '../check/rows.ts'
import type { MomentFunction } from '../functions/function.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Call } from '../tree/ast.ts'
import { findClause } from '../tree/walk.ts'
import { isTime, typeNames } from './bind-comparison.ts'
import { type Bound, unknown } from './bound.ts'

/** Whether a row is reached over a relation that holds for a time. */
const isHistory = ({ via }: Rows): boolean =>
  via !== undefined && (via.choice?.validity !== undefined || isHistory(via.from))

/** `as_of(account.plan_at.plan, paid_at)`: a path over a relation that holds for a time, as it led then. */
export function bindAsOf(node: Call, definition: MomentFunction, scope: Scope): Bound {
  const { checker } = scope
  const [path, time] = node.args
  const clause = findClause(node, ['by', 'where', 'over', 'per'])
  if (path?.kind !== 'path' || !time || node.args.length > 2 || clause !== undefined)
    return checker.report(node, {
      code: 'arguments',
      message: clause ? `\`as_of\` takes no \`${clause}\`` : '`as_of` takes a path and a time',
      hint: `Write \`${definition.signature}\`, as \`${definition.example}\`.`,
    })
  const moment = checker.bind(time, scope)
  if (moment.type === 'unknown') return unknown
  if (!isTime(moment))
    return checker.report(time, {
      code: 'type-mismatch',
      message: `\`as_of\` takes a date or time, and this is ${typeNames[moment.type]}`,
      hint: 'Name a date or time of the row, or write a day.',
    })
  const value = checker.bind(path, { ...scope, moment: { value: moment, name: formatExpression(time) } })
  if (value.type === 'unknown') return unknown
  if (value.kind === 'column' && value.rows && isHistory(value.rows)) return value
  return checker.report(path, {
    code: 'no-history',
    message: `\`${formatExpression(path)}\` is what it is today, whatever the time`,
    hint: 'Name a path over a relation with `valid` in the catalog.',
  })
}
