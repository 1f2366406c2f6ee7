import { type Bound, mapAggregates } from '../bind/bound.ts'
import type { Builder, Lowering } from './lower-expression.ts'
import type { Aggregate, Column, Expression, Measure } from './plan.ts'

type Leaf = Extract<Bound, { kind: 'aggregate' }>

/** Aggregates of measures, one column each, and what is computed from them afterwards. */
interface SplitMeasures {
  readonly calls: readonly Measure[]
  readonly derived: readonly (Column & { readonly value: Expression })[]
  /** Columns beside the keys that some aggregates keep apart. */
  readonly beside: Aggregate['keys']
}

/** One measure an aggregate call, and arithmetic over their columns. */
export function splitMeasures(
  measures: readonly { readonly column: { readonly name: string }; readonly value: Bound }[],
  builder: Builder,
  { lowerAggregate, lowerExpression, toColumn }: Lowering,
): SplitMeasures {
  const calls: Measure[] = []
  const derived: (Column & { readonly value: Expression })[] = []
  const beside = new Map<string, Aggregate['keys'][number]>()
  const add = (name: string, one: Leaf) => {
    const { per, over } = one.call
    for (const { name: key, value, isBeside } of per ?? [])
      if (isBeside) beside.set(key, { ...toColumn(key, value), value: lowerExpression(value, builder) })
    const aggregate = lowerAggregate(one.call, builder)
    const detail = { ...(per ? { per: per.map((key) => key.name) } : {}), ...(over ? { over } : {}) }
    calls.push({ ...toColumn(name, one), aggregate, ...detail })
  }
  for (const { column, value } of measures) {
    if (value.kind === 'aggregate') {
      add(column.name, value)
      continue
    }
    const rest = mapAggregates(value, (one) => {
      const name = builder.names.take(one.name)
      add(name, one)
      return { kind: 'column', name, type: one.type, rows: undefined, field: undefined }
    })
    derived.push({ ...toColumn(column.name, value), value: lowerExpression(rest, builder) })
  }
  return { calls, derived, beside: [...beside.values()] }
}

/** Groups by `keys`, and computes what is made of the aggregates. */
export function pushMeasures(keys: Aggregate['keys'], split: SplitMeasures, builder: Builder): void {
  const { calls: measures, derived, beside } = split
  builder.push((input, step) => ({ op: 'aggregate', step, input, keys: [...keys, ...beside], measures }))
  if (derived.length > 0) builder.push((input, step) => ({ op: 'extend', step, input, columns: derived }))
}
