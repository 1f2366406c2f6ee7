import type { Metric } from '../../catalog/catalog.ts'
import { type Bound, type BoundPer, call } from '../bind/bound.ts'
import { listSources } from './check-repeats.ts'
import type { Scope } from './checker.ts'
import type { BoundKey } from './grouping.ts'

/** Keys that are of the metric's time alone: its periods. */
const listPeriods = (time: Bound, keys: readonly BoundKey[]): readonly BoundKey[] =>
  keys.filter(({ value }) => {
    const sources = listSources(value) ?? []
    return sources.length > 0 && sources.every(({ name }) => time.kind === 'column' && name === time.name)
  })

const readTime = ({ time }: Metric, scope: Scope): Bound =>
  scope.checker.bind({ kind: 'path', parts: [time] }, { ...scope, mode: 'row' })

/**
 * For a metric of what is held: the condition that keeps, of each period, the rows at its last or first time. That is a time of all rows that are
 * asked about, so that what has none at that time holds nothing any more.
 */
export function keepMoment(metric: Metric, keys: readonly BoundKey[], scope: Scope): Bound | undefined {
  const { overTime } = metric
  if (overTime !== 'last' && overTime !== 'first') return undefined
  const time = readTime(metric, scope)
  const moment: Bound = {
    kind: 'total',
    type: time.type,
    call: { fn: overTime === 'last' ? 'max' : 'min', args: [time], where: undefined },
    per: listPeriods(time, keys).map(({ value }) => value),
    name: `${overTime}_${metric.time}`,
  }
  return call('equals', 'boolean', time, moment)
}

/** For a metric of what is held, the average of each period: what all times of it add up to, by their number. */
export function averageOverTime(measure: Bound, metric: Metric, keys: readonly BoundKey[], scope: Scope): Bound {
  if (metric.overTime !== 'average') return measure
  const time = readTime(metric, scope)
  const per = listPeriods(time, keys).map(({ column, value }): BoundPer => ({ name: column.name, value }))
  const times: Bound = {
    kind: 'aggregate',
    type: 'number',
    call: { fn: 'count_distinct', args: [time], where: undefined, per },
    name: 'times',
  }
  const { unit } = measure
  return { ...call('divide', 'number', measure, times), ...(unit === undefined ? {} : { unit }) }
}
