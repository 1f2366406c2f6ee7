import type { OpenedChain } from './bind-related.ts'
import type { Bound, Related } from './bound.ts'
import { type Builder, startBuilder } from './builder.ts'
import type { Lowering } from './lower-expression.ts'
import { knownType, lowerLiteral, toColumn } from './lower-literal.ts'
import { pushMeasures, splitMeasures } from './lower-measures.ts'
import { joinRows, lowerRead } from './lower-rows.ts'
import type { Literal, Node } from './plan.ts'

/** The rows of a chain with the columns that they are matched by, and what these are called. */
export function lowerMatches(
  { rows, keys }: Pick<OpenedChain, 'rows' | 'keys'>,
  builder: Builder,
  lowering: Lowering,
): { readonly to: Node; readonly names: readonly string[] } {
  const below = startBuilder(lowerRead(rows.scan, builder, lowering), builder)
  const names = keys.map((key) => lowering.materialise(key, below, 'key'))
  return { to: below.node(), names }
}

/** One value a row from the rows of a to-many relation: aggregated by the row's key first, then looked up, so that no row is multiplied. */
export function relateRows(bound: Bound, related: Related, builder: Builder, name: string, lowering: Lowering): string {
  const { lowerExpression } = lowering
  const { inner, where: condition, measure, keys, outer } = related
  for (const { rows } of outer) if (rows) joinRows(rows, builder, lowering)
  const below = startBuilder(lowerRead(inner.scan, builder, lowering), builder)
  const values = keys.map((key) => lowerExpression(key, below))
  if (condition) {
    const where = lowerExpression(condition, below)
    below.push((input, step) => ({ op: 'filter', step, input, where }))
  }
  const names = nameKeys(keys, name)
  const on = outer.map((left, at) => ({ left: left.name, right: names[at]! }))
  const typed = toColumn(name, bound)
  const unit = bound.unit === undefined ? {} : { unit: bound.unit }
  const split = splitMeasures([{ column: { name }, value: { ...measure, ...unit } }], below, lowering)
  const columns = values.map((value, at) => ({ name: names[at]!, type: knownType(keys[at]?.type ?? 'text'), value }))
  pushMeasures(columns, split, below)
  const orElse: Literal | undefined = related.whenNone === undefined ? undefined : lowerLiteral('number', 0)
  builder.push((input, step) => ({
    op: 'lookup',
    step,
    input,
    to: below.node(),
    on,
    columns: [{ ...typed, from: name, ...(orElse ? { orElse } : {}) }],
  }))
  return name
}

/** Names for the keys of rows that are looked up: those of the columns, as long as they differ. */
function nameKeys(keys: readonly Bound[], taken: string): readonly string[] {
  const names = keys.map((key) => (key.kind === 'column' ? (key.name.split('.').at(-1) ?? key.name) : 'key'))
  return new Set([...names, taken]).size === names.length + 1 ? names : names.map((_, at) => `key_${at + 1}`)
}
