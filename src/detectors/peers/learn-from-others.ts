import { learnTails, type TailMixture, weighTail } from '../../stats/tail-mixture.ts'

/** Weights of tail shapes before anything is seen, heaviest first. */
const prior = [0, 0.02, 0.12, 0.28, 0.33, 0.25] as const

/** So many of the others say no more about tails than that they are the farthest: one more that stands out does not hide the first. */
const farthest = 1

/**
 * Tails of the others' scores. The one judged was left out because it is the farthest, and the next may stand out, too: both say about the
 * tails that they are farther than the rest, not how far (censored values).
 */
export function learnFromOthers(scores: Float64Array): TailMixture {
  const sizes = scores.map(Math.abs).sort()
  const rest = sizes.length - farthest
  const { scales, weights } = learnTails(sizes.subarray(0, rest), rest, prior, 1)
  const limit = sizes[rest - 1]!
  const likely = weights.map((weight, s) => {
    const only = weights.map((_, other) => (other === s ? 1 : 0))
    const tail = 2 * weighTail({ scales, weights: only }, limit, Number.POSITIVE_INFINITY)
    return weight * tail ** (1 + farthest)
  })
  const total = likely.reduce((sum, weight) => sum + weight, 0)
  return total > 0 ? { scales, weights: likely.map((weight) => weight / total) } : { scales, weights }
}
