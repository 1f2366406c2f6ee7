import type { LeafModel } from './expect-leaves.ts'
import { type LeafNoise, varianceOf, weighStray } from './leaf-noise.ts'

/** Share of a cause's effect by which its leaves differ among each other. */
const spread = 0.3

/** Surprise (minus log likelihood) of one leaf if its expectation were multiplied by `ratio`. */
export type LeafLoss = (leaf: number, ratio: number) => number

/**
 * The loss that causes are found by. The leaves of a cause share one ratio of actual to expected (the generalised ripple effect of Li et al.,
 * Squeeze, ISSRE 2019), but only about: the effect differs from leaf to leaf by three tenths of its size. Without that every cause
 * breaks up into the parts that it hit a little more and a little less.
 */
export function createLeafLoss({ actual, expected }: LeafModel, noise: LeafNoise): LeafLoss {
  return (leaf, ratio) => {
    const mean = ratio * expected[leaf]!
    const shift = spread * (ratio - 1) * expected[leaf]!
    const variance = varianceOf(noise, ratio > 1 ? mean : expected[leaf]!) + shift * shift
    const off = actual[leaf]! - mean
    return weighStray(off * off, variance)
  }
}
