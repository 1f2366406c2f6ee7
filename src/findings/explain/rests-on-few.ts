import { daysBetween, type Stretch } from '../../base/periods.ts'
import { isNotable } from '../choose-candidates.ts'
import { type Movement, type MovementInput, measureMovement, type Window } from './measure-movement.ts'
import { type Parts, subtractParts } from './parts.ts'

/** How much of the change the others have to share for it to be theirs as well. */
const shareMin = 0.5

/**
 * Whether a movement is that of a few users: without them the slice changed less than half as much, or the other way, and not enough to be told. Where all
 * moved, those who have most of the rows did so, too, and the others are left with the same change. `own` are the rows of the
 * few.
 */
export function restsOnFew(movement: Movement, { parts, ...input }: MovementInput, own: Parts): boolean {
  const others = measureMovement({ ...input, parts: subtractParts(parts, own) })
  // nobody else is there
  if (!others) return true
  const share = others.change / movement.change
  return share < shareMin && !(isNotable(others) && share > 0)
}

/** Days in which at least one has to begin for that to be how they live. */
const passingDays = 60

/** Whether so many beginnings in a stretch of days are those of things that come and go. */
export const isPassing = (began: number, { from, to }: Stretch): boolean => began * passingDays >= daysBetween(from, to)

/** Whether something began with a movement, or after, or ended with it: its rows lie on one side. */
export function cameOrWent({ rows }: Parts, { from }: Window, season: number): boolean {
  const first = rows.findIndex((x) => x > 0)
  return first >= 0 && (first >= from - season || rows.findLastIndex((x) => x > 0) < from + season)
}
