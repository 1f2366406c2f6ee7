import type { Under } from '../bind/bound.ts'
import { type Builder, startBuilder } from './builder.ts'
import type { Lowering } from './lower-expression.ts'
import { toColumn } from './lower-literal.ts'
import { lowerRead } from './lower-rows.ts'
import type { Expression } from './plan.ts'

/** Most rows that stand above one another. */
const depthMax = 100

/**
 * Everything below the rows that meet the condition is worked out once, and the row's key looked up in it: once, too, where an aggregate asks for
 * it several times, as `correlation` does of its condition.
 */
export function lowerUnder(under: Under, builder: Builder, lowering: Lowering): Expression {
  const known = builder.followed.get(under)
  if (known !== undefined) return { op: 'column', name: known }
  const { start, where, startKey, edges, from, to, outer } = under
  const { step, names } = builder
  const lefts = outer.map((column) => lowering.materialise(column, builder, 'key'))
  const top = startBuilder(lowerRead(start.scan, builder, lowering), builder)
  if (where) {
    const condition = lowering.lowerExpression(where, top)
    top.push((input) => ({ op: 'filter', step, input, where: condition }))
  }
  const all = startBuilder(lowerRead(edges.scan, builder, lowering), builder)
  const columns = startKey.map((column, at) => ({
    ...toColumn(names.take('below'), column),
    start: lowering.materialise(column, top, 'key'),
    from: lowering.materialise(from[at]!, all, 'key'),
    to: lowering.materialise(to[at]!, all, 'key'),
  }))
  const on = columns.map(({ name }, at) => ({ left: lefts[at]!, right: name }))
  const [first] = columns
  const name = names.take('is_under')
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to: { op: 'descend', step, start: top.node(), edges: all.node(), columns, depthMax },
    on,
    columns: first ? [{ name, type: first.type, from: first.name }] : [],
  }))
  builder.followed.set(under, name)
  return { op: 'column', name }
}
