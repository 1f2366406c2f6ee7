import type { LeafModel } from './expect-leaves.ts'

/**
 * How far a leaf strays from its expectation when nothing happens: variance = perUnit · expected + relative · expected². The first is that
 * of counts (1 for Poisson; for money the size of an amount), the second is what does not average out in large leaves.
 */
export interface LeafNoise {
  readonly perUnit: number
  readonly relative: number
}

export const varianceOf = ({ perUnit, relative }: LeafNoise, mean: number): number =>
  perUnit * (Math.abs(mean) + perUnit / 4) + relative * mean * mean

/** Leaves that the fit looks at. */
const leavesMax = 500
const leastRelative = 0.01
const relativeSteps = Array.from({ length: 11 }, (_, step) => (leastRelative * 1.6 ** step) ** 2)
/** Variance per unit: of numerators that are counts, and as shares of the median squared stray otherwise. */
const countSteps = [1, 1.5, 2, 3, 4.5, 7, 10, 15]
const shareSteps = Array.from({ length: 10 }, (_, step) => 10 ** (-4 + 0.5 * step))

const middle = (values: Float64Array): number => values.slice().sort()[values.length >> 1] ?? 0

/**
 * The noise of leaves around `mean` (the expectation, with what is explained already), by maximum likelihood of Student's t with seven
 * degrees of freedom over a grid; `trim` leaves that share of the least likely ones out.
 */
export function fitLeafNoise({ actual, count, isRatio }: LeafModel, mean: Float64Array, trim: number): LeafNoise {
  const step = Math.max(1, Math.floor(count / leavesMax))
  const chosen: number[] = []
  for (let leaf = 0; leaf < count; leaf += step) if (mean[leaf] !== 0) chosen.push(leaf)
  const size = Float64Array.from(chosen, (leaf) => Math.abs(mean[leaf]!))
  const stray = Float64Array.from(chosen, (leaf) => (actual[leaf]! - mean[leaf]!) ** 2)
  const usual = middle(stray.map((x, at) => x / size[at]!)) / 0.455 + 1e-12 * middle(size)
  const kept = Math.max(1, Math.ceil(chosen.length * (1 - trim)))
  const surprise = new Float64Array(chosen.length)
  let best: LeafNoise = { perUnit: isRatio ? 1 : usual, relative: leastRelative ** 2 }
  let least = Number.POSITIVE_INFINITY
  for (const perUnit of isRatio ? countSteps : shareSteps.map((share) => share * usual)) {
    for (const relative of relativeSteps) {
      for (let at = 0; at < size.length; at++) {
        const variance = perUnit * (size[at]! + perUnit / 4) + relative * size[at]! * size[at]!
        surprise[at] = weighStray(stray[at]!, variance) - 0.5 * Math.log(size[at]!)
      }
      if (trim > 0) surprise.sort()
      let sum = 0
      for (let at = 0; at < kept; at++) sum += surprise[at]!
      if (sum < least) {
        least = sum
        best = { perUnit, relative }
      }
    }
  }
  return best
}

/**
 * Minus log likelihood of a squared stray, but for a constant: Student's t with seven degrees of freedom, so that a single leaf that is far
 * off never outweighs many. One logarithm: the eighth power is three products.
 */
export function weighStray(stray: number, variance: number): number {
  const once = 1 + Math.min(1e30, stray / variance) / 7
  const twice = once * once
  const four = twice * twice
  return 0.5 * Math.log(variance * four * four)
}
