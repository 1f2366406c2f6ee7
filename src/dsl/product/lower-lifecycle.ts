import type { Grain } from '../../base/periods.ts'
import type { BoundColumn } from '../bind/bound.ts'
import type { BoundKey } from '../check/grouping.ts'
import { type Builder, lowerExpression } from '../plan/lower-expression.ts'
import type { Aggregate, Column, Literal } from '../plan/plan.ts'
import type { Events } from './bind-events.ts'
import { aggregate, all, apply, isPresent, number, read } from './expressions.ts'
import { lowerActivity } from './lower-activity.ts'
import { lowerKeys } from './lower-keys.ts'

export interface BoundLifecycle {
  readonly unit: Grain
  /** What periods are told apart by. */
  readonly keys: readonly BoundKey[]
  /** What identifies a row. */
  readonly row: readonly BoundColumn[]
  readonly events: Events
  /** Begin of the period that is not over yet, as a value of the events' time, and the last period that is. */
  readonly until: Literal
  readonly last: string
}

export const lifecycleColumns = ['active', 'new', 'retained', 'resurrected', 'dormant'] as const

const countColumn = (name: string): Column => ({ name, type: 'number' })

/** One row for each row and period in which it was active, with its first one and whether it was active in the one before. */
function lowerSteps({ unit, row, events, until }: BoundLifecycle, builder: Builder) {
  const { names } = builder
  for (const column of row) lowerExpression(column, builder)
  const { node, on, period } = lowerActivity(events, unit, until, builder)
  builder.push((input, step) => ({
    op: 'expand',
    step,
    input,
    to: node,
    on,
    columns: [{ name: period, type: 'date', from: period }],
  }))
  const per = row.map(({ name }) => name)
  const [first, before] = [names.take(`first_${unit}`), names.take(`${unit}_before`)]
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [{ name: first, type: 'date', value: { op: 'over', aggregate: aggregate('min', read(period)), per } }],
  }))
  builder.push((input, step) => ({
    op: 'shift',
    step,
    input,
    time: period,
    per,
    columns: [{ name: before, type: 'date', of: period, by: 1, unit }],
  }))
  return { period, isNew: apply('equals', read(period), read(first)), stayed: isPresent(read(before)) }
}

/** Those who were active in the period before and are not among those who stayed have gone. */
function lowerDormant(unit: Grain, keys: Aggregate['keys'], builder: Builder): void {
  const { names } = builder
  const before = names.take('active_before')
  const per = keys.map(({ name }) => name)
  builder.push((input, step) => ({
    op: 'shift',
    step,
    input,
    time: unit,
    per,
    columns: [{ ...countColumn(before), of: 'active', by: 1, unit }],
  }))
  const left = apply('subtract', apply('coalesce', read(before), number(0)), read('retained'))
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [{ ...countColumn('dormant'), value: left }],
  }))
}

/** Each row's periods once, then counts by period, with the periods in which nobody was there. */
export function lowerLifecycle(bound: BoundLifecycle, builder: Builder): void {
  const { unit, last } = bound
  const keys = lowerKeys(bound.keys, builder)
  const { period, isNew, stayed } = lowerSteps(bound, builder)
  const count = (name: string, where?: Aggregate['measures'][number]['aggregate']['where']) => ({
    ...countColumn(name),
    aggregate: aggregate('count', undefined, where),
  })
  const measures = [
    count('active'),
    count('new', isNew),
    count('retained', stayed),
    count('resurrected', all(apply('not', isNew), apply('not', stayed))),
  ]
  builder.push((input, step) => ({
    op: 'aggregate',
    step,
    input,
    keys: [{ name: unit, type: 'date', value: read(period) }, ...keys],
    measures,
  }))
  builder.push((input, step) => ({
    op: 'fill',
    step,
    input,
    time: unit,
    grain: unit,
    per: keys.map(({ name }) => name),
    to: last,
    columns: measures.map(({ name }) => ({ ...countColumn(name), with: number(0) })),
  }))
  lowerDormant(unit, keys, builder)
  const shown: readonly Column[] = [
    { name: unit, type: 'date' },
    ...keys.map(({ value: _, ...column }) => column),
    ...lifecycleColumns.map(countColumn),
  ]
  builder.push((input, step) => ({
    op: 'project',
    step,
    input,
    columns: shown.map((column) => ({ ...column, from: column.name })),
  }))
}
