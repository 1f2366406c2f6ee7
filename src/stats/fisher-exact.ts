import { hypergeometric } from './hypergeometric.ts'
import type { TwoByTwo } from './mantel-haenszel.ts'

/** Tables whose chance differs by no more than rounding count as equally rare. */
const alike = 1 + 1e-7

/**
 * Fisher's exact test of a two by two table (1935), two-sided: the chance of a table with the same margins that is at most
 * as likely as this one. As `fisher.test` in R; exact however small the counts, conservative where they are. Some margin of
 * 0 gives 1.
 */
export function testExactly({ exposedWith, exposedWithout, otherWith, otherWithout }: TwoByTwo): number {
  const [exposed, others] = [exposedWith + exposedWithout, otherWith + otherWithout]
  const withOutcome = exposedWith + otherWith
  const [least, most] = [Math.max(0, withOutcome - others), Math.min(exposed, withOutcome)]
  const mass = (count: number) => hypergeometric.mass(count, exposed, others, withOutcome)
  const limit = mass(exposedWith) * alike
  const mode = Math.floor(((exposed + 1) * (withOutcome + 1)) / (exposed + others + 2))
  // masses fall away from the mode on both sides
  const search = (low: number, high: number, isThere: (count: number) => boolean) => {
    let [from, to] = [low, high]
    while (from < to) {
      const middle = Math.floor((from + to) / 2)
      if (isThere(middle)) to = middle
      else from = middle + 1
    }
    return from
  }
  const below = search(least, mode, (count) => mass(count) > limit) - 1
  const above = search(mode, most + 1, (count) => count > most || mass(count) <= limit)
  if (below >= above - 1) return 1
  return Math.min(
    1,
    hypergeometric.lowerTail(below, exposed, others, withOutcome) +
      hypergeometric.upperTail(above, exposed, others, withOutcome),
  )
}
