import { kurtosis, skewness } from './moments.ts'
import { normal } from './normal.ts'

export interface Moments {
  /** Normal scores of skewness and kurtosis: 0 expected, 1 their standard deviation. */
  readonly ofSkewness: number
  readonly ofKurtosis: number
  /** Two-sided p-values of each, and of both together. */
  readonly skewnessP: number
  readonly kurtosisP: number
  readonly pValue: number
}

/**
 * Tests of skewness (D'Agostino 1970), kurtosis (Anscombe and Glynn 1983) and both together (D'Agostino and Pearson 1973)
 * against the normal distribution: SciPy's `skewtest`, `kurtosistest` and `normaltest`. From 20 values; fewer, or all
 * equal, give 1.
 */
export function testMoments(values: ArrayLike<number>): Moments {
  const n = values.length
  const [third, fourth] = [skewness(values), kurtosis(values)]
  if (n < 20 || Number.isNaN(third)) return { ofSkewness: 0, ofKurtosis: 0, skewnessP: 1, kurtosisP: 1, pValue: 1 }
  const ofSkewness = scoreSkewness(third, n)
  const ofKurtosis = scoreKurtosis(fourth, n)
  const twoSided = (score: number) => Math.min(1, 2 * normal.upperTail(Math.abs(score)))
  return {
    ofSkewness,
    ofKurtosis,
    skewnessP: twoSided(ofSkewness),
    kurtosisP: twoSided(ofKurtosis),
    pValue: Math.exp(-(ofSkewness ** 2 + ofKurtosis ** 2) / 2),
  }
}

function scoreSkewness(third: number, n: number): number {
  const scaled = third * Math.sqrt(((n + 1) * (n + 3)) / (6 * (n - 2)))
  const fourthMoment = (3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3)) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
  const square = Math.sqrt(2 * (fourthMoment - 1)) - 1
  return Math.asinh(scaled / Math.sqrt(2 / (square - 1))) / Math.sqrt(0.5 * Math.log(square))
}

function scoreKurtosis(fourth: number, n: number): number {
  const expected = (3 * (n - 1)) / (n + 1)
  const spread = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5))
  const scaled = (fourth - expected) / Math.sqrt(spread)
  const asymmetry =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) * Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)))
  const a = 6 + (8 / asymmetry) * (2 / asymmetry + Math.sqrt(1 + 4 / asymmetry ** 2))
  const bottom = 1 + scaled * Math.sqrt(2 / (a - 4))
  const root = Math.sign(bottom) * Math.cbrt((1 - 2 / a) / Math.abs(bottom))
  return (1 - 2 / (9 * a) - root) / Math.sqrt(2 / (9 * a))
}
