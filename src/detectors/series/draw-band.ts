import type { Band } from '../detector.ts'
import type { Series } from '../shapes.ts'
import type { Baseline } from './baseline.ts'
import type { Noise } from './noise.ts'
import type { Sample } from './sample.ts'

/** Half the width of a central 95% interval, in standard deviations. */
export const halfWidth = 1.96

/**
 * What each point should have been, with its 95% prediction interval: the baseline without the terms from column `without` on. Covers all
 * places of the series, those without a value too.
 */
export function drawBand(series: Series, sample: Sample, baseline: Baseline, noise: Noise, without: number): Band {
  const length = series.values.length
  const { link, thins, place, weight } = sample
  const { thinning, floor } = baseline.dispersion
  const room = new Float64Array(3 * length)
  const expected = room.subarray(0, length)
  const low = room.subarray(length, 2 * length)
  const high = room.subarray(2 * length)
  predict(sample, baseline, without, expected)
  const spread = (noise.spread / Math.sqrt(1 - Math.min(0.95, Math.max(0, noise.memory)) ** 2)) * halfWidth
  const least = link === 'identity' && !isNonNegative(sample.value) ? Number.NEGATIVE_INFINITY : 0
  let at = 0
  for (let index = 0; index < length; index++) {
    while (at < sample.count - 1 && place[at]! < index) at++
    const predictor = expected[index]!
    if (link === 'log') {
      const mean = Math.exp(predictor)
      const ratio = spread * Math.sqrt(thinning / (thins === 'by mean' ? mean : weight[at]!) + floor)
      const deviation = mean * ratio
      // multiplied noise is skewed: the same ratio up and down
      const below = sample.isWhole ? mean - deviation : ratio < 1 ? mean / (1 + ratio + (ratio * ratio) / 2) : 0
      expected[index] = mean
      low[index] = below > 0 ? below : 0
      high[index] = mean + deviation * (1 + (ratio < 1 ? ratio : 1) / 4)
    } else if (link === 'logit') {
      const mean = 1 / (1 + Math.exp(-predictor))
      const deviation = spread * Math.sqrt(mean * (1 - mean) * (thinning / weight[at]! + floor))
      expected[index] = mean
      low[index] = Math.max(0, mean - deviation)
      high[index] = Math.min(1, mean + deviation)
    } else {
      const deviation = spread * Math.sqrt(thinning / weight[at]! + floor)
      low[index] = Math.max(least, predictor - deviation)
      high[index] = predictor + deviation
    }
  }
  return { expected, low, high }
}

/** The linear predictor at every place of the series, by the terms before column `without`: a trend goes on, the others stay as at the next point. */
function predict({ count, place }: Sample, baseline: Baseline, without: number, predictor: Float64Array): void {
  const { season, coefficients, columns, terms } = baseline
  const extra = terms.length
  const first = place[0]!
  const span = Math.max(1, place[count - 1]! - first)
  for (let index = 0, phase = 0; index < predictor.length; index++) {
    predictor[index] = coefficients[phase]!
    if (++phase === season) phase = 0
  }
  for (let k = 0; k < extra && season + k < without; k++) {
    const slope = coefficients[season + k]!
    if (terms[k]!.kind === 'trend') {
      for (let index = 0; index < predictor.length; index++) predictor[index]! += slope * ((index - first) / span - 0.5)
      continue
    }
    for (let index = 0, at = 0; index < predictor.length; index++) {
      while (at < count - 1 && place[at]! < index) at++
      predictor[index]! += slope * columns[at * extra + k]!
    }
  }
}

function isNonNegative(value: Float64Array): boolean {
  for (const x of value) if (x < 0) return false
  return true
}
