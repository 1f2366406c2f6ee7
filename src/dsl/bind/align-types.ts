import type { Calendar } from '../../base/periods.ts'
import { toInstant } from '../check/resolve-range.ts'
import { type Bound, literal } from './bound.ts'

/** A moment as the literal that a column of `type` is compared with. */
export const toMoment = (moment: string, type: 'date' | 'timestamp', calendar: Calendar): Bound =>
  type === 'date' ? literal('date', moment) : literal('timestamp', toInstant(moment, calendar))

/** Two values as one type: a time beside a date counts as its day. */
export function alignTypes(left: Bound, right: Bound): readonly [Bound, Bound] | undefined {
  const toDay = (value: Bound): Bound => ({ kind: 'bucket', type: 'date', grain: 'day', arg: value })
  if (left.type === right.type) return [left, right]
  if (left.type === 'date' && right.type === 'timestamp') return [left, toDay(right)]
  if (left.type === 'timestamp' && right.type === 'date') return [toDay(left), right]
  return undefined
}
