import type { Scope } from '../check/checker.ts'
import type { AcrossFunction } from '../functions/function.ts'
import { isBucket } from '../functions/index.ts'
import type { Call } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import { findClause } from '../tree/walk.ts'
import { bindPer, refuseType } from './bind-series.ts'
import { type Bound, call, literal, unknown } from './bound.ts'

/**
 * `previous(x by t per k)`: the value of the row before in an order that is said, for rows that are not one period each. Rows without
 * a `t` have no neighbours.
 */
export function bindBeside(node: Call, definition: Extract<AcrossFunction, { across: 'shift' }>, scope: Scope): Bound {
  const { checker } = scope
  const { compare, direction } = definition
  const [of] = node.args
  const { by } = node
  if (!of || !by || node.args.length > 1 || findClause(node, ['where', 'over']) || node.restart || node.ascending)
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` with \`by\` takes a value and what rows are ordered by`,
      hint: `Write \`${node.name}(x by created_at per account)\`.`,
    })
  const value = checker.bind(of, scope)
  const order = checker.bind(by.value, scope)
  const per = bindPer(node, scope)
  if (value.type === 'unknown' || order.type === 'unknown' || !per) return unknown
  if (compare && value.type !== 'number') return refuseType(node, of, value, scope)
  const unit = value.unit === undefined ? {} : { unit: value.unit }
  const name = findDefaultName(node, isBucket) ?? node.name
  const beside: Bound = {
    kind: 'window',
    type: value.type,
    ...unit,
    window: {
      call: { fn: 'beside', of: value, by: -direction },
      per,
      by: [{ value: order, descending: by.descending }],
      needsFirst: true,
    },
    name: compare ? 'before' : name,
  }
  if (!compare) return beside
  return compare === 'change'
    ? { ...call('subtract', 'number', value, beside), ...unit }
    : call('subtract', 'number', call('divide', 'number', value, beside), literal('number', 1))
}
