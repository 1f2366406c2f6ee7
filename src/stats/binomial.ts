import { incompleteBeta } from './beta.ts'
import { stirlingError } from './log-gamma.ts'
import { measureDeviance, subtractProduct } from './measure-deviance.ts'

/** P(X = count), Loader (2000). */
function mass(count: number, trials: number, chance: number): number {
  if (count < 0 || count > trials) return 0
  if (chance <= 0) return count === 0 ? 1 : 0
  if (chance >= 1) return count === trials ? 1 : 0
  if (count === 0) return Math.exp(trials * Math.log1p(-chance))
  if (count === trials) return Math.exp(trials * Math.log(chance))
  const left = trials - count
  const difference = subtractProduct(count, trials, chance)
  const exponent =
    stirlingError(trials) -
    stirlingError(count) -
    stirlingError(left) -
    measureDeviance(count, trials * chance, difference) -
    measureDeviance(left, trials * (1 - chance), -difference)
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * count * left))
}

/** The binomial distribution; the point itself belongs to both tails. */
export const binomial = {
  mass,
  /** P(X ≤ count). */
  lowerTail: (count: number, trials: number, chance: number): number => {
    const below = Math.floor(count)
    if (below < 0) return 0
    if (below >= trials) return 1
    const surplus = -subtractProduct(below + 1, trials + 1, chance)
    return incompleteBeta(1 - chance, chance, trials - below, below + 1, surplus)
  },
  /** P(X ≥ count). */
  upperTail: (count: number, trials: number, chance: number): number => {
    const from = Math.ceil(count)
    if (from <= 0) return 1
    if (from > trials) return 0
    const surplus = subtractProduct(from, trials + 1, chance)
    return incompleteBeta(chance, 1 - chance, from, trials - from + 1, surplus)
  },
} as const
