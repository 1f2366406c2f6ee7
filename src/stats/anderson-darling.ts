import { mean, variance } from './moments.ts'
import { normal } from './normal.ts'

/**
 * The test of Anderson and Darling (1954) for a normal distribution of unknown mean and spread, sharper in the tails than
 * Kolmogorov's. p-value by Stephens (1986), as `ad.test` of R's nortest: from 8 values, and not below 3.7e-24. All values
 * equal, or fewer than 8, give 1.
 */
export function testAndersonDarling(values: Float64Array): { readonly statistic: number; readonly pValue: number } {
  const count = values.length
  const [center, scale] = [mean(values), Math.sqrt(variance(values))]
  if (count < 8 || !(scale > 0)) return { statistic: 0, pValue: 1 }
  const sorted = values.map((value) => (value - center) / scale).sort()
  let sum = 0
  for (let i = 0; i < count; i++)
    sum += (2 * i + 1) * (Math.log(normal.lowerTail(sorted[i]!)) + Math.log(normal.upperTail(sorted[count - 1 - i]!)))
  const statistic = -count - sum / count
  return { statistic, pValue: judge(statistic * (1 + 0.75 / count + 2.25 / count ** 2)) }
}

function judge(corrected: number): number {
  const a = corrected
  if (a < 0.2) return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a * a)
  if (a < 0.34) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a * a)
  if (a < 0.6) return Math.exp(0.9177 - 4.279 * a - 1.38 * a * a)
  return a < 10 ? Math.exp(1.2937 - 5.709 * a + 0.0186 * a * a) : 3.7e-24
}
