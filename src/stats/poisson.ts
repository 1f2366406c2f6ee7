import { gamma } from './gamma.ts'
import { stirlingError } from './log-gamma.ts'
import { measureDeviance } from './measure-deviance.ts'

/** P(X = count) for a mean; `count` may be any real number ≥ 0, as continuous relatives need it (Loader 2000). */
function mass(count: number, mean: number): number {
  if (mean <= 0) return count === 0 ? 1 : 0
  if (count < 0) return 0
  if (count === 0) return Math.exp(-mean)
  return Math.exp(-stirlingError(count) - measureDeviance(count, mean)) / Math.sqrt(2 * Math.PI * count)
}

/** The Poisson distribution. Tails through the incomplete gamma function, accurate on both sides. */
export const poisson = {
  mass,
  /** P(X ≤ count). */
  lowerTail: (count: number, mean: number): number =>
    count < 0 ? 0 : mean <= 0 ? 1 : gamma.upperTail(mean, Math.floor(count) + 1, 1),
  /** P(X ≥ count): the point itself belongs to both tails. */
  upperTail: (count: number, mean: number): number =>
    count <= 0 ? 1 : mean <= 0 ? 0 : gamma.lowerTail(mean, Math.ceil(count), 1),
} as const
