import { listColumns } from '../emit/columns.ts'
import type { Aggregate, AggregateCall, Column, Expression, Measure, Node } from '../plan/plan.ts'
import { findType } from './find-type.ts'
import { call, isThere, keyOf, type Parts, read, toColumn, zero } from './parts.ts'
import type { Recipe } from './reduce-group.ts'

/** Each value in each period in which it occurs, and the period in which it occurs next. */
export interface Occurrences {
  readonly node: Node
  readonly next: Column
}

export function listOccurrences(
  { step, keys, input }: Aggregate,
  { name, aggregate, over }: Measure,
  parts: Parts,
): Occurrences {
  const { time } = over!
  const axis = keys.find((key) => key.name === time)!
  const others = keys.filter((key) => key.name !== time)
  const columns = listColumns(input)
  const take = (what: string) => parts.take(`${name}_${what}`)
  const values = aggregate.args.map((value) => ({ name: take('value'), type: findType(value, columns), value }))
  const conditions = [...(aggregate.where ? [aggregate.where] : []), ...values.map(({ value }) => isThere(value))]
  const where = conditions.length > 1 ? call('and', ...conditions) : conditions[0]!
  const kept: Node = { op: 'filter', step, input, where }
  const distinct: Node = { op: 'aggregate', step, input: kept, keys: [...keys, ...values], measures: [] }
  const next = { name: take('next'), type: axis.type }
  const node: Node = {
    op: 'window',
    step,
    input: { op: 'filter', step, input: distinct, where: isThere(read(time)) },
    per: [...others, ...values].map((one) => one.name),
    by: [{ name: time, descending: false }],
    columns: [{ ...next, call: { fn: 'beside', of: time, by: -1 } }],
  }
  return { node, next }
}

/** Measures that count the same values count the same occurrences, over whatever stretch. */
export const identifyValues = ({ args, where }: AggregateCall): string => JSON.stringify([args, where])

/**
 * Distinct values of a stretch, without joining each with all periods that it counts in: a value is active from a period in which it occurs
 * until it has not for the whole stretch, or occurs again. How many are active is how many have come less how many have gone, running over
 * the periods.
 */
export function countActive(node: Aggregate, measure: Measure, occurrences: Occurrences, parts: Parts): Recipe {
  const { step, keys } = node
  const { aggregate, over, name } = measure
  const { time } = over!
  const others = keys.filter((key) => key.name !== time).map((key) => key.name)
  const take = (what: string) => parts.take(`${name}_${what}`)
  const came = parts.add(aggregate, { name, type: 'number' })
  const [ended, gone, change, active] = [take('ends'), take('gone'), take('change'), take('active')]
  const leaving = countLeaving(node, measure, occurrences, { ended, gone })
  const by = [{ name: time, descending: false }]
  return (groups) => {
    const left: Node = {
      op: 'lookup',
      step,
      input: groups,
      to: leaving,
      on: [...others.map((other) => ({ left: other, right: other })), { left: time, right: ended }],
      matchesEmpty: true,
      columns: [{ name: gone, type: 'number', from: gone, orElse: zero }],
    }
    const difference = { name: change, type: 'number', value: call('subtract', read(came), read(gone)) } as const
    const changed: Node = { op: 'extend', step, input: left, columns: [difference] }
    const running = { fn: 'running', aggregate: { fn: 'sum', args: [read(change)] } } as const
    const columns = [{ name: active, type: 'number', call: running }] as const
    const input: Node = { op: 'window', step, input: changed, per: others, by, needs: time, columns }
    const value = call('coalesce', read(active), zero)
    return { op: 'extend', step, input, columns: [{ ...toColumn(measure), value }] }
  }
}

/** How many values are active no longer from a period on, for each period and the other keys. */
function countLeaving(
  { step, keys }: Aggregate,
  { over }: Measure,
  { node, next }: Occurrences,
  { ended, gone }: { readonly ended: string; readonly gone: string },
): Node {
  const { time, count, unit } = over!
  const argType = next.type === 'date' ? 'date' : 'timestamp'
  const latest: Expression = { op: 'moved', arg: read(time), argType, count, grain: unit }
  const end = call('when', call('less', read(next.name), latest), read(next.name), latest)
  const upTo = { name: ended, type: next.type }
  return {
    op: 'aggregate',
    step,
    input: { op: 'extend', step, input: node, columns: [{ ...upTo, value: end }] },
    keys: [...keys.filter(({ name }) => name !== time).map((key) => keyOf(key)), keyOf(upTo)],
    measures: [{ name: gone, type: 'number', aggregate: { fn: 'count', args: [] } }],
  }
}
