import { invariant, unreachable } from '../base/invariant.ts'
import type { OpenedChain } from './bind-related.ts'
import type { Bound, BoundAggregate, BoundColumn, Related } from './bound.ts'
import { lowerPrevious, lowerTotal, lowerWindow } from './lower-across.ts'
import { pushMeasures, splitMeasures } from './lower-measures.ts'
import type { NameBook } from './name-book.ts'
import type { AggregateCall, Column, ColumnType, Expression, Literal, Node } from './plan.ts'
import type { Rows, ScanUse } from './rows.ts'

/** A plan under construction: the node so far, and what was joined to it. */
export interface Builder {
  readonly node: () => Node
  readonly push: (wrap: (input: Node, step: number) => Node) => void
  readonly names: NameBook
  readonly step: number
  readonly joined: Set<string>
  /** Rows that are read several times, each before those that read it. */
  readonly shared: { readonly name: string; readonly node: Node }[]
}

export function startBuilder(node: Node, step: number, names: NameBook): Builder {
  let current = node
  return {
    node: () => current,
    push: (wrap) => {
      current = wrap(current, step)
    },
    names,
    step,
    joined: new Set(),
    shared: [],
  }
}

/** The same plan, gone on with for another step. */
export const moveToStep = (builder: Builder, step: number): Builder => ({
  ...builder,
  step,
  push: (wrap) => builder.push((input) => wrap(input, step)),
})

/** A read of a model with what its policies let through. */
export function lowerScan(scan: ScanUse, step: number, names: NameBook): Node {
  const key = scan.model.key.map((column) => scan.columns.get(column)?.name)
  const isKeyed = key.every((name) => name !== undefined)
  const { name: model, source } = scan.model
  const columns = [...scan.columns.values()]
  const builder = startBuilder({ op: 'scan', step, model, source, columns, ...(isKeyed ? { key } : {}) }, step, names)
  for (const policy of scan.policies) {
    const where = lowerExpression(policy, builder)
    builder.push((input) => ({ op: 'filter', step, input, where }))
  }
  return builder.node()
}

/** Sees to it that the row a to-one path leads to is joined, and those on the way. */
function joinRows(rows: Rows, builder: Builder): void {
  if (!rows.via || builder.joined.has(rows.path)) return
  joinRows(rows.via.from, builder)
  builder.joined.add(rows.path)
  const { on } = rows.via
  const columns = [...rows.scan.columns.values()]
    .filter(({ name }) => rows.exports.has(name))
    .map(({ column: _, ...column }) => ({ ...column, name: `${rows.path}.${column.name}`, from: column.name }))
  const to = lowerScan(rows.scan, builder.step, builder.names)
  builder.push((input, step) => ({ op: 'lookup', step, input, to, on, columns }))
}

const lowerLiteral = (type: Bound['type'], value: Literal['value']): Literal => ({
  op: 'literal',
  type: knownType(type),
  value,
})

/** The type of something that was checked without a mistake. */
export function knownType(type: Bound['type']): ColumnType {
  invariant(type !== 'unknown', 'only what was checked is planned')
  return type
}

const column = (name: string): Expression => ({ op: 'column', name })

export const toColumn = (name: string, bound: Bound): Column => ({
  name,
  type: knownType(bound.type),
  ...(bound.unit === undefined ? {} : { unit: bound.unit }),
})

/** What `bound` is in the plan; joins, shifts and pre-aggregated look-ups that it needs are put below. */
export function lowerExpression(bound: Bound, builder: Builder): Expression {
  switch (bound.kind) {
    case 'literal':
      return lowerLiteral(bound.type, bound.value)
    case 'column':
      return lowerColumn(bound, builder)
    case 'call':
      return { op: 'call', fn: bound.fn, args: bound.args.map((arg) => lowerExpression(arg, builder)) }
    case 'bucket':
      return {
        op: 'bucket',
        grain: bound.grain,
        arg: lowerExpression(bound.arg, builder),
        argType: bound.arg.type === 'date' ? 'date' : 'timestamp',
      }
    case 'moved':
      return {
        op: 'moved',
        arg: lowerExpression(bound.arg, builder),
        argType: bound.arg.type === 'date' ? 'date' : 'timestamp',
        count: bound.count,
        grain: bound.grain,
      }
    case 'related':
      return column(lowerRelated(bound, bound.related, builder, builder.names.take(bound.related.name)))
    case 'previous':
      return lowerPrevious(bound, builder, lowering)
    case 'total':
      return lowerTotal(bound, builder, lowering)
    case 'window':
      return lowerWindow(bound, builder, lowering)
    case 'aggregate':
      invariant(false, 'an aggregate of a group is planned by its step')
      break
    default:
      return unreachable(bound)
  }
}

function lowerColumn(bound: BoundColumn, builder: Builder): Expression {
  if (bound.rows) joinRows(bound.rows, builder)
  return column(bound.name)
}

/** Gives the value a column of its own, named `name`, and returns the name; a column that is there already keeps its name. */
export function materialise(bound: Bound, builder: Builder, wanted: string): string {
  const value = lowerExpression(bound, builder)
  if (value.op === 'column') return value.name
  const name = builder.names.take(wanted)
  builder.push((input, step) => ({ op: 'extend', step, input, columns: [{ ...toColumn(name, bound), value }] }))
  return name
}

/** The rows of a chain with the columns that they are matched by, and what these are called. */
export function lowerMatches(
  { rows, keys }: Pick<OpenedChain, 'rows' | 'keys'>,
  builder: Builder,
): { readonly to: Node; readonly names: readonly string[] } {
  const below = startBuilder(lowerScan(rows.scan, builder.step, builder.names), builder.step, builder.names)
  const names = keys.map((key) => materialise(key, below, 'key'))
  return { to: below.node(), names }
}

/** One value a row from the rows of a to-many relation: aggregated by the row's key first, then looked up, so that no row is multiplied. */
export function lowerRelated(bound: Bound, related: Related, builder: Builder, name: string): string {
  const { inner, where: condition, measure, keys, outer } = related
  for (const { rows } of outer) if (rows) joinRows(rows, builder)
  const below = startBuilder(lowerScan(inner.scan, builder.step, builder.names), builder.step, builder.names)
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

export function lowerAggregate(call: BoundAggregate, builder: Builder): AggregateCall {
  const args = call.args.map((arg) => lowerExpression(arg, builder))
  return { fn: call.fn, args, ...(call.where ? { where: lowerExpression(call.where, builder) } : {}) }
}

/** What the lowering of a part of an expression asks of the whole. */
export interface Lowering {
  readonly lowerExpression: typeof lowerExpression
  readonly materialise: typeof materialise
  readonly lowerAggregate: typeof lowerAggregate
  readonly toColumn: typeof toColumn
}

export const lowering: Lowering = { lowerExpression, materialise, lowerAggregate, toColumn }
