import { z } from 'zod'
import { formatDay } from '../../base/format.ts'
import { addPeriods, type Grain, instantOf, moveInstant, startOfPeriod } from '../../base/periods.ts'
import { alignTypes, toMoment } from '../bind/align-types.ts'
import { isTime, typeNames } from '../bind/bind-comparison.ts'
import { type Bound, call } from '../bind/bound.ts'
import type { Checker, Scope } from '../check/checker.ts'
import { openScope } from '../check/grouping.ts'
import { checkNewName } from '../check/new-name.ts'
import { createColumn, type Relation, type RowGrain } from '../check/relation.ts'
import { isBelowDay, toDay, toInstant } from '../check/resolve-range.ts'
import { lowerExpression } from '../plan/lower-expression.ts'
import type { Repeat } from '../plan/plan.ts'
import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { parseExpression } from '../text/parse-expression.ts'
import { parseName } from '../text/parse-names.ts'
import { findUnit } from '../text/parse-range.ts'
import { quoteName } from '../text/quote.ts'
import type { Expression, Path, RepeatStep } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { placeNode } from '../tree/spans.ts'
import { describeExpression } from '../words/describe-expression.ts'
import { describeGrain } from '../words/describe-grain.ts'
import { defineStep } from './step.ts'

/** Most periods that an interval is looked back over, and the day before which there are none: not every engine knows earlier ones. */
const periodsMax = 10_000
const firstDay = '1900-01-01'
/** What began before is so long ago that nobody asks for it. */
const farDay = '1990-01-01'

interface BoundRepeat {
  readonly from: Bound
  readonly to: Bound
  /** The interval has begun by today, and its end is not before its begin. */
  readonly hasBegun: Bound
  readonly node: Pick<Repeat, 'argType' | 'grain' | 'mode' | 'period' | 'since' | 'until'>
}

function parseUnit(cursor: Cursor): Grain {
  const token = cursor.peek()
  const unit = token?.kind === 'word' ? findUnit(token.value) : undefined
  if (!unit) return cursor.expected('a unit of time', 'Write `repeat every month from started_at to ended_at`.')
  cursor.take()
  return unit
}

function parseRepeat(cursor: Cursor): RepeatStep {
  const start = cursor.mark()
  cursor.take()
  cursor.expectWord('every')
  const every = parseUnit(cursor)
  const at = cursor.acceptWord('at', 'start') ? 'start' : cursor.acceptWord('at', 'end') ? 'end' : undefined
  cursor.expectWord('from')
  const from = parseExpression(cursor)
  cursor.expectWord('to')
  const to = parseExpression(cursor)
  const name = cursor.acceptWord('as') ? parseName(cursor, 'a name') : undefined
  return cursor.place(start, {
    kind: 'repeat',
    every,
    ...(at === undefined ? {} : { at }),
    from,
    to,
    ...(name === undefined ? {} : { name }),
  })
}

/** Behind a range `to` would go on with it. */
const formatBegin = (from: Expression): string =>
  from.kind === 'path' || from.kind === 'call' ? formatExpression(from) : `(${formatExpression(from)})`

const formatRepeat = ({ every, at, from, to, name }: RepeatStep): string =>
  [
    `repeat every ${every}`,
    at === undefined ? '' : `at ${at}`,
    `from ${formatBegin(from)} to ${formatExpression(to)}`,
    name === undefined ? '' : `as ${quoteName(name)}`,
  ]
    .filter((part) => part !== '')
    .join(' ')

/** A begin or an end: a time that is as fine as the unit. */
function bindMoment(node: Expression, unit: Grain, scope: Scope): Bound {
  const { checker } = scope
  const bound = checker.bind(node, scope)
  if (bound.type === 'unknown' || (isTime(bound) && !(isBelowDay(unit) && bound.type === 'date'))) return bound
  return checker.report(node, {
    code: isTime(bound) ? 'range-too-fine' : 'type-mismatch',
    message: isTime(bound)
      ? `a date has no ${unit}s`
      : `an interval begins and ends with a date or time, and this is ${typeNames[bound.type]}`,
    hint: isTime(bound) ? 'Use a unit from day up.' : 'Name a date or time column.',
  })
}

/** First and last period: no more than can be counted back from today; at its end, only periods that have ended. */
function findReach({ every, at }: RepeatStep, { asOf, calendar }: Checker): Pick<Repeat, 'since' | 'until'> {
  const back = -(periodsMax - 1)
  if (isBelowDay(every)) {
    const end = instantOf(at === 'end' ? asOf : addPeriods(asOf, 1, 'day'), calendar)
    const until = moveInstant(end, -1, every, calendar)
    return { since: moveInstant(until, back, every, calendar), until }
  }
  const current = startOfPeriod(asOf, every, calendar)
  const until = at === 'end' ? addPeriods(current, -1, every) : current
  const since = addPeriods(until, back, every)
  return { since: since < firstDay ? startOfPeriod(addPeriods(firstDay, 1, every), every, calendar) : since, until }
}

