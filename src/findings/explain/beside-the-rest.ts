import { studentT } from '../../stats/student-t.ts'
import { logOf } from '../extent.ts'
import { type Movement, type MovementInput, measureMovement } from './measure-movement.ts'
import { type Parts, subtractParts } from './parts.ts'

/** A slice's movement beside that of all other rows. */
export interface BesideTheRest {
  /** What is left of it once what is expected of it moved as the others did; undefined where these did not go the same way. */
  readonly net: Movement | undefined
  /** Part of the movement that the others made as well, by logarithms: 1 where they moved as much. */
  readonly carried: number
  /** Of counts and sums: how the slice's share of all rows moved; its strength is that of a normal as unlikely, by how few windows of the past are known. */
  readonly share: Movement | undefined
}

/** Undefined where a share says nothing: of rates and means, and where sums are below zero. */
function measureShare(input: MovementInput, whole: Parts): Movement | undefined {
  const { kind, total, rows } = input.parts
  if (kind !== 'count' && kind !== 'amount') return undefined
  if (kind === 'amount' && (total.some((x) => x < 0) || whole.total.some((x) => x < 0))) return undefined
  const share = measureMovement({ ...input, parts: { kind: 'ratio', total, weight: whole.total, rows } })
  // a share that wanders by itself is out of line in long windows, of which the past has few: the scale that these give is not sure
  return share && { ...share, strength: studentT.toNormal(share.strength, share.freedom) }
}

/**
 * A season or a market that takes everything along shows in thousands of slices, and in some of them by chance a little more: that such a slice moved is no
 * evidence of its own. The others count as far as they are known; where everything moved, the whole is the story.
 */
export function lookBesideTheRest(input: MovementInput, movement: Movement, whole: Parts): BesideTheRest {
  const others = measureMovement({ ...input, parts: subtractParts(whole, input.parts) })
  const share = measureShare(input, whole)
  if (!others || others.change * movement.change <= 0) return { net: undefined, carried: 0, share }
  const common = 1 + Math.max(0, 1 - 1 / others.size) * others.change
  return { net: measureMovement({ ...input, common }), carried: logOf(others.change) / logOf(movement.change), share }
}
