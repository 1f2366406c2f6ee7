import { allocate } from '../../stats/scratch.ts'
import type { Baseline } from './baseline.ts'
import type { Noise } from './noise.ts'
import { projectOutInPlace, whiten } from './whiten.ts'

/** How far the residuals of `baseline` go along one more column of the design, Student-like, and its share of the predictor. */
export function testDirection(
  baseline: Baseline,
  noise: Noise,
  column: Float64Array,
): { readonly statistic: number; readonly change: number; readonly error: number } {
  const { innovation, basis, sensitivity, count, width } = whiten(baseline, noise)
  const first = Math.sqrt(1 - noise.memory ** 2)
  const direction = allocate(count)
  direction[0] = first * sensitivity[0]! * column[0]!
  for (let at = 1; at < count; at++)
    direction[at] = sensitivity[at]! * column[at]! - noise.memory * sensitivity[at - 1]! * column[at - 1]!
  projectOutInPlace(direction, basis, count, width)
  let [square, product] = [0, 0]
  for (let at = 0; at < count; at++) {
    square += direction[at]! ** 2
    product += direction[at]! * innovation[at]!
  }
  if (!(square > 0)) return { statistic: 0, change: 0, error: Number.POSITIVE_INFINITY }
  const error = noise.spread / Math.sqrt(square)
  return { statistic: product / square / error, change: product / square, error }
}
