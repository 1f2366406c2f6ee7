import { chiSquare } from './chi-square.ts'
import { normal } from './normal.ts'

/** A two by two table: members with and without the outcome, among the exposed and the others. */
export interface TwoByTwo {
  readonly exposedWith: number
  readonly exposedWithout: number
  readonly otherWith: number
  readonly otherWithout: number
}

export interface Ratio {
  readonly value: number
  /** Its 95% interval. */
  readonly low: number
  readonly high: number
}

export interface MantelHaenszel {
  /** Exposed members with the outcome, and how many there would be without association. */
  readonly observed: number
  readonly expected: number
  readonly variance: number
  /** Two-sided, without a continuity correction. */
  readonly pValue: number
  readonly oddsRatio: Ratio
  readonly riskRatio: Ratio
}

/**
 * The test of Cochran, Mantel and Haenszel (1959) over strata: is the outcome as frequent among the exposed, when only
 * members of the same stratum are compared? With the common odds ratio (variance of Robins, Breslow and Greenland 1986) and
 * risk ratio (Greenland and Robins 1985), which hold for few large and for many sparse strata. Members must be independent:
 * one an account. Without a stratum that tells anything, it gives 1 and ratios from 0 to Infinity.
 */
export function testStrata(strata: readonly TwoByTwo[]): MantelHaenszel {
  let [observed, expected, variance] = [0, 0, 0]
  // odds: sums of R = ad/n and S = bc/n, and of their products with P = (a + d)/n and Q = (b + c)/n
  let [r, s, pr, mixed, qs] = [0, 0, 0, 0, 0]
  let [top, bottom, spread] = [0, 0, 0]
  for (const { exposedWith: a, exposedWithout: b, otherWith: c, otherWithout: d } of strata) {
    const n = a + b + c + d
    if (n < 2) continue
    const [withOutcome, exposed, others] = [a + c, a + b, c + d]
    observed += a
    expected += (exposed * withOutcome) / n
    variance += (exposed * others * withOutcome * (b + d)) / (n * n * (n - 1))
    const [rHere, sHere, p, q] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n]
    r += rHere
    s += sHere
    pr += p * rHere
    mixed += p * sHere + q * rHere
    qs += q * sHere
    top += (a * others) / n
    bottom += (c * exposed) / n
    spread += (exposed * others * withOutcome - a * c * n) / (n * n)
  }
  return {
    observed,
    expected,
    variance,
    pValue: variance > 0 ? Math.min(1, 2 * normal.upperTail(Math.abs(observed - expected) / Math.sqrt(variance))) : 1,
    oddsRatio: bound(r, s, pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s)),
    riskRatio: bound(top, bottom, spread / (top * bottom)),
  }
}

function bound(top: number, bottom: number, variance: number): Ratio {
  if (top <= 0 || bottom <= 0) return { value: top > 0 ? Infinity : bottom > 0 ? 0 : 1, low: 0, high: Infinity }
  const [value, margin] = [top / bottom, Math.exp(-normal.quantile(0.025) * Math.sqrt(variance))]
  return { value, low: value / margin, high: value * margin }
}

/**
 * Is the odds ratio the same in all strata? Breslow and Day (1980) with Tarone's correction (1985). Strata without exposed,
 * others, or members of both outcomes tell nothing; fewer than two others give 1. Needs strata of some size: not for many
 * sparse ones.
 */
export function testHomogeneity(strata: readonly TwoByTwo[], oddsRatio: number) {
  let [statistic, df, total, spread] = [0, -1, 0, 0]
  for (const { exposedWith: a, exposedWithout: b, otherWith: c, otherWithout: d } of strata) {
    const [withOutcome, exposed, others] = [a + c, a + b, c + d]
    if (withOutcome === 0 || b + d === 0 || exposed === 0 || others === 0) continue
    const fitted = fitExposed(withOutcome, exposed, others, oddsRatio)
    const inverse =
      1 / fitted + 1 / (exposed - fitted) + 1 / (withOutcome - fitted) + 1 / (others - withOutcome + fitted)
    df += 1
    statistic += (a - fitted) ** 2 * inverse
    total += a - fitted
    spread += 1 / inverse
  }
  if (df < 1 || !(oddsRatio > 0 && oddsRatio < Infinity)) return { statistic: 0, df: 0, pValue: 1 }
  statistic = Math.max(0, statistic - total ** 2 / spread)
  return { statistic, df, pValue: chiSquare.upperTail(statistic, df) }
}

/** How many exposed with the outcome a table with these margins has, at this odds ratio: the root of a quadratic. */
function fitExposed(withOutcome: number, exposed: number, others: number, oddsRatio: number): number {
  if (Math.abs(oddsRatio - 1) < 1e-9) return (withOutcome * exposed) / (exposed + others)
  const half = others - withOutcome + oddsRatio * (withOutcome + exposed)
  const product = oddsRatio * withOutcome * exposed
  return (2 * product) / (half + Math.sqrt(half * half + 4 * (1 - oddsRatio) * product))
}
