import type { Bound, BoundColumn } from '../bind/bound.ts'
import type { BoundKey } from '../check/grouping.ts'
import {
  type Builder,
  knownType,
  lowerExpression,
  lowering,
  materialise,
  startBuilder,
} from '../plan/lower-expression.ts'
import { lowerChainRows } from '../plan/lower-related.ts'
import type { Column, Values } from '../plan/plan.ts'
import type { Duration } from '../tree/ast.ts'
import type { FunnelStep } from '../tree/ast-product.ts'
import type { Events } from './bind-events.ts'
import { aggregate, all, apply, choose, isPresent, number, read, write } from './expressions.ts'
import { lowerKeys } from './lower-keys.ts'
import { lowerRuns, type StagedEvents } from './lower-stages.ts'

export interface BoundFunnel {
  readonly mode: FunnelStep['mode']
  readonly within: Duration | undefined
  readonly stages: readonly { readonly name: string; readonly condition: Bound }[]
  readonly keys: readonly BoundKey[]
  readonly events: Events
  /** What identifies an event, to put those of one moment in order. */
  readonly event: readonly BoundColumn[]
  /** What the number of rows is called. */
  readonly count: string
}

export const funnelColumns = ['stage', 'stage_number', 'share_of_first', 'share_of_previous', 'median_days'] as const

const countColumn = (name: string): Column => ({ name, type: 'number' })

/** The events that matter, in order: by time, at one moment by the first stage that they meet, then by their key. */
function lowerEvents({ events, event, stages, mode, within }: BoundFunnel, below: Builder): StagedEvents {
  const { names } = below
  const type = knownType(events.time.type)
  if (events.where) {
    const where = lowerExpression(events.where, below)
    below.push((input, step) => ({ op: 'filter', step, input, where }))
  }
  const per = events.keys.map((key) => materialise(key, below, 'whose'))
  const own = event.map((column) => materialise(column, below, 'event_key'))
  const at = materialise(events.time, below, 'event_at')
  const conditions = stages.map(({ condition }) => lowerExpression(condition, below))
  const isAny = mode === 'strict' ? undefined : conditions.length > 1 ? apply('or', ...conditions) : conditions[0]
  below.push((input, step) => ({ op: 'filter', step, input, where: all(isPresent(read(at)), isAny) }))
  const meets = stages.map((_, index) => names.take(`is_stage_${index + 1}`))
  below.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: meets.map((name, index) => ({ name, type: 'boolean', value: conditions[index]! })),
  }))
  const first = names.take('first_stage')
  const cases = meets.map((meet, index) => [read(meet), number(index + 1)] as const)
  below.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [{ ...countColumn(first), value: choose('number', cases, number(stages.length + 1)) }],
  }))
  const by = [at, first, ...own].map((name) => ({ name, descending: false }))
  return { mode, within, per, at, type, by, meets }
}

/** The number of the furthest stage beside each row, and the days that each stage took it: columns that are looked up. */
function lowerReached(bound: BoundFunnel, builder: Builder) {
  const { events } = bound
  const { step, names } = builder
  for (const column of events.outer) lowerExpression(column, builder)
  const below = startBuilder(lowerChainRows(events.rows, events.reach, builder, lowering), builder)
  const staged = lowerEvents(bound, below)
  const { ends, days } = lowerRuns(staged, below)
  const [reached, furthest] = [names.take('stage_reached'), names.take('furthest_stage')]
  const cases = ends.map((end, index) => [isPresent(read(end)), number(index + 1)] as const).toReversed()
  below.push((input) => ({
    op: 'extend',
    step,
    input,
    columns: [{ ...countColumn(reached), value: choose('number', cases, number(0)) }],
  }))
  const took = days.map((_, index) => names.take(`days_to_${index + 2}`))
  below.push((input) => ({
    op: 'aggregate',
    step,
    input,
    keys: staged.per.map((name, place) => ({
      name,
      type: knownType(events.keys[place]!.type),
      value: read(name),
    })),
    measures: [
      { ...countColumn(furthest), aggregate: aggregate('max', read(reached)) },
      ...took.map((name, index) => ({ ...countColumn(name), aggregate: aggregate('min', read(days[index]!)) })),
    ],
  }))
  builder.push((input) => ({
    op: 'lookup',
    step,
    input,
    to: below.node(),
    on: events.outer.map((left, place) => ({ left: left.name, right: staged.per[place]! })),
    columns: [...[furthest, ...took].map((name) => ({ ...countColumn(name), from: name }))],
  }))
  return { furthest, took }
}

const writeStages = ({ stages }: BoundFunnel, step: number): Values => ({
  op: 'values',
  step,
  title: 'stages',
  columns: [{ name: 'stage', type: 'text' }, countColumn('stage_number')],
  rows: stages.map(({ name }, index) => [write('text', name), number(index + 1)]),
})

/** What each row reached is counted for all stages at once; then each stage takes its own number. */
export function lowerFunnel(bound: BoundFunnel, builder: Builder): void {
  const { stages, count } = bound
  const { names } = builder
  const keys = lowerKeys(bound.keys, builder)
  const { furthest, took } = lowerReached(bound, builder)
  const counts = stages.map((_, index) => names.take(`reached_stage_${index + 1}`))
  const medians = took.map((_, index) => names.take(`median_days_${index + 2}`))
  const measures = [
    ...counts.map((name, index) => {
      const where = apply('greater_or_equal', read(furthest), number(index + 1))
      return { ...countColumn(name), aggregate: aggregate('count', undefined, where) }
    }),
    ...medians.map((name, index) => ({ ...countColumn(name), aggregate: aggregate('median', read(took[index]!)) })),
  ]
  builder.push((input, step) => ({ op: 'aggregate', step, input, keys, measures }))
  const ofStage = (columns: readonly string[], first: number) =>
    columns.map((name, index) => [apply('equals', read('stage_number'), number(index + first)), read(name)] as const)
  builder.push((input, step) => {
    const to = writeStages(bound, step)
    return { op: 'expand', step, input, to, on: [], columns: to.columns.map((one) => ({ ...one, from: one.name })) }
  })
  const before = names.take('reached_before')
  const columns = [
    { name: count, cases: ofStage(counts, 1) },
    { name: before, cases: ofStage(counts.slice(0, -1), 2) },
    ...(medians.length > 0 ? [{ name: 'median_days', cases: ofStage(medians, 2) }] : []),
  ]
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: columns.map(({ name, cases }) => ({ ...countColumn(name), value: choose('number', cases) })),
  }))
  const share = (of: string) => apply('divide', read(count), read(of))
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [
      { ...countColumn('share_of_first'), value: share(counts[0]!) },
      { ...countColumn('share_of_previous'), value: share(before) },
    ],
  }))
  const shown: readonly Column[] = [
    { name: 'stage', type: 'text' },
    ...keys.map(({ value: _, ...column }) => column),
    ...['stage_number', count, 'share_of_first', 'share_of_previous'].map(countColumn),
    ...(medians.length > 0 ? [countColumn('median_days')] : []),
  ]
  builder.push((input, step) => ({
    op: 'project',
    step,
    input,
    columns: shown.map((column) => ({ ...column, from: column.name })),
  }))
}
