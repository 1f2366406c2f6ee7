import type { Builder } from '../plan/lower-expression.ts'
import type { Column, ColumnType, Expression, Window } from '../plan/plan.ts'
import type { Duration } from '../tree/ast.ts'
import type { FunnelStep } from '../tree/ast-product.ts'
import { aggregate, all, apply, choose, isPresent, number, read } from './expressions.ts'
import { elapsedDays, isWithin } from './lengths.ts'

/** The events of a funnel as columns: whose they are, when, in which order, and which stages each meets. */
export interface StagedEvents {
  readonly mode: FunnelStep['mode']
  readonly within: Duration | undefined
  readonly per: readonly string[]
  readonly at: string
  readonly type: ColumnType
  readonly by: Window['by']
  /** One for each stage: true or false. */
  readonly meets: readonly string[]
}

/** Columns that are not empty where an event ends a run through the stages up to one, and how many days the last step of it took. */
export interface Runs {
  readonly ends: readonly string[]
  /** From the second stage on; none where stages come in any order. */
  readonly days: readonly string[]
}

type Running = Column & { readonly of: Expression }

/** The largest values so far; of the events before this one with `isBefore`. */
function pushRunning(
  { per, by }: StagedEvents,
  columns: readonly Running[],
  isBefore: boolean,
  builder: Builder,
): void {
  const calls: Window['columns'] = columns.map(({ of, ...column }) => ({
    ...column,
    call: { fn: 'running', aggregate: aggregate('max', of), ...(isBefore ? { isBefore: true as const } : {}) },
  }))
  builder.push((input, step) => ({ op: 'window', step, input, per, by, columns: calls }))
}

function pushPlace({ per, by }: StagedEvents, name: string, builder: Builder): void {
  const columns: Window['columns'] = [{ name, type: 'number', call: { fn: 'row_number' } }]
  builder.push((input, step) => ({ op: 'window', step, input, per, by, columns }))
}

/**
 * Stage by stage, for each event that meets one: the latest moment at which a run through the stages up to it began, and how long ago the
 * stage before it was. The latest begin is always the best one: a run that fits the window from an earlier begin fits it from a later one,
 * and the event that ended the stage before last is the one whose run began last.
 */
function runInOrder(events: StagedEvents, builder: Builder): Runs {
  const { mode, at, type, meets } = events
  const { names } = builder
  const place = mode === 'strict' ? names.take('place') : undefined
  if (place !== undefined) pushPlace(events, place, builder)
  const first = names.take('began_1')
  const value = choose(type, [[read(meets[0]!), read(at)]])
  builder.push((input, step) => ({ op: 'extend', step, input, columns: [{ name: first, type, value }] }))
  const ends = [first]
  const days: string[] = []
  for (const [index, meet] of meets.slice(1).entries()) {
    const { end, took } = pushStage(events, { meet, before: ends[index]!, place, number: index + 2 }, builder)
    ends.push(end)
    days.push(took)
  }
  return { ends, days }
}

interface Stage {
  readonly meet: string
  /** Where runs through the stage before began. */
  readonly before: string
  /** The place of an event among all of them, for stages that follow one another directly. */
  readonly place: string | undefined
  readonly number: number
}

function pushStage({ within, at, type, ...events }: StagedEvents, stage: Stage, builder: Builder) {
  const { names } = builder
  const name = (wanted: string) => names.take(`${wanted}_${stage.number}`)
  const [begin, last, lastPlace, end, took] = ['since', 'last', 'last_place', 'began', 'days'].map(name) as [
    string,
    string,
    string,
    string,
    string,
  ]
  const ofRuns = (value: string, as: ColumnType) => choose(as, [[isPresent(read(stage.before)), read(value)]])
  const running: readonly Running[] = [
    { name: begin, type, of: read(stage.before) },
    { name: last, type, of: ofRuns(at, type) },
    ...(stage.place === undefined
      ? []
      : [{ name: lastPlace, type: 'number', of: ofRuns(stage.place, 'number') } as const]),
  ]
  pushRunning({ within, at, type, ...events }, running, true, builder)
  const reached = all(
    read(stage.meet),
    within ? isWithin(read(begin), read(at), type, within) : isPresent(read(begin)),
    stage.place === undefined
      ? undefined
      : apply('equals', read(lastPlace), apply('subtract', read(stage.place), number(1))),
  )
  const columns = [
    { name: end, type, value: choose(type, [[reached, read(begin)]]) },
    {
      name: took,
      type: 'number',
      value: choose('number', [[reached, elapsedDays(read(last), read(at), type)]]),
    } as const,
  ]
  builder.push((input, step) => ({ op: 'extend', step, input, columns }))
  return { end, took }
}

/** When each stage was last met, up to each event; stages are reached together when all of these lie within the window that ends there. */
function runInAnyOrder(events: StagedEvents, builder: Builder): Runs {
  const { within, type, at, meets } = events
  const { names } = builder
  const last = meets.map((_, index) => names.take(`last_${index + 1}`))
  const running = meets.map((meet, index) => {
    return { name: last[index]!, type, of: choose(type, [[read(meet), read(at)]]) }
  })
  pushRunning(events, running, false, builder)
  const isNear = last.map((one) => (within ? isWithin(read(one), read(at), type, within) : isPresent(read(one))))
  const ends = meets.map((_, index) => names.take(`reached_${index + 1}`))
  const columns = ends.map((name, index) => {
    const value = choose('number', [[all(...isNear.slice(0, index + 1)), number(1)]])
    return { name, type: 'number', value } as const
  })
  builder.push((input, step) => ({ op: 'extend', step, input, columns }))
  return { ends, days: [] }
}

/** Runs through the stages, in work that grows with the number of events and not with its square. */
export const lowerRuns = (events: StagedEvents, builder: Builder): Runs =>
  events.mode === 'any' ? runInAnyOrder(events, builder) : runInOrder(events, builder)
