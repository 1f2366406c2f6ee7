import { isNotable } from '../choose-candidates.ts'
import { type Movement, type MovementInput, measureMovement } from './measure-movement.ts'
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
