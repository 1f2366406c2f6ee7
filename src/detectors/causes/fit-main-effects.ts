import type { LeafModel } from './expect-leaves.ts'
import { fitLeafNoise, varianceOf } from './leaf-noise.ts'

/** What leaves would count if each value of each field had a ratio of its own, and how far they are from that. */
export interface MainEffects {
  readonly mean: Float64Array
  /** Of each leaf. */
  readonly variance: Float64Array
}

const sweeps = 4
/** A value that is gone keeps this much of its expectation, so that it has a variance. */
const ratioMin = 0.02

/**
 * Fits a ratio to each value of each field by scaling in turn (iterative proportional fitting, Deming and Stephan 1940) and measures the
 * noise of the leaves that is left, scaled up where Pearson's statistic says that it is more than the robust fit saw.
 */
export function fitMainEffects(model: LeafModel, codes: readonly Int32Array[], sizes: readonly number[]): MainEffects {
  const { actual, expected, count } = model
  const mean = expected.slice()
  for (let sweep = 0; sweep < sweeps; sweep++) {
    codes.forEach((of, field) => {
      const sums = { actual: new Float64Array(sizes[field]!), mean: new Float64Array(sizes[field]!) }
      for (let leaf = 0; leaf < count; leaf++) {
        sums.actual[of[leaf]!]! += actual[leaf]!
        sums.mean[of[leaf]!]! += mean[leaf]!
      }
      const ratios = sums.actual.map((x, code) => Math.max(ratioMin, x / sums.mean[code]!))
      for (let leaf = 0; leaf < count; leaf++) mean[leaf]! *= ratios[of[leaf]!]!
    })
  }
  const noise = fitLeafNoise(model, mean, 0)
  const fitted = mean.map((x) => varianceOf(noise, x))
  const freedom = count - sizes.reduce((sum, size) => sum + size - 1, 1)
  const pearson = fitted.reduce((sum, x, leaf) => sum + (actual[leaf]! - mean[leaf]!) ** 2 / x, 0)
  const scale = freedom > 0 ? Math.max(1, pearson / freedom) : 1
  return { mean, variance: fitted.map((x) => x * scale) }
}
