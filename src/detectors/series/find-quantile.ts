import { straighten } from '../../stats/straighten.ts'
import { studentT } from '../../stats/student-t.ts'

/** Rounds of halving: enough for ten digits. */
const rounds = 50

/** The standardised value below which a share of a skewed Student t distribution lies (see `straighten`). */
export function findQuantile(share: number, freedom: number, skewness: number): number {
  let [low, high] = [-60, 60]
  for (let round = 0; round < rounds; round++) {
    const middle = (low + high) / 2
    if (studentT.lowerTail(straighten(middle, skewness), freedom) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
