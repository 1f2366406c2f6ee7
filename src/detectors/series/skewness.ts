import { allocate } from '../../stats/scratch.ts'
import type { Baseline } from './baseline.ts'
import type { Sample } from './sample.ts'

/** How sure the relation below is, before seeing the residuals: standard deviation of the factor it is multiplied by. */
const doubt = 0.5

/**
 * Skewness of each point's noise: tails of sums of few small counts are far from normal without it. Expected from the
 * mean–variance relation (a Poisson count has the skewness of its coefficient of variation, a gamma variable twice that, a
 * binomial share (1 − 2p) times), then corrected by the residuals' own third moment as far as their number allows.
 */
export function measureSkewness(sample: Sample, { sensitivity, mean, clipped }: Baseline): Float64Array {
  const { count, link } = sample
  const skewness = allocate(count)
  if (link === 'identity') return learnSkewness(sample, clipped, skewness)
  const factor = sample.isWhole ? 1.2 : 2
  let [product, square, scale, sixth] = [0, 0, 0, 0]
  for (let at = 0; at < count; at++) {
    const variation = 1 / Math.max(sensitivity[at]!, 1e-9)
    const expected = link === 'log' ? factor * variation : (1 - 2 * mean[at]!) * variation
    skewness[at] = expected
    const r = clipped[at]!
    product += expected * r * r * r
    const expectedSquare = expected * expected
    sixth += expectedSquare * (15 + expectedSquare * expectedSquare)
    square += expectedSquare
    scale += r * r
  }
  const unit = (scale / count) ** 1.5
  if (!(square > 0) || !(unit > 0)) return skewness
  // the cube of a normal value has variance 15; of a rare event, whose size is its skewness, that to the fourth power
  const told = product / square / unit
  const toldVariance = sixth / square ** 2
  const weight = doubt ** 2 / (doubt ** 2 + toldVariance)
  const correction = 1 + weight * (told - 1)
  for (let at = 0; at < count; at++) skewness[at] = skewness[at]! * correction
  return skewness
}

/**
 * Where no relation says what to expect: the residuals' own third moment, as far as their number allows, for points of fewer rows by as much as means of few are
 * more skewed than means of many.
 */
function learnSkewness({ count, weight }: Sample, clipped: Float64Array, skewness: Float64Array): Float64Array {
  let rows = 0
  for (let at = 0; at < count; at++) rows += weight[at]!
  let [product, square, scale] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const share = Math.sqrt(rows / count / Math.max(weight[at]!, 1e-9))
    const r = clipped[at]!
    skewness[at] = share
    product += share * r * r * r
    square += share * share
    scale += r * r
  }
  const unit = (scale / count) ** 1.5
  if (!(square > 0) || !(unit > 0)) return skewness.fill(0)
  const sure = doubt ** 2 / (doubt ** 2 + 15 / square)
  for (let at = 0; at < count; at++) skewness[at] = (skewness[at]! * sure * product) / square / unit
  return skewness
}
