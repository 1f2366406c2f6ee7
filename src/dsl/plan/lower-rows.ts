import { invariant } from '../../base/invariant.ts'
import type { Bound } from '../bind/bound.ts'
import { describeValidity, type Validity } from '../check/moment.ts'
import type { Choice, Rows, ScanUse } from '../check/rows.ts'
import { listColumns } from '../emit/columns.ts'
import { type Builder, type Place, shareRows, startBuilder } from './builder.ts'
import type { Lowering } from './lower-expression.ts'
import type { Column, Expression, Node, SortKey } from './plan.ts'

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
  // What a policy looks at elsewhere is not part of the rows.
  if (listColumns(builder.node()).length > columns.length) {
    const own = columns.map(({ column: _, ...column }) => ({ ...column, from: column.name }))
    builder.push((input) => ({ op: 'project', step, input, columns: own }))
  }
  return builder.node()
}

type Fetched = Column & { readonly from: string }

/** What is read of rows, under the names that it has beside the row they are reached from. */
export const listExports = ({ scan, exports, path }: Rows): readonly Fetched[] =>
  [...scan.columns.values()]
    .filter(({ name }) => exports.has(name))
    .map(({ column: _, ...column }) => ({ ...column, name: `${path}.${column.name}`, from: column.name }))

/** Sees to it that the row a to-one path leads to is joined, and those on the way. */
export function joinRows(rows: Rows, builder: Builder, lowering: Lowering): void {
  const { via, path, scan } = rows
  if (!via || builder.joined.has(path)) return
  joinRows(via.from, builder, lowering)
  builder.joined.add(path)
  const columns = listExports(rows)
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
  const asks = keys.map((left) => ({ left, right: builder.names.take('asked') }))
  const nameOf = (left: string) => asks.find((one) => one.left === left)!.right
  const asked = startBuilder(askOnce(shareRows(builder, 'rows_so_far'), asks, step), builder)
  const history = [...scan.columns.values()].map(
    ({ column: _, ...column }): Fetched => ({ ...column, from: column.name }),
  )
  const pairs = via.on.map(({ left, right }) => ({ left: nameOf(left), right }))
  asked.push((input) => ({ op: 'expand', step, input, to, on: pairs, columns: history }))
  const moment: Bound = { kind: 'column', name: nameOf(at), type: validity.at.type, rows: undefined, field: undefined }
  const where = lowerExpression(describeValidity(validity, moment), asked)
  asked.push((input) => ({ op: 'filter', step, input, where }))
  const per = asks.map(({ right }) => right)
  asked.push((input) => ({ op: 'top', step, input, count: 1, by: listOrder(choice), per, withTies: false }))
  builder.push((input) => ({ op: 'lookup', step, input, to: asked.node(), on: asks, columns }))
}

/** Each combination of columns of `rows` (`left`) once, under names of their own (`right`). */
export function askOnce(
  rows: Node,
  names: readonly { readonly left: string; readonly right: string }[],
  step: number,
): Node {
  const columns = listColumns(rows)
  const keys = names.map(({ left, right }) => {
    const column = columns.find((one) => one.name === left)
    invariant(column, `the rows have a column ${left}`)
    return { ...column, name: right, value: read(left) }
  })
  return { op: 'aggregate', step, input: rows, keys, measures: [] }
}
