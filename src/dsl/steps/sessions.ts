import type { Bound } from '../bind/bound.ts'
import type { Checker } from '../check/checker.ts'
import { type BoundKey, bindKey, openScope } from '../check/grouping.ts'
import { findBounds } from '../check/read-bounds.ts'
import { createColumn, type Relation } from '../check/relation.ts'
import { useColumn } from '../check/rows.ts'
import { bindEventTime, checkModelRows } from '../product/bind-events.ts'
import { checkStretch } from '../product/lengths.ts'
import { type BoundSessions, lowerSessions, sessionColumns } from '../product/lower-sessions.ts'
import { relateKeys } from '../product/relate-keys.ts'
import { parseDuration } from '../product/step-parts.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatDuration, formatNamed } from '../text/format-expression.ts'
import { parseList, parseNamed } from '../text/parse-list.ts'
import type { SessionsStep } from '../tree/ast-product.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows, pluralise } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

const gapHint = 'Say after how long a silence a new session starts, as `gap 30 minutes`.'

function parseSessions(cursor: Cursor): SessionsStep {
  const start = cursor.mark()
  cursor.take()
  const word = cursor.peek()?.span
  if (word && cursor.acceptWord('by'))
    cursor.report({
      code: 'foreign-words',
      message: 'sessions are kept apart `per` somebody',
      hint: 'Write `sessions per user gap 30 minutes`.',
      span: word,
      fixes: [{ title: 'by → per', span: word, text: 'per' }],
    })
  else if (!cursor.acceptWord('per'))
    cursor.expected('`per`', 'Say whose sessions they are, as `sessions per user gap 30 minutes`.')
  const per = parseList(cursor, parseNamed)
  if (!cursor.acceptWord('gap')) cursor.expected('`gap`', gapHint)
  return cursor.place(start, { kind: 'sessions', per, gap: parseDuration(cursor, gapHint) })
}

interface CheckedSessions {
  readonly keys: readonly BoundKey[]
  readonly events: string
  readonly time: Bound
  readonly bound?: BoundSessions
}

function checkSessions(step: SessionsStep, before: Relation, checker: Checker): CheckedSessions | undefined {
  const { rows } = before
  if (!checkModelRows(step, before, checker, step) || !rows) return undefined
  const { model } = rows.scan
  const events = pluralise(model.name)
  const scope = openScope(checker, before)
  const taken = new Set<string>([...sessionColumns, events])
  const keys = step.per.map((named) => {
    const key = bindKey(named, scope, taken)
    taken.add(key.column.name)
    return key
  })
  const time = bindEventTime(model, rows, step, checker)
  const known = { keys, events, time }
  if (time.type === 'unknown' || !checkStretch(step.gap, time.type, step, checker)) return known
  const event = model.key.map((column) => useColumn(rows, column, checker.names))
  const bound: BoundSessions = { keys, time, event, gap: step.gap, events }
  return { ...known, bound }
}

/** Events that follow one another without a long silence. */
export const sessions = defineStep<SessionsStep, BoundSessions | undefined>({
  kind: 'sessions',
  name: 'sessions',
  verb: 'sessions',
  summary:
    'One row per session of a model of events: what follows one another without a silence longer than the gap. `session` counts from 1 for each `per`; `started_at`, `ended_at`, the number of events under the plural of their model, and `minutes` from the first to the last. Events without a time are in none.',
  grammar: ['sessions per <keys> gap <n> <unit>'],
  example:
    'from event\nsessions per user gap 30 minutes\ngroup all: sessions = count(), median_minutes = median(minutes)',
  shape: { per: shapes.list(shapes.named).min(1), gap: shapes.duration },
  parse: parseSessions,
  format: ({ per, gap }) => `sessions per ${per.map(formatNamed).join(', ')} gap ${formatDuration(gap)}`,
  check: (step, before, checker) => {
    const { bound, keys = [], events = 'events', time } = checkSessions(step, before, checker) ?? {}
    const session = createColumn({ name: 'session', type: 'number' })
    const timeType = time?.type ?? 'unknown'
    const bounds = time && findBounds(time, before)
    const measures = [
      createColumn({ name: 'started_at', type: timeType, bounds }),
      createColumn({ name: 'ended_at', type: timeType, bounds }),
      createColumn({ name: events, type: 'number' }),
      createColumn({ name: 'minutes', type: 'number' }),
    ]
    return { after: relateKeys([...keys.map(({ column }) => column), session], measures, keys, checker), bound }
  },
  describe: ({ gap }, { before, bound, checker }) => {
    const rows = describeRows(openScope(checker, before))
    const per = (bound?.keys ?? []).map(({ column }) => column.label).join(' and ')
    return `Put the ${rows} of each ${per} into sessions, one row each: a new one starts after more than ${formatDuration(gap)} without any`
  },
  lower: (bound, builder) => {
    if (bound) lowerSessions(bound, builder)
  },
})
