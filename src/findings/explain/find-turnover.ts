import type { Slice, SliceValue } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { readRows } from './read-rows.ts'

/** Days in which at least one other value has to come (or go) for that to be how the field lives. */
const turnoverDays = 30
/** Others count that are at least this busy, as a part of the value's own rows a period. */
const busyMin = 0.5
/** Seasons of nothing after which a value is gone, and before which one was not there. */
const goneSeasons = 2
const newSeasons = 4
/** Part of what was there, or comes, by which a value has to change for it to have ended or begun. */
const allOfIt = 0.95

interface Life {
  /** First and last period with rows. */
  readonly first: number
  readonly last: number
  /** Rows a period, between the two. */
  readonly pace: number
}

function readLife(rows: Float64Array): Life | undefined {
  const first = rows.findIndex((x) => x > 0)
  if (first < 0) return undefined
  const last = rows.findLastIndex((x) => x > 0)
  let sum = 0
  for (let at = first; at <= last; at++) sum += rows[at]!
  return { first, last, pace: sum / (last - first + 1) }
}

type Turned = 'began' | 'ended'

/** Whether a value's rows begin or end with a movement. */
function findTurn(
  life: Life,
  { window, movement }: Pick<Candidate, 'window' | 'movement'>,
  season: number,
): Turned | undefined {
  if (movement.change <= -allOfIt && life.last < window.from + season) return 'ended'
  return movement.actual - movement.expected >= allOfIt * movement.actual && life.first >= window.from - season
    ? 'began'
    : undefined
}

async function isUsual(
  condition: SliceValue,
  candidate: Pick<Candidate, 'verdict' | 'window' | 'movement'>,
  space: SliceSpace,
): Promise<boolean> {
  const { metric, grain } = candidate.verdict.hypothesis
  const { season, periods, slicesBy } = space
  const lifeOf = async (slice: Slice) => {
    const rows = await readRows(space, metric, slice)
    return rows && readLife(rows)
  }
  const own = await lifeOf([condition])
  const turn = own && findTurn(own, candidate, season)
  if (!turn) return false
  let others = 0
  for (const slice of await slicesBy([condition.field])) {
    if (slice[0]?.value === condition.value) continue
    const life = await lifeOf(slice)
    if (!life || life.pace < busyMin * own.pace) continue
    const isAlike =
      turn === 'ended' ? life.last < periods.length - goneSeasons * season : life.first >= newSeasons * season
    others += Number(isAlike)
  }
  const days = periods.length * (grain === 'week' ? 7 : 1)
  return others * turnoverDays >= days
}

/**
 * Whether a slice ended, or began, in a field where values of its size do so all the time, one a month or more: campaigns, coupons, versions. That one
 * more came or went is how the field lives.
 */
export async function isTurnover(
  candidate: Pick<Candidate, 'verdict' | 'window' | 'movement'>,
  space: SliceSpace,
): Promise<boolean> {
  for (const condition of candidate.verdict.hypothesis.slice)
    if (await isUsual(condition, candidate, space)) return true
  return false
}
