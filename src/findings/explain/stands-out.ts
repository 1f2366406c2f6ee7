import type { Candidate, SliceSpace } from '../candidate.ts'
import { floors } from '../choose-candidates.ts'
import { reachOf } from '../extent.ts'
import { lookBesideTheRest } from './beside-the-rest.ts'
import { isSameSlice, isWithin } from './compare-slices.ts'
import { measureMovement } from './measure-movement.ts'
import { type Removed, takeOut } from './take-out.ts'

/** How much further than the rest, by logarithms: to two thirds of what was expected of it, or half as much again. */
const furtherMin = Math.log(1.5)

/** Part of its movement, by logarithms, that the rest may have made as well: where all but nothing is left of anything, nothing went further. */
const carriedMax = 0.6

/**
 * Whether a part of what moved did something of its own: where everything fell by a third, a carrier that stopped altogether is more than its share in that. Once what
 * is expected of it moved as all the rest of each slice around it did, it moved the same way still, by much more, and as surely as a remainder has to. Rows of
 * `explained` slices that are not around it are taken out of both.
 */
export async function standsOut(candidate: Candidate, explained: Removed, space: SliceSpace): Promise<boolean> {
  const { verdict, window, movement } = candidate
  const { metric, slice } = verdict.hypothesis
  // the rest of a median is no difference
  if (space.addsUp?.(metric) === false) return false
  const around = explained.filter((one) => isWithin(slice, one))
  if (around.length === 0 || around.some((one) => isSameSlice(one, slice))) return false
  const others = explained.filter((one) => !around.includes(one))
  const parts = await takeOut(candidate, others, space)
  const own = measureMovement({ ...space, parts, window })
  if (!own || own.change * movement.change <= 0) return false
  for (const one of around) {
    const all = await space.partsOf(metric, one, slice)
    if (!all) return false
    const hypothesis = { ...verdict.hypothesis, slice: one }
    const rest = await takeOut({ ...candidate, verdict: { ...verdict, hypothesis }, parts: all }, others, space)
    // where the others stayed, or went the other way, all of it is its own
    const { net = own, share, carried } = lookBesideTheRest({ ...space, parts, window }, own, rest)
    const strength = share && share.strength * own.strength > 0 ? Math.abs(share.strength) : 0
    if (carried > carriedMax) return false
    const isFurther = net.change * own.change > 0 && reachOf(net) >= furtherMin
    if (!isFurther || Math.max(strength, Math.abs(net.strength)) < floors.remainderStrength) return false
  }
  return true
}
