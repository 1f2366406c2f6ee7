import { literal } from '../bind/bound.ts'
import type { Scope } from './checker.ts'
import { findOwnTime, type Moment } from './moment.ts'
import { findField, type Rows, useColumn } from './rows.ts'

/**
 * The moment at which paths from `start` look into histories: what `as_of` says, else when the row happened (or the metric's time), else
 * the day that is today.
 */
export function findMoment(start: Rows, scope: Scope): Moment {
  if (scope.moment) return scope.moment
  const { checker } = scope
  if (start.time === undefined) return { value: literal('date', checker.asOf), name: '' }
  const { model } = start.scan
  const isOwn = start.time === findOwnTime(model)
  const name = isOwn ? '' : (findField(model, start.time)?.name ?? start.time)
  return { value: useColumn(start, start.time, checker.names), name }
}
