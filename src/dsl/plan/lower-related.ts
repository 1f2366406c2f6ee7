import type { Bound, Related } from '../bind/bound.ts'
import type { OpenedChain, Reach } from '../check/open-chain.ts'
import type { Rows } from '../check/rows.ts'
import { listColumns } from '../emit/columns.ts'
import { type Builder, type Place, shareRows, startBuilder } from './builder.ts'
import type { Lowering } from './lower-expression.ts'
import { knownType, lowerLiteral, toColumn } from './lower-literal.ts'
import { pushMeasures, splitMeasures } from './lower-measures.ts'
import { askOnce, joinRows, listExports, lowerRead } from './lower-rows.ts'
import type { Aggregate, Expression, Literal, Node } from './plan.ts'

/** The rows at the end of a chain, beside what they are matched by where several ways lead to them: each pair once. */
export function lowerChainRows(rows: Rows, reach: Reach | undefined, place: Place, lowering: Lowering): Node {
  const to = lowerRead(rows.scan, place, lowering)
  if (!reach) return to
  const { step } = place
  const way = startBuilder(lowerRead(reach.start.scan, place, lowering), place)
  for (const hop of reach.hops) {
    const left = hop.left.map((column) => lowering.materialise(column, way, 'hop'))
    const on = left.map((one, at) => ({ left: one, right: hop.right[at]! }))
    const next = lowerRead(hop.rows.scan, place, lowering)
    way.push((input) => ({ op: 'expand', step, input, to: next, on, columns: listExports(hop.rows) }))
    way.joined.add(hop.rows.path)
  }
  const ends = reach.ends.map((column) => ({ column, name: place.names.take('reached') }))
  const named = [...reach.keys.map((column, at) => ({ column, name: reach.names[at]! })), ...ends]
  const keys = named.map(({ column, name }) => ({
    ...toColumn(name, column),
    value: lowering.lowerExpression(column, way),
  }))
  way.push((input) => ({ op: 'aggregate', step, input, keys, measures: [] }))
  const on = ends.map(({ name }, at) => ({ left: name, right: reach.key[at]! }))
  const columns = listColumns(to).map((column) => ({ ...column, from: column.name }))
  return { op: 'expand', step, input: way.node(), to, on, columns }
}

/** The rows of a chain with the columns that they are matched by, and what these are called. */
export function lowerMatches(
  { rows, reach, keys }: Pick<OpenedChain, 'rows' | 'reach' | 'keys'>,
  builder: Builder,
  lowering: Lowering,
): { readonly below: Builder; readonly names: readonly string[] } {
  const below = startBuilder(lowerChainRows(rows, reach, builder, lowering), builder)
  return { below, names: keys.map((key) => lowering.materialise(key, below, 'key')) }
}

/**
 * Puts related rows beside each combination of what they are matched by and what their conditions see of the outer row. Gives the names of
 * that, in the outer rows and beside the related ones; where the former tells one outer row from the others, the names of that alone.
 */
function besideSeen(
  matches: { readonly below: Builder; readonly names: readonly string[] },
  { outer, seen, tellsRows }: Related,
  builder: Builder,
  lowering: Lowering,
): readonly { readonly left: string; readonly right: string }[] {
  const { below, names } = matches
  const lefts = outer.map((column) => lowering.materialise(column, builder, 'key'))
  const values = seen.map(({ name, value }) => ({ left: lowering.materialise(value, builder, name), right: name }))
  const asked = lefts.map((left) => ({ left, right: builder.names.take('asked') }))
  const pairs = [...asked, ...values]
  const once = askOnce(shareRows(builder, 'rows_so_far'), pairs, builder.step)
  const on = asked.map(({ right }, at) => ({ left: right, right: names[at]! }))
  below.push((to, step) => {
    const columns = listColumns(to).map((column) => ({ ...column, from: column.name }))
    return { op: 'expand', step, input: once, to, on, columns }
  })
  return tellsRows ? asked : pairs
}

/** What the outer row is matched by: pairs of its columns and the names of keys beside the related rows, with what these hold. */
function matchOuter(related: Related, name: string, builder: Builder, lowering: Lowering) {
  const { inner, reach, keys, outer, seen } = related
  for (const { rows } of outer) if (rows) joinRows(rows, builder, lowering)
  if (seen.length > 0) {
    const matches = lowerMatches({ rows: inner, reach, keys }, builder, lowering)
    const on = besideSeen(matches, related, builder, lowering)
    const types = [...outer, ...seen.map(({ value }) => value)]
    return { below: matches.below, on, keys: on.map(({ right }, at) => keyOf(right, types[at]!, readColumn(right))) }
  }
  const below = startBuilder(lowerChainRows(inner, reach, builder, lowering), builder)
  const names = nameKeys(keys, name)
  const on = outer.map((left, at) => ({ left: left.name, right: names[at]! }))
  return { below, on, keys: keys.map((key, at) => keyOf(names[at]!, key, lowering.lowerExpression(key, below))) }
}

const readColumn = (name: string): Expression => ({ op: 'column', name })
const keyOf = (name: string, bound: Bound, value: Expression): Aggregate['keys'][number] => ({
  name,
  type: knownType(bound.type),
  value,
})

/** One value a row from the rows of a to-many relation: aggregated by the row's key first, then looked up, so that no row is multiplied. */
export function relateRows(bound: Bound, related: Related, builder: Builder, name: string, lowering: Lowering): string {
  const { where: condition, measure, seen, tellsRows } = related
  const { below, on, keys } = matchOuter(related, name, builder, lowering)
  if (condition) {
    const where = lowering.lowerExpression(condition, below)
    below.push((input, step) => ({ op: 'filter', step, input, where }))
  }
  const unit = bound.unit === undefined ? {} : { unit: bound.unit }
  const split = splitMeasures([{ column: { name }, value: { ...measure, ...unit } }], below, lowering)
  pushMeasures(keys, split, below)
  const orElse: Literal | undefined = related.whenNone === undefined ? undefined : lowerLiteral('number', 0)
  builder.push((input, step) => ({
    op: 'lookup',
    step,
    input,
    to: below.node(),
    on,
    // What is seen of a row may be empty, and is matched all the same.
    ...(seen.length > 0 && !tellsRows ? { matchesEmpty: true } : {}),
    columns: [{ ...toColumn(name, bound), from: name, ...(orElse ? { orElse } : {}) }],
  }))
  return name
}

/** Names for the keys of rows that are looked up: those of the columns, as long as they differ. */
function nameKeys(keys: readonly Bound[], taken: string): readonly string[] {
  const names = keys.map((key) => (key.kind === 'column' ? (key.name.split('.').at(-1) ?? key.name) : 'key'))
  return new Set([...names, taken]).size === names.length + 1 ? names : names.map((_, at) => `key_${at + 1}`)
}
