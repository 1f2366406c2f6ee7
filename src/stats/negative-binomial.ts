import { incompleteBeta } from './beta.ts'
import { binomial } from './binomial.ts'
import { poisson } from './poisson.ts'

/** Below this the distribution cannot be told from Poisson's. */
const leastDispersion = 1e-10

/**
 * The negative binomial distribution of counts with mean `mean` and variance mean + dispersion · mean² (a Poisson distribution
 * whose mean is gamma distributed; dispersion 0 is Poisson). The point itself belongs to both tails.
 */
export const negativeBinomial = {
  /** P(X = count). */
  mass: (count: number, mean: number, dispersion: number): number => {
    if (dispersion * mean < leastDispersion) return poisson.mass(count, mean)
    const size = 1 / dispersion
    if (count === 0) return Math.exp(-size * Math.log1p(mean * dispersion))
    return (size / (size + count)) * binomial.mass(count, count + size, mean / (size + mean))
  },
  /** P(X ≤ count). */
  lowerTail: (count: number, mean: number, dispersion: number): number => {
    const below = Math.floor(count)
    if (below < 0) return 0
    if (dispersion * mean < leastDispersion) return poisson.lowerTail(below, mean)
    const size = 1 / dispersion
    return incompleteBeta(size / (size + mean), mean / (size + mean), size, below + 1)
  },
  /** P(X ≥ count). */
  upperTail: (count: number, mean: number, dispersion: number): number => {
    const from = Math.ceil(count)
    if (from <= 0) return 1
    if (dispersion * mean < leastDispersion) return poisson.upperTail(from, mean)
    const size = 1 / dispersion
    return incompleteBeta(mean / (size + mean), size / (size + mean), from, size)
  },
} as const
