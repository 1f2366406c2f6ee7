import { addPeriods, moveInstant } from '../../base/periods.ts'
import type { Scope } from '../check/checker.ts'
import { isBelowDay } from '../check/resolve-range.ts'
import type { EdgeFunction } from '../functions/function.ts'
import { isBucket } from '../functions/index.ts'
import type { MovedUnit } from '../plan/plan.ts'
import { formatDuration, formatExpression } from '../text/format-expression.ts'
import { findUnit } from '../text/parse-range.ts'
import type { Binary, Call, Duration, Expression } from '../tree/ast.ts'
import { isTime, typeNames } from './bind-comparison.ts'
import { replaceWith } from './bind-path.ts'
import { type Bound, call, literal, unknown } from './bound.ts'
import { readStretch, type Stretch } from './stretch.ts'

/** Days in a unit, about: what a stretch may be at most is reckoned in them. */
const daysIn = { minute: 1 / 1440, hour: 1 / 24, day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const
const daysMax = 366_000

/** A time so many periods later; one that is written out is moved here and now. */
function moveBound(time: Bound, count: number, grain: Duration['unit'], { checker }: Scope): Bound {
  const { value } = time.kind === 'literal' ? time : { value: undefined }
  if (typeof value === 'string' && time.type === 'date') return literal('date', addPeriods(value, count, grain))
  if (typeof value === 'string' && isBelowDay(grain))
    return literal('timestamp', moveInstant(value, count, grain, checker.calendar))
  return { kind: 'moved', type: time.type, arg: time, count, grain }
}

/** The units that a number of a row is counted in, and how many of them the written one is. */
const units: Readonly<Record<Duration['unit'], readonly [MovedUnit, number]>> = {
  minute: ['second', 60],
  hour: ['second', 3600],
  day: ['day', 1],
  week: ['day', 7],
  month: ['month', 1],
  quarter: ['month', 3],
  year: ['month', 12],
}
const unitDays: Readonly<Record<MovedUnit, number>> = { second: 1 / 86_400, day: 1, month: 31 }

/** A time so often a stretch later; to whole seconds, days or months, and empty beyond a thousand years. */
function moveByRow(time: Bound, { duration, times }: Stretch & { times: Expression }, sign: 1 | -1, scope: Scope) {
  const { checker } = scope
  const factor = checker.bind(times, scope)
  if (factor.type === 'unknown') return unknown
  if (factor.type !== 'number')
    return checker.report(times, {
      code: 'type-mismatch',
      message: `a length of time is taken so often as a number says, and this is ${typeNames[factor.type]}`,
      hint: 'Name a number, as in `created_at + seats * 1 day`.',
    })
  const [unit, size] = units[duration.unit]
  const each = sign * duration.count * size
  const by = call('round', 'number', each === 1 ? factor : call('multiply', 'number', factor, literal('number', each)))
  const most = literal('number', Math.floor(daysMax / unitDays[unit]))
  const isNear = call('less_or_equal', 'boolean', call('abs', 'number', by), most)
  const bounded = call('when', 'number', isNear, by, literal('number', null))
  return { kind: 'moved_by', type: time.type, arg: time, by: bounded, grain: unit } as const
}

/** `created_at + 3 days`, `3 days + created_at`, `renews_on - 1 month`, `started_at + slots * 30 minutes`. */
export function bindMoved(node: Binary, scope: Scope): Bound {
  const { checker } = scope
  const { left, right, operator } = node
  const [behind, before] = [readStretch(right), readStretch(left)]
  const stretch = behind ?? before
  if (!stretch || (behind && before) || (operator === '-' && stretch === before))
    return checker.report(node, {
      code: 'duration-here',
      message: `\`${formatExpression(node)}\` is no time: a length of time is added to one, or taken off`,
      hint: 'Write the time first, as in `created_at + 3 days`.',
    })
  const { duration, times } = stretch
  const moved = behind ? left : right
  const time = checker.bind(moved, scope)
  if (time.type === 'unknown') return unknown
  if (!isTime(time))
    return checker.report(moved, {
      code: 'type-mismatch',
      message: `\`${formatExpression(stretch.node)}\` go to a time, and this is ${typeNames[time.type]}`,
      hint: 'Name a date or time; a text is read by `date(…)`.',
    })
  if (time.type === 'date' && isBelowDay(duration.unit))
    return checker.report(duration as Expression, {
      code: 'range-too-fine',
      message: 'a date has no hours or minutes',
      hint: 'Use a unit from day up.',
    })
  if (duration.count * daysIn[duration.unit] > daysMax)
    return checker.report(duration as Expression, {
      code: 'stretch-too-long',
      message: `\`${formatDuration(duration)}\` are more than a thousand years`,
      hint: 'Use a shorter stretch.',
    })
  if (times) return moveByRow(time, { ...stretch, times }, operator === '-' ? -1 : 1, scope)
  return moveBound(time, operator === '-' ? -duration.count : duration.count, duration.unit, scope)
}

/** The unit that an argument names: `month` is no column there. */
function readUnit(node: Expression | undefined): Duration['unit'] | undefined {
  if (node?.kind === 'text') return findUnit(node.value)
  return node?.kind === 'path' && node.parts.length === 1 ? findUnit(node.parts[0] ?? '') : undefined
}

/** What a call with its unit elsewhere means: `end_of(x, month)`, `end_of(month(x))`. */
function findMeant({ args }: Call): readonly Expression[] | undefined {
  const [first, second, third] = args
  if (first && readUnit(second) && !third) return [second!, first]
  if (first?.kind !== 'call' || second || !isBucket(first.name)) return undefined
  return [{ kind: 'path', parts: [first.name] }, ...first.args]
}

/** `start_of(month, x)` and `end_of(month, x)`: the first and the last day of the period. */
export function bindEdge(node: Call, { edge, signature }: EdgeFunction, scope: Scope): Bound {
  const { checker } = scope
  const [first, second, ...more] = node.args
  const unit = readUnit(first)
  if (!unit || !second || more.length > 0 || (edge === 'end' && isBelowDay(unit))) {
    const meant = unit ? undefined : findMeant(node)
    const text = meant && formatExpression({ ...node, args: meant })
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` takes a unit${edge === 'end' ? ' from day up' : ''} and a time`,
      hint: `Write \`${text ?? signature}\`.`,
      fixes: text === undefined ? [] : replaceWith(node, scope, text),
    })
  }
  const time = checker.bind(second, scope)
  if (time.type === 'unknown') return unknown
  if (!isTime(time) || (isBelowDay(unit) && time.type === 'date'))
    return checker.report(second, {
      code: 'type-mismatch',
      message: `\`${node.name}\` takes ${isBelowDay(unit) ? 'a time with hours' : 'a date or time'}, and this is ${typeNames[time.type]}`,
      hint: `Write \`${signature}\`.`,
    })
  const start: Bound = { kind: 'bucket', type: isBelowDay(unit) ? 'timestamp' : 'date', grain: unit, arg: time }
  return edge === 'start' || unit === 'day' ? start : moveBound(moveBound(start, 1, unit, scope), -1, 'day', scope)
}
