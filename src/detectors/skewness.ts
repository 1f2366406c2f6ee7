import type { Baseline } from './baseline.ts'
import type { Sample } from './sample.ts'

/**
 * Skewness of each point's noise, from its mean–variance relation: a Poisson count has the skewness of its coefficient of variation, a
 * gamma variable twice that, a binomial share (1 − 2p) times. Tails of sums of few small counts are far from normal without it.
 */
export function measureSkewness(sample: Sample, { sensitivity, mean }: Baseline): Float64Array {
  const skewness = new Float64Array(sample.count)
  if (sample.link === 'identity') return skewness
  const factor = sample.isWhole ? 1.2 : 2
  for (let at = 0; at < sample.count; at++) {
    const variation = 1 / Math.max(sensitivity[at]!, 1e-9)
    skewness[at] = sample.link === 'log' ? factor * variation : (1 - 2 * mean[at]!) * variation
  }
  return skewness
}
