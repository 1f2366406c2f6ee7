import { integrateOutwards } from './integrate-outwards.ts'
import { stirlingError } from './log-gamma.ts'
import { logOnePlusLess, measureDeviance, subtractProduct, subtractProducts } from './measure-deviance.ts'

/**
 * From here for both shapes the continued fraction is slow in the middle, and the density smooth enough to be integrated.
 */
const largeShape = 500_000

/** x^a y^b / (a B(a, b)) (Loader's binomial prefactor, for real a and b > 0). */
function weigh(x: number, y: number, a: number, b: number, surplus: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    measureDeviance(a, n * x, surplus) -
    measureDeviance(b, n * y, -surplus)
  return Math.exp(exponent) * Math.sqrt(b / (2 * Math.PI * a * n))
}

/**
 * I(x; a, b) B(a, b) / (x^a y^b) as a continued fraction in the form of DiDonato and Morris (1992, `BFRAC`), which takes a
 * y − b x as it is; evaluated by Lentz's method. Converges fast for x < (a + 1) / (a + b + 2).
 */
function continueFraction(x: number, y: number, a: number, b: number, surplus: number): number {
  const tiny = 1e-300
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let total = guard((1 + surplus) / (1 + 1 / a))
  let c = total
  let d = 0
  for (let n = 1; n < 100_000; n++) {
    const share = a / (a + 2 * n - 1)
    const step = n * (b - n) * x
    const top = (1 + (n - 1) / a) * (1 + (n - 1 + b) / a) * share * share * step * x
    const bottom = n + step / (a + 2 * n - 1) + ((a + n) / (a + 1 + 2 * n)) * (1 + surplus + n * (1 + y))
    d = 1 / guard(bottom + top * d)
    c = guard(bottom + top / c)
    const factor = c * d
    total *= factor
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return 1 / total
}

/** P(X ≤ x) for x below the mean and large shapes: what lies outwards, in units of the density at x. */
function integrateBelow(x: number, y: number, a: number, b: number, surplus: number): number {
  const weight = weigh(x, y, a, b, surplus)
  if (weight === 0) return 0
  const slope = (surplus - y + x) / (x * y)
  const fall = (s: number) => slope * s - (a - 1) * logOnePlusLess(-s / x) - (b - 1) * logOnePlusLess(s / y)
  const curvature = (a - 1) / (x * x) + (b - 1) / (y * y)
  return ((weight * a) / (x * y)) * integrateOutwards(fall, Math.max(0, slope), curvature, x)
}

/** a y − b x, from whichever of x and y is exact: the one below ½ that was given, or the difference from 1 of one above. */
const findSurplus = (x: number, y: number, a: number, b: number): number =>
  x < 0.5 ? subtractProduct(a, a + b, x) : subtractProducts(a, y, b, x)

/**
 * P(X ≤ x) for y = 1 − x, both given so that neither loses digits near 0 or 1. `surplus` is a y − b x, how far x is below
 * the mean: give it where it is known better than from rounded parts.
 */
export function incompleteBeta(
  x: number,
  y: number,
  a: number,
  b: number,
  surplus: number = findSurplus(x, y, a, b),
): number {
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (Math.min(a, b) >= largeShape)
    return surplus > 0 ? integrateBelow(x, y, a, b, surplus) : 1 - integrateBelow(y, x, b, a, -surplus)
  // x (a + b + 2) < a + 1, also where shapes are so large that 1 and 2 are lost beside them
  if (surplus > 2 * x - 1) return a * weigh(x, y, a, b, surplus) * continueFraction(x, y, a, b, surplus)
  return 1 - b * weigh(y, x, b, a, -surplus) * continueFraction(y, x, b, a, -surplus)
}

/**
 * The beta distribution. Continued fraction of DiDonato and Morris (1992), prefactor by Loader
 * (2000); for large shapes the density is integrated outwards. Relative error below 1e-11 in both tails.
 */
export const beta = {
  lowerTail: (x: number, a: number, b: number): number => incompleteBeta(x, 1 - x, a, b),
  upperTail: (x: number, a: number, b: number): number => incompleteBeta(1 - x, x, b, a, -findSurplus(x, 1 - x, a, b)),
} as const