/** Hours and minutes are counted back a year or a week: too near for nobody to notice. */
function warnOfReach(step: RepeatStep, begin: Bound, since: string, { bounds }: Relation, checker: Checker): void {
  const kept = begin.kind === 'column' ? bounds.get(begin.name)?.from : undefined
  const { calendar } = checker
  if (!isBelowDay(step.every) || (kept !== undefined && toInstant(kept, calendar) >= since)) return
  const day = formatDay(toDay(since, calendar))
  checker.report(step, {
    code: 'repeat-reach',
    severity: 'warning',
    message: `${step.every}s are counted back to ${day} only, ${periodsMax.toLocaleString('en')} of them`,
    hint: `Take a longer unit, or keep what began since, as in \`where ${formatExpression(step.from)} since ${addPeriods(toDay(since, calendar), 1, 'day')}\`.`,
  })
}

function checkRepeat(step: RepeatStep, before: Relation, checker: Checker) {
  const scope = openScope(checker, before)
  const { every } = step
  const begin = bindMoment(step.from, every, scope)
  // A unit that is too fine for the begin is so for the end: one mistake.
  const end = begin.type === 'unknown' ? begin : bindMoment(step.to, every, scope)
  const taken = new Set([
    ...before.columns.map((column) => column.name),
    ...Object.keys(before.rows?.scan.model.fields ?? {}),
  ])
  const unitPath: Path = { kind: 'path', parts: [every] }
  const span = checker.spanOf(step)
  const named = { ...(step.name === undefined ? {} : { name: step.name }), value: unitPath }
  const name = checkNewName(span ? placeNode(named, span) : named, every, taken, scope, (free) =>
    formatRepeat({ ...step, name: free }),
  )
  const type = isBelowDay(every) ? 'timestamp' : 'date'
  const { since, until } = findReach(step, checker)
  if (begin.type !== 'unknown') warnOfReach(step, begin, since, before, checker)
  const reach = {
    from: undefined,
    to: isBelowDay(every) ? undefined : addPeriods(until, 1, every),
    isLasting: true,
  } as const
  const depth = before.repeats.length + 1
  const column = createColumn({ name, type, label: name.replaceAll('_', ' '), bucket: every, bounds: reach, depth })
  const after: Relation = {
    ...before,
    columns: [...before.columns, column],
    grain: addKey(before.grain, name),
    repeats: [...before.repeats, { kind: 'periods', column: name, label: every }],
  }
  const pair = begin.type === 'unknown' || end.type === 'unknown' ? undefined : alignTypes(begin, end)
  if (!pair || (pair[0].type !== 'date' && pair[0].type !== 'timestamp')) return { after, bound: undefined }
  const [from, to] = pair
  const argType = pair[0].type
  const tomorrow = toMoment(addPeriods(checker.asOf, 1, 'day'), argType, checker.calendar)
  const bound: BoundRepeat = {
    from,
    to,
    hasBegun: call('less', 'boolean', from, tomorrow),
    node: { argType, grain: every, mode: step.at ?? 'any', period: { name, type }, since, until },
  }
  return { after, bound }
}

function addKey(grain: RowGrain, name: string): RowGrain {
  if (grain.kind === 'keys') return { kind: 'keys', keys: [...grain.keys, name] }
  return grain.kind === 'all' ? { kind: 'keys', keys: [name] } : grain
}

const whens = { any: 'in which', start: 'at whose start', end: 'at whose end' } as const

/** State over time from intervals: what was alive when. */
export const repeat = defineStep<RepeatStep, BoundRepeat | undefined>({
  kind: 'repeat',
  name: 'repeat',
  verb: 'repeat',
  summary:
    'One row for each period in which an interval was alive (`at start`, `at end`: at that moment of it), from its begin up to but without its end; an empty end means still alive, and nothing goes beyond today.',
  grammar: ['repeat every <unit> [at start | at end] from <begin> to <end> [as <name>]'],
  example:
    'from subscription\nrepeat every month from started_at to ended_at\ngroup by month: mrr = sum(mrr)\nchart line month, mrr',
  shape: {
    every: shapes.unit,
    at: shapes.optional(z.enum(['start', 'end'])),
    from: shapes.expression,
    to: shapes.expression,
    name: shapes.optional(shapes.name),
  },
  parse: parseRepeat,
  format: formatRepeat,
  check: checkRepeat,
  describe: (repeated, { before, checker }) => {
    const { every, at, from, to } = repeated
    const first = toDay(findReach(repeated, checker).since, checker.calendar)
    const since = first > farDay ? `, from ${formatDay(first)}` : ''
    const scope = openScope(checker, before)
    const interval = `from ${describeExpression(from, scope)} to ${describeExpression(to, scope)}`
    return `Make one row for each ${every} ${whens[at ?? 'any']} the ${describeGrain(before)} was there, ${interval}${since}; up to ${formatDay(checker.asOf)}, where it has not ended`
  },
  lower: (bound, builder) => {
    if (!bound) return
    const where = lowerExpression(bound.hasBegun, builder)
    const [from, to] = [lowerExpression(bound.from, builder), lowerExpression(bound.to, builder)]
    builder.push((input, step) => ({ op: 'filter', step, input, where }))
    builder.push((input, step) => ({ op: 'repeat', step, input, from, to, ...bound.node }))
  },
})
