import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { intersectSlices, isWithin } from './compare-slices.ts'
import { type Movement, measureMovement, type Window } from './measure-movement.ts'
import { addParts, type Parts, subtractParts } from './parts.ts'

/** Slices whose rows have been explained already, for one metric. */
export type Removed = readonly Slice[]

export const move = (parts: Parts, window: Window, { excluded, season }: SliceSpace): Movement | undefined =>
  measureMovement({ parts, window, excluded, season })

/** Parts of a candidate without the rows of `removed`; overlaps of two of them are taken out once. */
export async function takeOut({ verdict, parts }: Candidate, given: Removed, space: SliceSpace): Promise<Parts> {
  const { metric, slice } = verdict.hypothesis
  // the rows of a part are out with those of the whole
  const removed = given.filter(
    (one, at) => !given.some((other, place) => isWithin(one, other) && (!isWithin(other, one) || place < at)),
  )
  let rest = parts
  for (const [at, one] of removed.entries()) {
    const shared = intersectSlices(slice, one)
    if (!shared) continue
    const inside = await space.partsOf(metric, shared, one)
    if (inside) rest = subtractParts(rest, inside)
    for (const earlier of removed.slice(0, at)) {
      const twice = intersectSlices(shared, earlier)
      if (!twice) continue
      const again = await space.partsOf(metric, twice, shared)
      if (again) rest = addParts(rest, again)
    }
  }
  return rest
}

/** Share of a movement that went with the rows that were taken out. */
export const owedShare = (before: Movement, rest: Movement): number =>
  1 - (rest.actual - rest.expected) / (before.actual - before.expected)
