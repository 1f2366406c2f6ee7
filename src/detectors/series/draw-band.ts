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
  const { season, link, thins, place, value } = sample
  const { coefficients, columns, terms, dispersion } = baseline
  const [expected, low, high] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)]
  const [first, last] = [place[0]!, place.at(-1)!]
  const span = Math.max(1, last - first)
  const spread = (noise.spread / Math.sqrt(1 - Math.min(0.95, Math.max(0, noise.memory)) ** 2)) * halfWidth
  const isNonNegative = value.every((x) => x >= 0)
  let at = 0
  for (let index = 0; index < length; index++) {
    while (at < sample.count - 1 && place[at]! < index) at++
    let predictor = coefficients[index % season]!
    for (let k = 0; k < terms.length && season + k < without; k++) {
      const column = terms[k]!.kind === 'trend' ? (index - first) / span - 0.5 : columns[at * terms.length + k]!
      predictor += coefficients[season + k]! * column
    }
    const rows = thins === 'by weight' ? sample.weight[at]! : 1
    if (link === 'log') {
      const mean = Math.exp(predictor)
      const deviation =
        spread * mean * Math.sqrt(dispersion.thinning / (thins === 'by mean' ? mean : rows) + dispersion.floor)
      // multiplied noise is skewed: the same ratio up and down
      const ratio = deviation / mean
      expected[index] = mean
      low[index] = ratio < 1 ? Math.max(0, mean / (1 + ratio + (ratio * ratio) / 2)) : 0
      high[index] = mean + deviation * (1 + Math.min(ratio, 1) / 4)
      if (sample.isWhole) low[index] = Math.max(0, mean - deviation)
    } else if (link === 'logit') {
      const mean = 1 / (1 + Math.exp(-predictor))
      const deviation = spread * Math.sqrt(mean * (1 - mean) * (dispersion.thinning / rows + dispersion.floor))
      expected[index] = mean
      low[index] = Math.max(0, mean - deviation)
      high[index] = Math.min(1, mean + deviation)
    } else {
      const deviation = spread * Math.sqrt(dispersion.thinning / rows + dispersion.floor)
      expected[index] = predictor
      low[index] = isNonNegative ? Math.max(0, predictor - deviation) : predictor - deviation
      high[index] = predictor + deviation
    }
  }
  return { expected, low, high }
}
