import type { Bound, BoundWindow } from '../bind/bound.ts'
import type { Builder, Lowering } from './lower-expression.ts'
import type { Expression, WindowCall } from './plan.ts'

const column = (name: string): Expression => ({ op: 'column', name })
const call = (fn: string, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })

/** The column with the earlier value, or how the value differs from it. */
export function lowerPrevious(
  bound: Extract<Bound, { kind: 'previous' }>,
  builder: Builder,
  lower: Lowering,
): Expression {
  const { materialise, toColumn } = lower
  const of = materialise(bound.of, builder, 'value')
  const name = builder.names.take(bound.compare === undefined ? bound.name : 'before')
  const { time, per, by, grain: unit } = bound
  builder.push((input, step) => ({
    op: 'shift',
    step,
    input,
    time,
    per,
    columns: [{ ...toColumn(name, bound.of), of, by, unit }],
  }))
  switch (bound.compare) {
    case undefined:
      return column(name)
    case 'change':
      return call('subtract', column(of), column(name))
    case 'pct_change':
      return call('subtract', call('divide', column(of), column(name)), { op: 'literal', type: 'number', value: 1 })
  }
}

/** Values over all rows get a column of their own, so that they may stand in a condition too. */
export function lowerTotal(bound: Extract<Bound, { kind: 'total' }>, builder: Builder, lower: Lowering): Expression {
  const { materialise, lowerAggregate, toColumn } = lower
  const name = builder.names.take(bound.name)
  const per = bound.per.map((one) => materialise(one, builder, 'per'))
  const aggregate = lowerAggregate(bound.call, builder)
  const value: Expression = { op: 'over', aggregate, per }
  builder.push((input, step) => ({ op: 'extend', step, input, columns: [{ ...toColumn(name, bound), value }] }))
  return column(name)
}

function lowerCall({ call: given }: BoundWindow, builder: Builder, lower: Lowering): WindowCall {
  const { lowerAggregate, materialise } = lower
  switch (given.fn) {
    case 'beside':
      return { ...given, of: materialise(given.of, builder, 'value') }
    case 'running':
    case 'moving':
      return { ...given, aggregate: lowerAggregate(given.aggregate, builder) }
    default:
      return given
  }
}

export function lowerWindow(bound: Extract<Bound, { kind: 'window' }>, builder: Builder, lower: Lowering): Expression {
  const { materialise, toColumn } = lower
  const { window } = bound
  const name = builder.names.take(bound.name)
  const per = window.per.map((one) => materialise(one, builder, 'per'))
  const by = window.by.map(({ value, descending }) => ({ name: materialise(value, builder, 'by'), descending }))
  const lowered = lowerCall(window, builder, lower)
  const [first] = by
  const needs = window.needsFirst && first ? { needs: first.name } : {}
  builder.push((input, step) => ({
    op: 'window',
    step,
    input,
    per,
    by,
    ...needs,
    columns: [{ ...toColumn(name, bound), call: lowered }],
  }))
  return column(name)
}
