import type { Movement } from './measure-movement.ts'

/** Rows of all users in a window and in the weeks before it: sums, and sums of squares and products. */
export interface UnitSums {
  readonly inside: number
  readonly before: number
  readonly insideSquares: number
  readonly products: number
  readonly beforeSquares: number
}

/** Standard errors, with users for the units, from which on a movement is more than their coming and going. */
const strengthMin = 3

/**
 * Whether a movement is more than what users who come and go make by chance. Each is one piece of evidence, however many rows there are of him: what he did in the
 * window less what he did before, in proportion, with the root of the sum of their squares for a standard error (Liang and Zeger 1986, of a total).
 */
export function isMoreThanChance(sums: UnitSums, { actual, expected }: Pick<Movement, 'actual' | 'expected'>): boolean {
  const { inside, before, insideSquares, products, beforeSquares } = sums
  // so many times what somebody did before are expected of him in the window
  const pace = before > 0 && actual > 0 ? (inside * expected) / (actual * before) : actual > 0 ? 0 : 1
  const moved = inside - pace * before
  const error = Math.sqrt(Math.max(0, insideSquares - 2 * pace * products + pace * pace * beforeSquares))
  return Math.abs(moved) >= strengthMin * error
}
