import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { isNotable } from '../choose-candidates.ts'
import type { Movement } from './measure-movement.ts'
import { move, takeOut } from './take-out.ts'

/** Part of a movement, by logarithms, that may be left where it is over. */
const leftMax = 0.5
const sizeOf = ({ change }: Movement): number => Math.log(Math.max(0.02, 1 + change))

/** Whether a movement is over once the rows of `slice` are taken out of it: what is left is less than half of it, or nothing to tell. */
export async function isCalmWithout(one: Candidate, slice: Slice, space: SliceSpace): Promise<boolean> {
  const rest = move(await takeOut(one, [slice], space), one.window, space)
  return !rest || !isNotable(rest) || sizeOf(rest) / sizeOf(one.movement) < leftMax
}
