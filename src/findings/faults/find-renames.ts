import type { SliceValue } from '../../hypotheses/hypothesis.ts'
import type { SliceSpace } from '../candidate.ts'
import { floors, isNotable } from '../choose-candidates.ts'
import { type Movement, measureMovement, type Window } from '../explain/measure-movement.ts'
import { addParts, type Parts } from '../explain/parts.ts'

/** Rows of one value of a field, one entry a period. */
export interface ValueRows {
  readonly value: SliceValue['value']
  readonly rows: Float64Array
}

/** Two values that are one under two names. */
export interface Rename {
  readonly from: SliceValue['value']
  readonly to: SliceValue['value']
  /** From the first period under the new name (or the first without the old one) to the end. */
  readonly window: Window
  readonly since: number
  /** Both names as one, in the window. */
  readonly together: Movement
}

type Clock = Pick<SliceSpace, 'excluded' | 'season'>

/** Part of a usual period's rows from which on a value is there: single late rows are not. */
const presentShare = 0.1
/** Part of the rows that may still come under the old name, or came early under the new one. */
const stragglersMax = 0.02
/** Fewest rows that must be missed of the old name and be there of the new one. */
const rowsMin = 20
/** Rows of the old name that may have been expected between its last period and the first of the new one: as few can be missing by chance. */
const gapRowsMax = 3
/** Share by which both together may differ from what the old name lets expect, however few rows there are to tell. */
const changeMax = 0.5

const sum = (rows: Float64Array, from: number, to = rows.length): number => {
  let total = 0
  for (let at = Math.max(0, from); at < to; at++) total += rows[at]!
  return total
}

const toCounts = (rows: Float64Array): Parts => ({ kind: 'count', total: rows, weight: undefined, rows })

const measure = (rows: Float64Array, window: Window, clock: Clock): Movement | undefined =>
  window.to > window.from ? measureMovement({ parts: toCounts(rows), window, ...clock }) : undefined

/** First and last period in which a value is there; undefined where it never is. */
function findSpan(rows: Float64Array): { readonly first: number; readonly last: number } | undefined {
  const busy = rows.filter((count) => count > 0)
  const least = (presentShare * sum(busy, 0)) / busy.length
  const isThere = (count: number) => count > 0 && count >= least
  const first = rows.findIndex(isThere)
  return first < 0 ? undefined : { first, last: rows.findLastIndex(isThere) }
}

interface Ended {
  readonly value: SliceValue['value']
  readonly rows: Float64Array
  /** The first period without it. */
  readonly end: number
}

function findEnded({ value, rows }: ValueRows, clock: Clock): readonly Ended[] {
  const span = findSpan(rows)
  const end = (span?.last ?? 0) + 1
  const missed = span && measure(rows, { from: end, to: rows.length }, clock)
  if (!missed || missed.expected < rowsMin || missed.actual > stragglersMax * missed.expected) return []
  return [{ value, rows, end }]
}

interface Begun {
  readonly value: SliceValue['value']
  readonly rows: Float64Array
  readonly start: number
}

function findBegun({ value, rows }: ValueRows): readonly Begun[] {
  const start = findSpan(rows)?.first ?? 0
  const since = sum(rows, start)
  return start > 0 && since >= rowsMin && sum(rows, 0, start) <= stragglersMax * since ? [{ value, rows, start }] : []
}

/** Whether one begins when the other ends: within a period, or so close that by chance no row lay between. */
function isAtOnce({ rows, end }: Ended, { start }: Begun, clock: Clock): boolean {
  if (Math.abs(start - end) <= 1) return true
  const between = start > end ? measure(rows, { from: end, to: start }, clock) : undefined
  return between !== undefined && between.expected <= gapRowsMax
}

/**
 * Values of one field of which one ends when the other begins, with as many rows as before within noise: one value under two names. Each
 * is renamed once; a value that is split or merged is none of these. What began more than 90 days (13 weeks) ago is left out.
 */
export function findRenames(values: readonly ValueRows[], clock: Clock): readonly Rename[] {
  const known = values.filter(({ value }) => value !== null && value !== '')
  const begun = known.flatMap(findBegun)
  if (begun.length === 0) return []
  const ended = known.flatMap((one) => findEnded(one, clock))
  const found = ended.flatMap((old) =>
    begun.flatMap((young): Rename[] => {
      const age = young.rows.length - young.start
      if (age > (clock.season === 1 ? floors.weeks : floors.days) || !isAtOnce(old, young, clock)) return []
      const window = { from: Math.min(old.end, young.start), to: young.rows.length }
      const both = addParts(toCounts(old.rows), toCounts(young.rows))
      const together = measureMovement({ parts: both, window, ...clock })
      if (!together || isNotable(together) || Math.abs(together.change) > changeMax) return []
      return [{ from: old.value, to: young.value, window, since: young.start, together }]
    }),
  )
  return pairUp(found)
}

/** The nearest in volume first, each value once. */
function pairUp(found: readonly Rename[]): readonly Rename[] {
  const distance = ({ together }: Rename) => Math.abs(together.change)
  const taken = new Set<unknown>()
  return [...found]
    .sort((a, b) => distance(a) - distance(b) || (String(a.to) < String(b.to) ? -1 : 1))
    .filter(({ from, to }) => {
      if (taken.has(from) || taken.has(to)) return false
      taken.add(from).add(to)
      return true
    })
}
