import { listColumns } from '../emit/columns.ts'
import { mapInputs } from '../emit/map-inputs.ts'
import type { Aggregate, Expand, Measure, Node } from '../plan/plan.ts'
import { findType } from './find-type.ts'
import { call, isThere, keyOf, read, startParts, toColumn } from './parts.ts'
import { restoreColumns } from './restore-columns.ts'
import type { Share } from './share.ts'

const extremes: Readonly<Record<string, 'min' | 'max'>> = { first: 'min', last: 'max' }

/** Values of the rows with the least (or the most) of one order among those that a condition keeps. */
interface Choice {
  readonly measures: readonly Measure[]
  /** In each group, the least or the most. */
  readonly bound: Measure
}

function listChoices({ measures, input }: Aggregate, take: (wanted: string) => string): readonly Choice[] {
  const wanted = measures.filter(({ aggregate }) => extremes[aggregate.fn])
  const alike = Map.groupBy(wanted, ({ aggregate: { fn, args, where } }) => JSON.stringify([fn, args[1], where]))
  return [...alike.values()].map((own) => {
    const { fn, args, where } = own[0]!.aggregate
    const order = args[1]!
    const aggregate = { fn: extremes[fn]!, args: [order], ...(where ? { where } : {}) }
    const name = take(fn === 'first' ? 'earliest' : 'latest')
    return { measures: own, bound: { name, type: findType(order, listColumns(input)), aggregate } }
  })
}

/** The chosen values of each group: the smallest, where several rows have the least or the most. */
function readChosen(node: Aggregate, groups: Node, { measures, bound }: Choice): Node {
  const { step, keys, input } = node
  const { take } = startParts({ ...node, keys: [...listColumns(input), ...keys].map((column) => keyOf(column)) })
  const order = { name: take('place'), type: bound.type, value: bound.aggregate.args[0]! }
  const own = keys.map((key) => ({ ...key, name: take(`own_${key.name}`) }))
  const values = measures.map(({ aggregate, ...column }) => ({
    ...column,
    name: take(`own_${column.name}`),
    value: aggregate.args[0]!,
  }))
  const isPlaced = isThere(read(order.name))
  const { where } = bound.aggregate
  const rows: Node = {
    op: 'filter',
    step,
    input: { op: 'extend', step, input, columns: [...own, order, ...values] },
    where: where ? call('and', isPlaced, where) : isPlaced,
  }
  const pairs: Expand = {
    op: 'expand',
    step,
    input: groups,
    to: rows,
    on: [
      ...keys.map(({ name }, at) => ({ left: name, right: own[at]!.name })),
      { left: bound.name, right: order.name },
    ],
    matchesEmpty: true,
    columns: values.map((value) => ({ ...toColumn(value), from: value.name })),
  }
  const smallest = measures.map((measure, at) => ({
    ...measure,
    aggregate: { fn: 'min', args: [read(values[at]!.name)] },
  }))
  return { op: 'aggregate', step, input: pairs, keys: keys.map((key) => keyOf(key)), measures: smallest }
}

/** `event_by_account_id`, as the rows of `node` would be called. */
function nameGroups({ keys, input }: Aggregate): string {
  let below = input
  while (below.op === 'filter' || below.op === 'extend' || below.op === 'project') below = below.input
  const title = below.op === 'scan' ? below.model : 'rows'
  return keys.length === 0 ? `${title}_in_all` : `${title}_by_${keys.map(({ name }) => name).join('_')}`
}

function chooseMeasures(node: Aggregate, share: Share): Node {
  const { step, keys, measures } = node
  const choices = listChoices(node, startParts(node).take)
  const others = measures.filter(({ aggregate }) => !extremes[aggregate.fn])
  const bounds = choices.map(({ bound }) => bound)
  const groups = share({ ...node, measures: [...others, ...bounds] }, nameGroups(node))
  const on = keys.map(({ name }) => ({ left: name, right: name }))
  const looked = choices.reduce<Node>((below, choice) => {
    const columns = choice.measures.map((measure) => ({ ...toColumn(measure), from: measure.name }))
    const to = readChosen(node, groups, choice)
    return { op: 'lookup', step, input: below, to, on, matchesEmpty: true, columns }
  }, groups)
  return restoreColumns(looked, listColumns(node))
}

/**
 * Whether rows are those of a table, maybe of some of them. DuckDB up to 1.5.5 takes two joins of the same tables for one and may then read a
 * column of the wrong one (its optimizer `common_subplan`): what is joined is read once.
 */
const isTable = (node: Node): boolean =>
  node.op === 'scan' || ((node.op === 'filter' || node.op === 'extend' || node.op === 'project') && isTable(node.input))

/**
 * `node` with first and last values read from the rows that have the least or the most of their group, which a join finds: an engine may
 * be slower at keeping values beside what they are ordered by. Rows that are more than a table's stay as they are.
 */
export function chooseByJoin(node: Node, share: Share): Node {
  const below = mapInputs(node, (input) => chooseByJoin(input, share))
  const isWanted = below.op === 'aggregate' && below.measures.some(({ aggregate }) => extremes[aggregate.fn])
  return isWanted && isTable(below.input) ? chooseMeasures(below, share) : below
}
