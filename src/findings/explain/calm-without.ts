import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { isNotable } from '../choose-candidates.ts'
import { logOf } from '../extent.ts'
import { intersectSlices } from './compare-slices.ts'
import { move, takeOut } from './take-out.ts'

/** Part of a movement, by logarithms, that may be left where it is over. */
const leftMax = 0.5

/**
 * Whether a movement is over once the rows of a narrower slice are taken out of it, and those of `others`: what is left is less than half of it, or nothing to tell. Undefined
 * where its parts do not add up, or there are none: nobody can tell.
 */
export async function isCalmWithout(
  one: Candidate,
  narrow: Slice,
  others: readonly Slice[],
  space: SliceSpace,
): Promise<boolean | undefined> {
  const { metric, slice } = one.verdict.hypothesis
  const shared = intersectSlices(slice, narrow)
  if (space.addsUp?.(metric) === false || !shared || !(await space.partsOf(metric, shared, narrow))) return undefined
  const rest = move(await takeOut(one, [narrow, ...others], space), one.window, space)
  if (!rest || !isNotable(rest)) return true
  const left = logOf(rest.change) / logOf(one.movement.change)
  // what then goes the other way is not calm
  return left >= 0 && left < leftMax
}
