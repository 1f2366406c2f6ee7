import type { Candidate, SliceSpace } from '../candidate.ts'
import { isNotable } from '../choose-candidates.ts'
import { beginTogether } from './compare-onsets.ts'
import { isWithin } from './compare-slices.ts'
import { move, owedShare, type Removed, takeOut } from './take-out.ts'

/** Part of a slice's movement that a part of it has to hold to tell it. */
const heldMin = 0.8
/** How much more a second condition must explain than its parent, since there are many pairs to choose from. */
export const pairPenalty = 1.2

interface Narrowing {
  /** Parts of slices that held up, which began to move by themselves and are not sure enough by themselves. */
  readonly narrower: readonly Candidate[]
  readonly removed: Removed
  readonly space: SliceSpace
}

/**
 * The part of a slice that made its movement, where the slice held up and the part did not: among thousands of pairs a pair has to be far surer than a
 * value. That something moved is known from the slice; where in it is a matter of how much each part explains. The part holds four fifths of the
 * movement at least, explains more than the whole slice does (which dilutes it in rows that did not move), and what is left of the slice is nothing to tell.
 */
export async function narrowLead(lead: Candidate, { narrower, removed, space }: Narrowing): Promise<Candidate> {
  const { slice } = lead.verdict.hypothesis
  const own = move(await takeOut(lead, removed, space), lead.window, space)
  if (!own) return lead
  let [best, most] = [lead, own.size]
  for (const candidate of narrower) {
    const part = candidate.verdict.hypothesis.slice
    if (part.length !== slice.length + 1 || !isWithin(part, slice)) continue
    if (!beginTogether(candidate, lead, space.season) || candidate.movement.strength * own.strength <= 0) continue
    const movement = move(await takeOut(candidate, removed, space), lead.window, space)
    const size = (movement?.size ?? 0) / (part.length > 1 ? pairPenalty : 1)
    if (size <= most * (1 + 1e-9)) continue
    const rest = move(await takeOut(lead, [...removed, part], space), lead.window, space)
    if (rest && (isNotable(rest) || owedShare(own, rest) < heldMin)) continue
    ;[best, most] = [{ ...candidate, qValue: lead.qValue }, size]
  }
  return best
}
