import { logGamma } from './log-gamma.ts'
import { allocate } from './scratch.ts'
import { studentT } from './student-t.ts'

/** How heavy tails may be: degrees of freedom of Student's t that are considered; the last is the normal distribution. */
const shapes = [2.5, 4, 6, 10, 20, 60, Number.POSITIVE_INFINITY] as const
const roundsOfScale = 6

const constants = shapes.map((df) =>
  df === Number.POSITIVE_INFINITY
    ? -0.5 * Math.log(2 * Math.PI)
    : logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI),
)

/** What standardised values say about their own scale and tails: a scale and a weight for each of `shapes`. */
export interface TailMixture {
  readonly scales: Float64Array
  readonly weights: Float64Array
}

/**
 * Student t shapes weighed by how well each explains `values[0..count)` (scale by maximum likelihood, Lange, Little and Taylor 1989) times
 * their prior. Averaging over shapes instead of choosing one keeps the tail honest when few values cannot tell a
 * heavy tail from a light one. `spreadMin` is a standard deviation that is known to be there at least.
 */
export function learnTails(values: Float64Array, count: number, prior: readonly number[], spreadMin = 0): TailMixture {
  const scales = new Float64Array(shapes.length)
  const weights = new Float64Array(shapes.length)
  const squares = allocate(count)
  let most = -Infinity
  let start = 0
  for (let i = 0; i < count; i++) {
    const own = values[i]! * values[i]!
    squares[i] = own
    start += own < 9 ? own : 9
  }
  let square = Math.max(1e-12, start / count)
  for (let s = shapes.length - 1; s >= 0; s--) {
    const df = shapes[s]!
    const isNormal = df === Number.POSITIVE_INFINITY
    for (let round = 0; round < (isNormal ? 1 : roundsOfScale); round++) {
      let sum = 0
      const usual = df * square
      for (let i = 0; i < count; i++) sum += isNormal ? squares[i]! : squares[i]! / (usual + squares[i]!)
      square = Math.max(1e-12, (isNormal ? sum : (df + 1) * square * sum) / count)
    }
    const misfit = isNormal ? sumSquares(squares, count) / square : (df + 1) * sumLogs(squares, count, square * df)
    weights[s] = Math.log(prior[s] ?? 0) + count * (constants[s]! - 0.5 * Math.log(square)) - misfit / 2
    scales[s] = Math.max(Math.sqrt(square), isNormal ? spreadMin : spreadMin * Math.sqrt((df - 2) / df))
    most = Math.max(most, weights[s]!)
  }
  let total = 0
  for (let s = 0; s < shapes.length; s++) {
    weights[s] = Math.exp(weights[s]! - most)
    total += weights[s]!
  }
  for (let s = 0; s < shapes.length; s++) weights[s] = weights[s]! / total
  return { scales, weights }
}

function sumSquares(squares: Float64Array, count: number): number {
  let sum = 0
  for (let i = 0; i < count; i++) sum += squares[i]!
  return sum
}

/** A product is turned into its logarithm before it could overflow. */
const productMax = 1e150

/** Σ ln(1 + square / unit). */
function sumLogs(squares: Float64Array, count: number, unit: number): number {
  let [total, product] = [0, 1]
  for (let i = 0; i < count; i++) {
    product *= 1 + squares[i]! / unit
    if (product < productMax) continue
    total += Math.log(product)
    product = 1
  }
  return total + Math.log(product)
}

/** P(Z ≥ z) for z > 0 under the mixture, with the scale known from `freedom` values. */
export function weighTail({ scales, weights }: TailMixture, z: number, freedom: number): number {
  let tail = 0
  for (let s = 0; s < shapes.length; s++) {
    if (weights[s]! < 1e-12) continue
    const df = 1 / (1 / shapes[s]! + 1 / freedom)
    tail += weights[s]! * studentT.upperTail(z / scales[s]!, df)
  }
  return tail
}
