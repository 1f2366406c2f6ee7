import { invariant } from '../../base/invariant.ts'
import { isWhole } from '../check/whole-periods.ts'
import { listColumns } from '../emit/columns.ts'
import type { Aggregate, AggregateCall, Column, Expression, Measure, Node } from '../plan/plan.ts'
import { findType } from './find-type.ts'
import { findMerging } from './merge-groups.ts'
import { call, isCount, isThere, keyOf, type Parts, read, toColumn, zero } from './parts.ts'
import type { Share } from './share.ts'

/** Rows that count in periods, by the moment at which they do, and the aggregates that are taken of them in each. */
interface Rows {
  readonly node: Node
  /** Columns of `node` that the aggregates read, beside the moment and the keys. */
  readonly columns: readonly Column[]
  readonly measures: readonly (Column & { readonly aggregate: AggregateCall })[]
  /** The measure itself, from these. */
  readonly value: Expression
}

/**
 * A measure that looks back, in periods joined with the moments of their stretch, and these with the rows of the moment: days and periods are
 * few, so that no row is compared with every period. Rows are merged by moment first where that is possible.
 */
export function lookBack(node: Aggregate, measure: Measure, groups: Node, parts: Parts, share: Share): Node {
  const { step, keys } = node
  const { over, per } = measure
  invariant(over, 'what looks back says how far')
  const axis = keys.find(({ name }) => name === over.time)
  invariant(axis, 'what looks back does so from a period')
  const others = keys.filter(({ name }) => name !== over.time && (per ? per.includes(name) : true))
  const moment: Column = { name: parts.take(`${measure.name}_at`), type: axis.type }
  const rows = listRows(node, measure, { ...moment, value: momentOf(axis, over) }, others, parts)
  const source = share(rows.node, `${measure.name}_rows`)
  const distinct = (input: Node, name: string): Node => {
    const grouped: Node = { op: 'aggregate', step, input, keys: [keyOf({ ...axis, name })], measures: [] }
    return { op: 'filter', step, input: grouped, where: isThere(read(name)) }
  }
  const periods = distinct(groups, over.time)
  const moments: Node = isWhole(over.unit, over.grain)
    ? { op: 'project', step, input: periods, columns: [{ ...moment, from: over.time }] }
    : distinct(source, moment.name)
  const pairs: Node = {
    op: 'filter',
    step,
    input: { op: 'expand', step, input: periods, to: moments, on: [], columns: [{ ...moment, from: moment.name }] },
    where: isWithin(axis, over, read(moment.name)),
  }
  const wanted = [...others.map(toColumn), ...rows.columns].map((column) => ({ ...column, from: column.name }))
  const on = [{ left: moment.name, right: moment.name }]
  const joined: Node = { op: 'expand', step, input: pairs, to: source, on, columns: wanted }
  const all = [axis, ...others]
  const grouped: Node = {
    op: 'aggregate',
    step,
    input: joined,
    keys: all.map((key) => keyOf(key)),
    measures: rows.measures,
  }
  const found = { ...toColumn(measure), value: rows.value }
  return {
    op: 'lookup',
    step,
    input: groups,
    to: { op: 'extend', step, input: grouped, columns: [found] },
    on: all.map(({ name }) => ({ left: name, right: name })),
    matchesEmpty: true,
    columns: [{ ...toColumn(measure), from: measure.name, ...(isCount(measure.aggregate) ? { orElse: zero } : {}) }],
  }
}

type Axis = Aggregate['keys'][number]
type Trailing = NonNullable<Measure['over']>

/** When a row counts: its period, or its day where the stretch begins within periods. */
function momentOf({ value }: Axis, { unit, grain }: Trailing): Expression {
  if (isWhole(unit, grain)) return value
  invariant(value.op === 'bucket', 'days within a period are known from the time of each row')
  return { ...value, grain: 'day' }
}

/** Whether a moment lies in the stretch that ends with a period. */
function isWithin({ type }: Axis, { time, grain, count, unit }: Trailing, moment: Expression): Expression {
  const argType = type === 'date' ? 'date' : 'timestamp'
  const period = read(time)
  const back = (arg: Expression): Expression => ({ op: 'moved', arg, argType, count: -count, grain: unit })
  if (isWhole(unit, grain))
    return call('and', call('less_or_equal', moment, period), call('greater', moment, back(period)))
  const end: Expression = { op: 'moved', arg: period, argType, count: 1, grain }
  return call('and', call('less', moment, end), call('greater_or_equal', moment, back(end)))
}

/** The rows of a measure by moment and key: merged, distinct, or as they are. */
function listRows(
  { step, input }: Aggregate,
  { aggregate, name, type }: Measure,
  moment: Axis,
  others: readonly Axis[],
  parts: Parts,
): Rows {
  const keys = [moment, ...others]
  const take = (what: string) => parts.take(`${name}_${what}`)
  const typed: Column = { name: take('merged'), type }
  const merging = findMerging(aggregate, typed)
  if (merging) {
    const measures = merging.steps.map(({ part }) => ({ name: take('part'), type, aggregate: part }))
    const merged = merging.steps.map(({ fn }, at) => ({
      name: take('sum'),
      type,
      aggregate: { fn, args: [read(measures[at]!.name)] },
    }))
    const value = merging.combine(merged.map((one) => read(one.name)))
    return {
      node: { op: 'aggregate', step, input, keys, measures },
      columns: measures.map(toColumn),
      measures: merged,
      value,
    }
  }
  const columns = listColumns(input)
  const isOwn = (arg: Expression) => arg.op !== 'literal'
  const values = aggregate.args
    .filter(isOwn)
    .map((value) => ({ name: take('value'), type: findType(value, columns), value }))
  const kept: Node = aggregate.where ? { op: 'filter', step, input, where: aggregate.where } : input
  const node: Node =
    aggregate.fn === 'count_distinct'
      ? { op: 'aggregate', step, input: kept, keys: [...keys, ...values], measures: [] }
      : copyRows(kept, [...keys, ...values])
  const names = values.map((value) => value.name)
  const args = aggregate.args.map((arg) => (isOwn(arg) ? read(names.shift()!) : arg))
  const result = { ...typed, aggregate: { fn: aggregate.fn, args } }
  return { node, columns: values.map(toColumn), measures: [result], value: read(typed.name) }
}

/** Each row, with nothing but these columns. */
function copyRows(input: Node, columns: readonly Axis[]): Node {
  const { step } = input
  const own = new Set(listColumns(input).map(({ name }) => name))
  // A key may have the name of another column of the rows.
  const renamed = columns.map((column) => {
    let from = column.name
    while (own.has(from)) from = `${from}_of_row`
    own.add(from)
    return { ...column, from }
  })
  const extended: Node = {
    op: 'extend',
    step,
    input,
    columns: renamed.map(({ from, value, ...column }) => ({ ...toColumn(column), name: from, value })),
  }
  return {
    op: 'project',
    step,
    input: extended,
    columns: renamed.map(({ from, ...column }) => ({ ...toColumn(column), from })),
  }
}
