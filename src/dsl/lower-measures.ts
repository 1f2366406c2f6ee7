import { type Bound, mapAggregates } from './bound.ts'
import type { Builder, Lowering } from './lower-expression.ts'
import type { Aggregate, Column, Expression } from './plan.ts'

/** Aggregates of measures, one column each, and what is computed from them afterwards. */
interface SplitMeasures {
  readonly calls: readonly Aggregate['measures'][number][]
  readonly derived: readonly (Column & { readonly value: Expression })[]
}

/** One measure an aggregate call, and arithmetic over their columns. */
export function splitMeasures(
  measures: readonly { readonly column: { readonly name: string }; readonly value: Bound }[],
  builder: Builder,
  { lowerAggregate, lowerExpression, toColumn }: Lowering,
): SplitMeasures {
  const calls: Aggregate['measures'][number][] = []
  const derived: (Column & { readonly value: Expression })[] = []
  for (const { column, value } of measures) {
    if (value.kind === 'aggregate') {
      calls.push({ ...toColumn(column.name, value), aggregate: lowerAggregate(value.call, builder) })
      continue
    }
    const rest = mapAggregates(value, (one) => {
      const name = builder.names.take(one.name)
      calls.push({ ...toColumn(name, one), aggregate: lowerAggregate(one.call, builder) })
      return { kind: 'column', name, type: one.type, rows: undefined, field: undefined }
    })
    derived.push({ ...toColumn(column.name, value), value: lowerExpression(rest, builder) })
  }
  return { calls, derived }
}

/** Groups by `keys`, and computes what is made of the aggregates. */
export function pushMeasures(keys: Aggregate['keys'], { calls, derived }: SplitMeasures, builder: Builder): void {
  builder.push((input, step) => ({ op: 'aggregate', step, input, keys, measures: calls }))
  if (derived.length > 0) builder.push((input, step) => ({ op: 'extend', step, input, columns: derived }))
}
