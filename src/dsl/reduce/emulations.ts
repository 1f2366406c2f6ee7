import type { AggregateName, EmulatedAggregate, ScalarName } from '../functions/scalar-names.ts'
import type { AggregateCall, Expression } from '../plan/plan.ts'

/** Puts columns below the aggregates: values, and places in an order. Each gives the name that its column has. */
export interface Preparing {
  readonly take: (wanted: string) => string
  readonly extend: (wanted: string, value: Expression) => string
  /** The place of `of` among the rows of `per` that have one; values that tie share the first. */
  readonly rank: (wanted: string, of: string, per: readonly string[]) => string
}

/** Aggregates that every engine has, and what is made of them; without `combine`, the one itself. */
export interface Emulated {
  readonly aggregates: readonly [AggregateCall, ...AggregateCall[]]
  readonly combine?: (values: readonly Expression[]) => Expression
}

type Emulate = (
  args: readonly Expression[],
  where: Expression | undefined,
  per: readonly string[],
  preparing: Preparing,
) => Emulated

const read = (name: string): Expression => ({ op: 'column', name })
const number = (value: number): Expression => ({ op: 'literal', type: 'number', value })
const call = (fn: ScalarName, ...args: readonly Expression[]): Expression => ({ op: 'call', fn, args })
const over = (fn: AggregateName, of: string, per: readonly string[]): Expression => ({
  op: 'over',
  aggregate: { fn, args: [read(of)] },
  per,
})

/** The value where the condition holds, else nothing: aggregates pass over it. */
export const keep = (value: Expression, where: Expression | undefined): Expression =>
  where ? call('when', where, value, { op: 'literal', type: 'text', value: null }) : value

/** The smallest value in the rows whose order is the least (or the most) of their group. */
const choose =
  (extreme: 'min' | 'max'): Emulate =>
  ([value, order], where, per, { extend }) => {
    const by = extend('ordered_by', keep(order!, where))
    const wanted = extend(extreme === 'min' ? 'earliest' : 'latest', over(extreme, by, per))
    return { aggregates: [{ fn: 'min', args: [value!], where: call('equals', read(by), read(wanted)) }] }
  }

/** The smallest of the values that occur as often as any does. */
const mode: Emulate = ([value], where, per, { extend }) => {
  const of = extend('counted', keep(value!, where))
  const times = extend('times', over('count', of, [...per, of]))
  const most = extend('most_times', over('max', times, per))
  return { aggregates: [{ fn: 'min', args: [read(of)], where: call('equals', read(times), read(most)) }] }
}

/**
 * Between the two values around the place `fraction` of the way from the first to the last. The value at a place is the largest that no more
 * values than that lie below, so that ties need no order of their own.
 */
const interpolate =
  (fractionOf: (args: readonly Expression[]) => Expression): Emulate =>
  (args, where, per, { extend, rank }) => {
    const of = extend('ranked', keep(args[0]!, where))
    const below = rank('place', of, per)
    const before = call('subtract', read(below), number(1))
    const last = call('subtract', over('count', of, per), number(1))
    const place = extend('wanted_place', call('multiply', last, fractionOf(args)))
    const at = (edge: 'floor' | 'ceil'): AggregateCall => ({
      fn: 'max',
      args: [read(of)],
      where: call('less_or_equal', before, call(edge, read(place))),
    })
    return {
      aggregates: [at('floor'), at('ceil'), { fn: 'max', args: [read(place)] }],
      combine: ([low, high, wanted]) =>
        call(
          'add',
          low!,
          call('multiply', call('subtract', high!, low!), call('subtract', wanted!, call('floor', wanted!))),
        ),
    }
  }

/** How aggregates are worked out where an engine has no exact one of its own. */
export const emulations = {
  first: choose('min'),
  last: choose('max'),
  mode,
  median: interpolate(() => number(0.5)),
  percentile: interpolate(([, fraction]) => fraction!),
} satisfies Record<EmulatedAggregate, Emulate>
