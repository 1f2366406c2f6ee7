import type { Grain } from '../../base/periods.ts'
import type { Checker } from '../check/checker.ts'
import type { ColumnType, Expression } from '../plan/plan.ts'
import { formatDuration } from '../text/format-expression.ts'
import type { Duration } from '../tree/ast.ts'
import { apply, number, write } from './expressions.ts'

const seconds: Partial<Record<Grain, number>> = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 }

/** The time from one moment to another: in days between dates, else in seconds. */
export const elapsed = (from: Expression, to: Expression, type: ColumnType): Expression =>
  apply(type === 'date' ? 'days_between' : 'seconds_between', from, to)

const lengthOf = ({ count, unit }: Duration, type: ColumnType): Expression =>
  write('number', (count * (seconds[unit] ?? 0)) / (type === 'date' ? 86_400 : 1))

/** Whether more than `length` lies between two moments. */
export const exceeds = (from: Expression, to: Expression, type: ColumnType, length: Duration): Expression =>
  apply('greater', elapsed(from, to, type), lengthOf(length, type))

/** Whether at most `length` lies between two moments. */
export const isWithin = (from: Expression, to: Expression, type: ColumnType, length: Duration): Expression =>
  apply('less_or_equal', elapsed(from, to, type), lengthOf(length, type))

/** In days, with fractions. */
export const elapsedDays = (from: Expression, to: Expression, type: ColumnType): Expression =>
  type === 'date' ? elapsed(from, to, type) : apply('divide', elapsed(from, to, type), number(86_400))

export const elapsedMinutes = (from: Expression, to: Expression, type: ColumnType): Expression =>
  type === 'date'
    ? apply('multiply', elapsed(from, to, type), number(1_440))
    : apply('divide', elapsed(from, to, type), number(60))

/** Whether a stretch can be held against times of `type`: months differ in length, and dates have no hours. */
export function checkStretch(stretch: Duration, type: string, step: object, checker: Checker): boolean {
  const { unit, count } = stretch
  if (seconds[unit] === undefined) {
    const days = count * (unit === 'month' ? 30 : unit === 'quarter' ? 91 : 365)
    checker.report(step, {
      code: 'stretch-varies',
      message: `${formatDuration(stretch)} may be longer or shorter`,
      hint: `Write minutes, hours, days or weeks, as \`${days} days\`.`,
    })
    return false
  }
  if (type !== 'date' || seconds[unit] >= 86_400) return true
  checker.report(step, {
    code: 'range-too-fine',
    message: 'a date has no hours or minutes',
    hint: 'Write days or weeks.',
  })
  return false
}
