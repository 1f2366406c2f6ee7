import { incompleteBeta } from './beta.ts'
import { stirlingError } from './log-gamma.ts'
import { measureDeviance } from './measure-deviance.ts'
import { poisson } from './poisson.ts'

/** Below this the distribution cannot be told from Poisson's, for counts to 1e9. */
const leastDispersion = 1e-22

/**
 * The negative binomial distribution of counts with mean `mean` and variance mean + dispersion · mean² (a Poisson
 * distribution whose mean is gamma distributed; dispersion 0 is Poisson). The point itself belongs to both tails.
 */
export const negativeBinomial = {
  /** P(X = count). */
  mass: (count: number, mean: number, dispersion: number): number => {
    if (dispersion < leastDispersion) return poisson.mass(count, mean)
    const size = 1 / dispersion
    if (count === 0) return Math.exp(-size * Math.log1p(mean * dispersion))
    const total = count + size
    const difference = (size * (count - mean)) / (size + mean)
    const exponent =
      stirlingError(total) -
      stirlingError(size) -
      stirlingError(count) -
      measureDeviance(count, (total * mean) / (size + mean), difference) -
      measureDeviance(size, (total * size) / (size + mean), -difference)
    return Math.exp(exponent) * Math.sqrt(size / (2 * Math.PI * count * total))
  },
  /** P(X ≤ count). */
  lowerTail: (count: number, mean: number, dispersion: number): number => {
    const below = Math.floor(count)
    if (below < 0) return 0
    if (dispersion < leastDispersion) return poisson.lowerTail(below, mean)
    const size = 1 / dispersion
    const surplus = (size * (mean - below - 1)) / (size + mean)
    return incompleteBeta(size / (size + mean), mean / (size + mean), size, below + 1, surplus)
  },
  /** P(X ≥ count). */
  upperTail: (count: number, mean: number, dispersion: number): number => {
    const from = Math.ceil(count)
    if (from <= 0) return 1
    if (dispersion < leastDispersion) return poisson.upperTail(from, mean)
    const size = 1 / dispersion
    const surplus = (size * (from - mean)) / (size + mean)
    return incompleteBeta(mean / (size + mean), size / (size + mean), from, size, surplus)
  },
} as const
