import type { Bound } from '../bind/bound.ts'
import { type Builder, lowerExpression, toColumn } from '../plan/lower-expression.ts'
import type { SortKey } from '../plan/plan.ts'
import type { SortItem } from '../tree/ast.ts'
import type { Scope } from './checker.ts'
import { listKeys, type Relation } from './relation.ts'
import { useColumn } from './rows.ts'

/** What rows are ordered by: a column, or a value that gets a hidden one. */
export interface BoundSort {
  readonly key: SortKey
  readonly value: Bound
}

export function bindSort(item: SortItem, scope: Scope): BoundSort {
  const { checker } = scope
  const value = checker.bind(item.value, scope)
  const name = value.kind === 'column' ? value.name : checker.names.take('sort_key')
  return { key: { name, descending: item.descending }, value }
}

/** The hidden columns of a relation with those that it is sorted by. */
export const hideSorts = ({ hidden }: Relation, sorts: readonly BoundSort[]): Relation['hidden'] =>
  new Map([...hidden, ...sorts.map(({ key, value }) => [key.name, value.type] as const)])

/** Sees to it that the column of a sort key is there. */
export function lowerSort({ key, value }: BoundSort, builder: Builder): SortKey {
  const expression = lowerExpression(value, builder)
  if (expression.op !== 'column' || expression.name !== key.name)
    builder.push((input, step) => ({
      op: 'extend',
      step,
      input,
      columns: [{ ...toColumn(key.name, value), value: expression }],
    }))
  return key
}

/** The order of rows: as sorted, else by what identifies them, so that no run differs from another. */
export function findOrder(relation: Relation, { checker }: Pick<Scope, 'checker'>): readonly SortKey[] {
  const { order, rows, grain } = relation
  if (order.length > 0) return order
  const ascending = (name: string): SortKey => ({ name, descending: false })
  if (grain.kind === 'keys') return [...new Set([...grain.keys, ...listKeys(relation)])].map(ascending)
  if (grain.kind === 'model' && rows) {
    const keys = [rows, ...rows.expanded.values()].flatMap((one) =>
      one.scan.model.key.map((column) => useColumn(one, column, checker.names).name),
    )
    const periods = relation.repeats.flatMap((one) => (one.kind === 'periods' ? [one.column] : []))
    return [...keys, ...periods].map(ascending)
  }
  return []
}
