import type { Bound, BoundColumn } from '../bind/bound.ts'
import type { BoundKey } from '../check/grouping.ts'
import { type Builder, knownType, lowerExpression } from '../plan/lower-expression.ts'
import type { Duration } from '../tree/ast.ts'
import { aggregate, apply, choose, isPresent, number, read } from './expressions.ts'
import { elapsedMinutes, exceeds } from './lengths.ts'
import { lowerKeys } from './lower-keys.ts'

export interface BoundSessions {
  readonly keys: readonly BoundKey[]
  readonly time: Bound
  /** What identifies an event, to tell those of one moment apart. */
  readonly event: readonly BoundColumn[]
  readonly gap: Duration
  /** What the number of events is called. */
  readonly events: string
}

export const sessionColumns = ['session', 'started_at', 'ended_at', 'minutes'] as const

/** An event starts a session when none was there for longer than the gap: sessions are the running count of such events. */
export function lowerSessions({ keys: given, time, event, gap, events }: BoundSessions, builder: Builder): void {
  const { names } = builder
  const type = knownType(time.type)
  const keys = lowerKeys(given, builder)
  const at = names.take('event_at')
  const value = lowerExpression(time, builder)
  for (const column of event) lowerExpression(column, builder)
  builder.push((input, step) => ({ op: 'filter', step, input, where: isPresent(value) }))
  const own = keys.map((key) => ({ ...key, name: names.take(`of_${key.name}`) }))
  builder.push((input, step) => ({ op: 'extend', step, input, columns: [...own, { name: at, type, value }] }))
  const per = given.flatMap(({ column, identity }) => {
    const names = identity.length > 0 ? identity.map(({ name }) => name) : [column.name]
    return names.map((name) => own[keys.findIndex((key) => key.name === name)]!.name)
  })
  const by = [at, ...event.map(({ name }) => name)].map((name) => ({ name, descending: false }))
  const [before, isStart, session] = [names.take('event_before'), names.take('is_start'), names.take('session_of')]
  const last = { fn: 'running', aggregate: aggregate('max', read(at)), isBefore: true } as const
  builder.push((input, step) => ({
    op: 'window',
    step,
    input,
    per,
    by,
    columns: [{ name: before, type, call: last }],
  }))
  const starts = apply('or', apply('is_empty', read(before)), exceeds(read(before), read(at), type, gap))
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [{ name: isStart, type: 'number', value: choose('number', [[starts, number(1)]], number(0)) }],
  }))
  const count = { fn: 'running', aggregate: aggregate('sum', read(isStart)) } as const
  builder.push((input, step) => ({
    op: 'window',
    step,
    input,
    per,
    by,
    columns: [{ name: session, type: 'number', call: count }],
  }))
  builder.push((input, step) => ({
    op: 'aggregate',
    step,
    input,
    keys: [
      ...keys.map(({ name, type: as }, place) => ({ name, type: as, value: read(own[place]!.name) })),
      { name: 'session', type: 'number', value: read(session) },
    ],
    measures: [
      { name: 'started_at', type, aggregate: aggregate('min', read(at)) },
      { name: 'ended_at', type, aggregate: aggregate('max', read(at)) },
      { name: events, type: 'number', aggregate: aggregate('count') },
    ],
  }))
  const minutes = elapsedMinutes(read('started_at'), read('ended_at'), type)
  builder.push((input, step) => ({
    op: 'extend',
    step,
    input,
    columns: [{ name: 'minutes', type: 'number', value: minutes }],
  }))
}
