import { mean, sumSquares } from './moments.ts'
import { normal } from './normal.ts'

/** a₀ + a₁ x + a₂ x² … */
const evaluate = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)

/** Weights of the largest values, largest first; the smallest ones have the same with the sign turned. */
function weighOrderStatistics(count: number): Float64Array {
  const half = Math.floor(count / 2)
  if (count === 3) return Float64Array.of(Math.SQRT1_2)
  const scores = Float64Array.from({ length: half }, (_, i) => -normal.quantile((i + 1 - 0.375) / (count + 0.25)))
  const square = 2 * scores.reduce((sum, score) => sum + score * score, 0)
  const root = 1 / Math.sqrt(count)
  const weights = scores.slice()
  weights[0] = evaluate([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], root) + scores[0]! / Math.sqrt(square)
  let [left, scale] = [square - 2 * scores[0]! ** 2, 1 - 2 * weights[0] ** 2]
  const special = count > 5 ? 2 : 1
  if (special === 2) {
    weights[1] =
      evaluate([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], root) + scores[1]! / Math.sqrt(square)
    left -= 2 * scores[1]! ** 2
    scale -= 2 * weights[1] ** 2
  }
  for (let i = special; i < half; i++) weights[i] = scores[i]! / Math.sqrt(left / scale)
  return weights
}

/**
 * The test of Shapiro and Wilk (1965): are the values from a normal distribution? In Royston's (1995) form, algorithm AS
 * R94, as R and SciPy have it, for 3 to 5,000 values; beyond, the p-value is an extrapolation. `statistic` is near 1 for
 * normal values. All values equal, or fewer than 3, give 1.
 */
export function testShapiroWilk(values: Float64Array): { readonly statistic: number; readonly pValue: number } {
  const count = values.length
  const sorted = values.slice().sort()
  const spread = sumSquares(sorted, mean(sorted))
  if (count < 3 || !(spread > 0)) return { statistic: 1, pValue: 1 }
  let sum = 0
  weighOrderStatistics(count).forEach((weight, i) => {
    sum += weight * (sorted[count - 1 - i]! - sorted[i]!)
  })
  const statistic = Math.min(1, (sum * sum) / spread)
  return { statistic, pValue: judge(statistic, count) }
}

function judge(statistic: number, count: number): number {
  if (count === 3) return Math.max(0, (6 / Math.PI) * (Math.asin(Math.sqrt(statistic)) - Math.asin(Math.sqrt(0.75))))
  const distance = Math.log1p(-statistic)
  if (count <= 11) {
    const limit = evaluate([-2.273, 0.459], count)
    if (distance >= limit) return 1e-99
    const center = evaluate([0.544, -0.39978, 0.025054, -6.714e-4], count)
    const scale = Math.exp(evaluate([1.3822, -0.77857, 0.062767, -0.0020322], count))
    return normal.upperTail((-Math.log(limit - distance) - center) / scale)
  }
  const size = Math.log(count)
  const center = evaluate([-1.5861, -0.31082, -0.083751, 0.0038915], size)
  const scale = Math.exp(evaluate([-0.4803, -0.082676, 0.0030302], size))
  return normal.upperTail((distance - center) / scale)
}
