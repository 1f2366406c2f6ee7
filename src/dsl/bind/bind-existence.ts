import type { Chain } from '../check/chain.ts'
import type { Scope } from '../check/checker.ts'
import { openChain } from '../check/open-chain.ts'
import { countWhere, zero } from '../functions/aggregate.ts'
import type { ExistenceFunction } from '../functions/function.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { findClause } from '../tree/walk.ts'
import { bindCondition, refuseDetail, refuseManyInGroup } from './bind-aggregate.ts'
import { bindDetail, checkTable, placeInGroup, placeOverTable } from './bind-detail.ts'
import { findChain, relate, stripChain } from './bind-related.ts'
import { bindPer } from './bind-series.ts'
import { type Bound, call, conjoin, unknown } from './bound.ts'

/** What is counted to tell: rows that meet the condition, or those that fail it. */
const counted = ({ quantifier }: ExistenceFunction, condition: Bound | undefined): Bound | undefined =>
  quantifier === 'all' && condition ? call('not', 'boolean', condition) : condition

const compare = ({ quantifier }: ExistenceFunction, count: Bound): Bound =>
  call(quantifier === 'any' ? 'greater' : 'equals', 'boolean', count, zero)

/** `any(users where …)` of a row, `any(users.is_active)`, or `any(is_active)` of a group: whether a count is 0. */
export function bindExistence(node: Call, definition: ExistenceFunction, scope: Scope): Bound {
  const rowScope: Scope = { ...scope, mode: 'row' }
  const isPlain = node.args.length === 1 && findClause(node, ['by']) === undefined
  const toEnd = node.where !== undefined && node.args[0]?.kind === 'path'
  const chain = isPlain ? findChain(node.args, rowScope, toEnd) : undefined
  const [arg] = node.args
  if (chain === 'refused') return unknown
  if (!isPlain || !arg || (scope.mode === 'row' && !chain && (!node.per || node.over)))
    return refuse(node, definition, scope)
  if (!chain) return bindOverRows(arg, node, definition, scope)
  return scope.mode === 'group' ? refuseManyInGroup(node, scope) : bindRelated(arg, node, definition, chain, rowScope)
}

const refuse = (node: Call, { signature }: ExistenceFunction, { mode, checker }: Scope): Bound =>
  checker.report(node, {
    code: 'arguments',
    message:
      mode === 'group'
        ? `\`${node.name}\` takes one condition on the rows of the group`
        : `\`${node.name}\` takes a to-many relation of the row`,
    hint: `Write \`${signature}\`.`,
  })

/** Over the rows of a group, or with `per` over rows of the table. */
function bindOverRows(arg: Expression, node: Call, definition: ExistenceFunction, scope: Scope): Bound {
  const rowScope: Scope = { ...scope, mode: 'row' }
  if (scope.mode === 'row' && !checkTable(node, scope)) return unknown
  const condition = bindCondition(arg, { ...rowScope, across: false })
  const where = bindCondition(node.where, { ...rowScope, across: false })
  if (condition?.type === 'unknown' || where?.type === 'unknown') return unknown
  const count = compare(definition, countWhere(counted(definition, condition), where))
  if (scope.mode === 'row') {
    const per = bindPer(node, scope)
    return per ? placeOverTable(count, per) : unknown
  }
  const detail = bindDetail(node, rowScope)
  return detail ? placeInGroup(count, detail) : unknown
}

function bindRelated(arg: Expression, node: Call, definition: ExistenceFunction, chain: Chain, scope: Scope): Bound {
  if (refuseDetail(node, scope)) return unknown
  const opened = openChain(chain, scope)
  const stripped = stripChain(arg, chain)
  const condition = bindCondition(stripped ?? node.where, opened.inner)
  const where = stripped && bindCondition(node.where, opened.inner)
  if (condition?.type === 'unknown' || where?.type === 'unknown') return unknown
  const kept = conjoin([counted(definition, condition), where])
  return compare(definition, relate(countWhere(undefined, undefined), kept, opened, node, 0))
}
