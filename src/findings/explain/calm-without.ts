import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { isNotable } from '../choose-candidates.ts'
import { logOf } from '../extent.ts'
import { intersectSlices } from './compare-slices.ts'
import { move, takeOut } from './take-out.ts'

/** Part of a movement, by logarithms, that may be left where it is over. */
const leftMax = 0.5

/**
 * Whether a movement is over once the rows of a narrower slice are taken out of it, and those of `others`: what is left is less than half of it, or nothing to tell. Where
 * the metric is not cut that way, or its parts do not add up, nobody can tell, and it is.
 */
export async function isCalmWithout(
  one: Candidate,
  narrow: Slice,
  others: readonly Slice[],
  space: SliceSpace,
): Promise<boolean> {
  const { metric, slice } = one.verdict.hypothesis
  const shared = intersectSlices(slice, narrow)
  if (space.addsUp?.(metric) === false || !shared || !(await space.partsOf(metric, shared, narrow))) return true
  const rest = move(await takeOut(one, [narrow, ...others], space), one.window, space)
  return !rest || !isNotable(rest) || logOf(rest.change) / logOf(one.movement.change) < leftMax
}
