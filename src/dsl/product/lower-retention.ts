import type { Grain } from '../../base/periods.ts'
import type { Bound } from '../bind/bound.ts'
import type { BoundKey } from '../check/grouping.ts'
import { type Builder, shareRows } from '../plan/builder.ts'
import { knownType, lowerExpression } from '../plan/lower-expression.ts'
import type { Aggregate, Column, Expression, Literal, Node, Values } from '../plan/plan.ts'
import type { Events } from './bind-events.ts'
import { aggregate, all, apply, countPeriods, day, isPresent, number, read, startOf } from './expressions.ts'
import { lowerActivity } from './lower-activity.ts'
import { lowerKeys } from './lower-keys.ts'

export interface BoundRetention {
  /** The cohort, then what else they are told apart by. */
  readonly keys: readonly BoundKey[]
  /** When a row began. */
  readonly began: Bound
  readonly events: Events
  readonly unit: Grain
  /** Periods to look at, each with the last cohort for all of which it is over. */
  readonly periods: readonly { readonly period: number; readonly lastCohort: string }[]
  /** Begin of the period that is not over yet, as a value of the events' time. */
  readonly until: Literal
}

export const retentionColumns = ['period', 'cohort_size', 'retained', 'rate'] as const

type Keys = Aggregate['keys']

const countColumn = (name: string): Column => ({ name, type: 'number' })

/** The period numbers as rows, each with the last cohort that it is over for. */
function writePeriods({ periods }: BoundRetention, lastCohort: string, step: number): Values {
  const columns: readonly Column[] = [countColumn('period'), { name: lastCohort, type: 'date' }]
  return {
    op: 'values',
    step,
    title: 'periods',
    columns,
    rows: periods.map((one) => [number(one.period), day(one.lastCohort)]),
  }
}

/** How many rows of each cohort were active in each period: from rows beside the periods of their activity. */
function countActive(bound: BoundRetention, rows: Node, keys: Keys, began: Expression, builder: Builder): Node {
  const { unit, events, until, periods } = bound
  const { step, names } = builder
  const activity = lowerActivity(events, unit, until, builder)
  const active: Node = {
    op: 'expand',
    step,
    input: rows,
    to: activity.node,
    on: activity.on,
    columns: [{ name: activity.period, type: 'date', from: activity.period }],
  }
  const since = names.take('periods_since')
  const start = startOf(unit, began, knownType(bound.began.type))
  const counted: Node = {
    op: 'extend',
    step,
    input: active,
    columns: [{ name: since, type: 'number', value: countPeriods(unit, start, read(activity.period)) }],
  }
  const where = all(
    apply('greater_or_equal', read(since), number(0)),
    apply('less_or_equal', read(since), number(periods.length - 1)),
  )
  return {
    op: 'aggregate',
    step,
    input: { op: 'filter', step, input: counted, where },
    keys: [...keys, { ...countColumn('period'), value: read(since) }],
    measures: [{ ...countColumn('retained'), aggregate: aggregate('count') }],
  }
}

/**
 * Cohorts × periods that are over, with the number of active rows looked up beside their size: so that a period in which nobody came
 * back is 0, and one that is not over yet is not there.
 */
export function lowerRetention(bound: BoundRetention, builder: Builder): void {
  const { step, names } = builder
  const began = lowerExpression(bound.began, builder)
  const keys = lowerKeys(bound.keys, builder)
  builder.push((input) => ({ op: 'filter', step, input, where: isPresent(began) }))
  for (const column of bound.events.outer) lowerExpression(column, builder)
  const rows = shareRows(builder, 'cohort_rows')
  const cohort = keys[0]!.name
  const lastCohort = names.take('last_cohort')
  const periods = writePeriods(bound, lastCohort, step)
  builder.push((input) => ({
    op: 'aggregate',
    step,
    input,
    keys,
    measures: [{ ...countColumn('cohort_size'), aggregate: aggregate('count') }],
  }))
  builder.push((input) => ({
    op: 'expand',
    step,
    input,
    to: periods,
    on: [],
    columns: periods.columns.map((column) => ({ ...column, from: column.name })),
  }))
  builder.push((input) => ({
    op: 'filter',
    step,
    input,
    where: apply('less_or_equal', read(cohort), read(lastCohort)),
  }))
  const matched = [...keys.map(({ name }) => name), 'period']
  const to = countActive(bound, rows, keys, began, builder)
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to,
    on: matched.map((name) => ({ left: name, right: name })),
    ...(keys.length > 1 ? { matchesEmpty: true } : {}),
    columns: [{ ...countColumn('retained'), from: 'retained', orElse: number(0) }],
  }))
  const rate = apply('divide', read('retained'), read('cohort_size'))
  builder.push((input) => ({
    op: 'extend',
    step,
    input,
    columns: [{ ...countColumn('rate'), value: rate }],
  }))
  const shown: readonly Column[] = [
    ...keys.map(({ value: _, ...column }) => column),
    ...retentionColumns.map(countColumn),
  ]
  builder.push((input) => ({
    op: 'project',
    step,
    input,
    columns: shown.map((column) => ({ ...column, from: column.name })),
  }))
}
