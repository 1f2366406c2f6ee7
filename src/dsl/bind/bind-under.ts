import type { Relation } from '../../catalog/catalog.ts'
import { openRelation, type Scope } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { identifyRow, type Rows, useColumn } from '../check/rows.ts'
import type { HierarchyFunction } from '../functions/function.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quoteName, quotePath } from '../text/quote.ts'
import type { Call, Path } from '../tree/ast.ts'
import { findClause } from '../tree/walk.ts'
import { bindCondition } from './bind-aggregate.ts'
import { isToMany, replaceWith, resolvePath } from './bind-path.ts'
import { type Bound, call, unknown } from './bound.ts'

/** Relations of a model to itself that lead to one row. */
const listParents = ({ scan: { model } }: Rows): readonly Relation[] =>
  Object.values(model.relations).filter(
    (relation) => relation.to === model.name && !isToMany(relation) && !relation.valid,
  )

/** The row whose tree a path goes up, and the relation that goes up it. */
function findParent({ parts }: Path, scope: Scope): { readonly rows: Rows; readonly relation: Relation } | undefined {
  const found = parts.length > 1 ? resolvePath(parts.slice(0, -1), scope) : undefined
  const rows = parts.length === 1 ? scope.relation.rows : found?.kind === 'row' ? found.rows : undefined
  const relation = rows && listParents(rows).find(({ name }) => name === parts.at(-1))
  return rows && relation && { rows, relation }
}

function refuse(node: Call, { name: called, signature }: HierarchyFunction, scope: Scope): Bound {
  const { checker, relation } = scope
  const [first, second] = node.args
  const parents = relation.rows ? listParents(relation.rows) : []
  const [parent] = parents
  const name = relation.rows?.scan.model.semantics?.name
  const written = [first, second].find((arg) => arg?.kind === 'text')
  const path =
    first?.kind === 'path'
      ? quotePath(first.parts)
      : parents.length === 1 && parent
        ? quoteName(parent.name)
        : undefined
  // `under("Acme")` and `under(parent, "Acme")` ask for the row of that name.
  const text =
    written && path !== undefined && name !== undefined && findOwn(relation.rows?.scan.model.fields, name)
      ? `${called}(${path} where ${quoteName(name)} = ${formatExpression(written)})`
      : undefined
  return checker.report(node, {
    code: 'arguments',
    message: `\`${called}\` takes a to-one relation of the row to its own model`,
    hint: `Write \`${text ?? signature}\`${parents.length > 0 ? '' : '; this model has no such relation'}.`,
    candidates: parents.map((one) => one.name).slice(0, 3),
    fixes: text === undefined ? [] : replaceWith(node, scope, text),
  })
}

/** `under(parent where name = "Acme")`: whether one of the rows above meets the condition; `above(…)`: one of those below. */
export function bindUnder(node: Call, definition: HierarchyFunction, scope: Scope): Bound {
  const { checker } = scope
  const [path] = node.args
  const rowScope: Scope = { ...scope, mode: 'row', across: false }
  const isPlain =
    node.args.length === 1 && findClause(node, ['by', 'over', 'per']) === undefined && scope.mode === 'row'
  const found = isPlain && path?.kind === 'path' ? findParent(path, rowScope) : undefined
  if (!found) return refuse(node, definition, rowScope)
  const { rows, relation } = found
  const { model } = rows.scan
  const start = openRelation(checker, model)
  const edges = checker.open(model)
  if (!start.rows) return unknown
  const where = bindCondition(node.where, { checker, relation: start, mode: 'row', across: false })
  if (where?.type === 'unknown') return unknown
  const use = (from: Rows) => model.key.map((column) => useColumn(from, column, checker.names))
  const above = model.key.map((key) => relation.pairs.find(({ other }) => other === key)?.own ?? key)
  const ends = { above: above.map((column) => useColumn(edges, column, checker.names)), below: use(edges) }
  const isUp = definition.asks === 'rows above'
  const under = {
    start: start.rows,
    where,
    startKey: use(start.rows),
    edges,
    from: isUp ? ends.above : ends.below,
    to: isUp ? ends.below : ends.above,
    outer: rows.path === '' ? use(rows) : identifyRow(rows, checker.names),
  }
  const type = under.startKey[0]?.type ?? 'number'
  return call('not', 'boolean', call('is_empty', 'boolean', { kind: 'under', type, under }))
}
