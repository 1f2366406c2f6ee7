import type { Grain } from '../../base/periods.ts'
import type { Bound } from '../bind/bound.ts'
import { type Builder, knownType, lowerExpression, lowering, startBuilder } from '../plan/lower-expression.ts'
import { lowerChainRows } from '../plan/lower-related.ts'
import type { Literal, Node } from '../plan/plan.ts'
import type { Events } from './bind-events.ts'
import { apply, startOf } from './expressions.ts'

/** The periods in which rows were active. */
export interface Activity {
  readonly node: Node
  /** Pairs of a column of the row and one of `node`. */
  readonly on: readonly { readonly left: string; readonly right: string }[]
  /** Of `node`: the first day of the period. */
  readonly period: string
}

/** Names for columns of a node of its own: those that they have, as long as they differ. */
function nameApart(values: readonly Bound[], ...taken: readonly string[]): readonly string[] {
  const names = values.map((value) => (value.kind === 'column' ? (value.name.split('.').at(-1) ?? value.name) : 'key'))
  const isFree = new Set([...names, ...taken]).size === names.length + taken.length
  return isFree ? names : names.map((_, at) => `key_${at + 1}`)
}

/**
 * Each period in which a row was active, once: however many events there are, no later stage sees more than one row for each row and period.
 * Only periods that are over: what happened before `until`.
 */
export function lowerActivity(events: Events, unit: Grain, until: Literal, builder: Builder): Activity {
  const { rows, reach, keys, outer, where, time } = events
  for (const column of outer) lowerExpression(column, builder)
  const { step, names } = builder
  const below = startBuilder(lowerChainRows(rows, reach, builder, lowering), builder)
  const values = keys.map((key) => lowerExpression(key, below))
  if (where) {
    const condition = lowerExpression(where, below)
    below.push((input) => ({ op: 'filter', step, input, where: condition }))
  }
  const at = lowerExpression(time, below)
  below.push((input) => ({ op: 'filter', step, input, where: apply('less', at, until) }))
  const period = names.take(`active_${unit}`)
  const own = nameApart(keys, period)
  below.push((input) => ({
    op: 'aggregate',
    step,
    input,
    keys: [
      ...values.map((value, place) => ({ name: own[place]!, type: knownType(keys[place]!.type), value })),
      { name: period, type: 'date', value: startOf(unit, at, knownType(time.type)) },
    ],
    measures: [],
  }))
  return { node: below.node(), on: outer.map((left, place) => ({ left: left.name, right: own[place]! })), period }
}
