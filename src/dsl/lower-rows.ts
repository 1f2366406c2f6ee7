import { invariant } from '../base/invariant.ts'
import type { Bound } from './bound.ts'
import { type Builder, type Place, shareRows, startBuilder } from './builder.ts'
import { listColumns } from './emit/columns.ts'
import type { Lowering } from './lower-expression.ts'
import { describeValidity, type Validity } from './moment.ts'
import type { Column, Expression, Node, SortKey } from './plan.ts'
import type { Choice, Rows, ScanUse } from './rows.ts'

const read = (name: string): Expression => ({ op: 'column', name })

/** A read of a model with what its policies let through. */
export function lowerRead(scan: ScanUse, place: Place, { lowerExpression }: Lowering): Node {
  const key = scan.model.key.map((column) => scan.columns.get(column)?.name)
  const isKeyed = key.every((name) => name !== undefined)
  const { name: model, source } = scan.model
  const columns = [...scan.columns.values()]
  const { step } = place
  const builder = startBuilder({ op: 'scan', step, model, source, columns, ...(isKeyed ? { key } : {}) }, place)
  for (const policy of scan.policies) {
    const where = lowerExpression(policy, builder)
    builder.push((input) => ({ op: 'filter', step, input, where }))
  }
  return builder.node()
}

type Fetched = Column & { readonly from: string }

/** Sees to it that the row a to-one path leads to is joined, and those on the way. */
export function joinRows(rows: Rows, builder: Builder, lowering: Lowering): void {
  const { via, path, scan, exports } = rows
  if (!via || builder.joined.has(path)) return
  joinRows(via.from, builder, lowering)
  builder.joined.add(path)
  const columns = [...scan.columns.values()]
    .filter(({ name }) => exports.has(name))
    .map(({ column: _, ...column }): Fetched => ({ ...column, name: `${path}.${column.name}`, from: column.name }))
  const to = lowerRead(scan, builder, lowering)
  const { on, choice } = via
  if (!choice) builder.push((input, step) => ({ op: 'lookup', step, input, to, on, columns }))
  else if (choice.validity && choice.validity.at.kind !== 'literal')
    joinValid(rows, { ...choice, validity: choice.validity }, to, columns, builder, lowering)
  else {
    const chosen = chooseFirst(rows, choice, to, builder, lowering)
    builder.push((input, step) => ({ op: 'lookup', step, input, to: chosen, on, columns }))
  }
}

/** The row that began last, then the first by its key. */
const listOrder = ({ validity, key }: Choice): readonly SortKey[] => [
  ...(validity ? [{ name: validity.begin.name, descending: true }] : []),
  ...key.map((name) => ({ name, descending: false })),
]

/** At most one row for each value of what they are matched by: what holds on one day, or whichever. */
function chooseFirst({ via }: Rows, choice: Choice, to: Node, builder: Builder, { lowerExpression }: Lowering): Node {
  const { step } = builder
  const below = startBuilder(to, builder)
  const { validity } = choice
  if (validity) {
    const where = lowerExpression(describeValidity(validity, validity.at), below)
    below.push((input) => ({ op: 'filter', step, input, where }))
  }
  const per = via?.on.map(({ right }) => right) ?? []
  const by = listOrder(choice)
  below.push((input) => ({ op: 'top', step, input, count: 1, by, per, withTies: false }))
  return below.node()
}

/**
 * What held at a time of each row: every pair of what is matched by and a time is held against the history once, so that neither
 * overlaps in the history nor many rows of one time make rows.
 */
function joinValid(
  { via, scan }: Rows,
  choice: Choice & { readonly validity: Validity },
  to: Node,
  columns: readonly Fetched[],
  builder: Builder,
  { lowerExpression, materialise }: Lowering,
): void {
  invariant(via, 'a history is reached from somewhere')
  const { step } = builder
  const { validity } = choice
  const at = materialise(validity.at, builder, 'moment')
  const keys = [...new Set([...via.on.map(({ left }) => left), at])]
  const own = new Map(keys.map((key) => [key, builder.names.take('asked')]))
  const asked = startBuilder(askOnce(shareRows(builder, 'rows_so_far'), own, step), builder)
  const history = [...scan.columns.values()].map(
    ({ column: _, ...column }): Fetched => ({ ...column, from: column.name }),
  )
  const pairs = via.on.map(({ left, right }) => ({ left: own.get(left)!, right }))
  asked.push((input) => ({ op: 'expand', step, input, to, on: pairs, columns: history }))
  const moment: Bound = {
    kind: 'column',
    name: own.get(at)!,
    type: validity.at.type,
    rows: undefined,
    field: undefined,
  }
  const where = lowerExpression(describeValidity(validity, moment), asked)
  asked.push((input) => ({ op: 'filter', step, input, where }))
  const per = [...own.values()]
  asked.push((input) => ({ op: 'top', step, input, count: 1, by: listOrder(choice), per, withTies: false }))
  const on = keys.map((left) => ({ left, right: own.get(left)! }))
  builder.push((input) => ({ op: 'lookup', step, input, to: asked.node(), on, columns }))
}

/** Each combination of columns of `rows` once, under names of their own. */
function askOnce(rows: Node, names: ReadonlyMap<string, string>, step: number): Node {
  const columns = listColumns(rows)
  const keys = [...names].map(([from, name]) => {
    const column = columns.find((one) => one.name === from)
    invariant(column, `the rows have a column ${from}`)
    return { ...column, name, value: read(from) }
  })
  return { op: 'aggregate', step, input: rows, keys, measures: [] }
}
