import type { Scope } from '../check/checker.ts'
import { useColumn } from '../check/rows.ts'
import type { ExistenceFunction } from '../functions/function.ts'
import { findFunction } from '../functions/index.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { findSpan, placeNode } from '../tree/spans.ts'
import { bindExistence } from './bind-existence.ts'
import { type Destination, resolvePath } from './bind-path.ts'
import { type Bound, call, unknown } from './bound.ts'

type IsEmpty = Extract<Expression, { kind: 'is_empty' }>

/** The relation that `is empty` is asked of, if it is one and not a value. */
export function findAskedRelation(
  { operand }: IsEmpty,
  scope: Scope,
): Extract<Destination, { kind: 'row' | 'many' }> | undefined {
  if (operand.kind !== 'path' || scope.mode === 'group') return undefined
  const found = resolvePath(operand.parts, scope)
  if (found.kind === 'row') return found
  return found.kind === 'many' && found.at === operand.parts.length - 1 ? found : undefined
}

/**
 * `x is empty`. Of a to-one relation it asks whether there is such a row, whatever its name holds; of a to-many relation, whether there
 * are none.
 */
export function bindEmpty(node: IsEmpty, scope: Scope): Bound {
  const asked = findAskedRelation(node, scope)
  if (asked?.kind === 'many') return bindNone(node, scope)
  const [key] = asked?.kind === 'row' ? asked.rows.scan.model.key : []
  const operand =
    asked?.kind === 'row' && key !== undefined
      ? useColumn(asked.rows, key, scope.checker.names)
      : scope.checker.bind(node.operand, scope)
  if (operand.type === 'unknown') return unknown
  const isEmpty = call('is_empty', 'boolean', operand)
  return node.negated ? call('not', 'boolean', isEmpty) : isEmpty
}

function bindNone({ operand, negated }: IsEmpty, scope: Scope): Bound {
  const name = negated ? 'any' : 'none'
  const span = findSpan(operand)
  const node: Call = { kind: 'call', name, args: [operand] }
  return bindExistence(span ? placeNode(node, span) : node, findFunction(name) as ExistenceFunction, scope)
}
