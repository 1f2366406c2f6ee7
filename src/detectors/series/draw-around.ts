import type { Band } from '../detector.ts'
import type { Series } from '../shapes.ts'
import { type Baseline, type Dispersion, straightTrend } from './baseline.ts'
import { drawBand } from './draw-band.ts'
import { fitBaseline } from './fit-baseline.ts'
import { measureNoise, type Noise } from './noise.ts'
import { type Sample, takeSample } from './sample.ts'

export interface Surroundings {
  readonly band: Band
  /** Standard error of the mean over the points, on the scale of the link. */
  readonly error: number
  /** Missing where all others are alike. */
  readonly dispersion?: Dispersion
}

/** What `points` points should have been by a fit of season and straight trend. */
export function drawPlain(
  series: Series,
  sample: Sample,
  baseline: Baseline,
  noise: Noise,
  points: number,
): Surroundings {
  const band = drawBand(series, sample, baseline, noise, baseline.width)
  // where noise is multiplied, points count by their level: a weekend of nearly nothing says little about the mean
  const share = (at: number) => (sample.link === 'log' ? baseline.mean[at]! : 1)
  let [deviation, total] = [0, 0]
  for (let at = 0; at < sample.count; at++) {
    deviation += share(at) / baseline.sensitivity[at]!
    total += share(at)
  }
  const lasting = noise.spread / (1 - Math.max(0, Math.min(0.9, noise.memory)))
  return { band, dispersion: baseline.dispersion, error: ((deviation / total) * lasting) / Math.sqrt(points) }
}

/** What the points [from, to) should have been by all others: season and straight trend. Where all others are alike, it is their value. */
export function drawAround(series: Series, season: number, from: number, to: number): Surroundings {
  const length = series.values.length
  const excluded = series.excluded?.slice() ?? new Uint8Array(length)
  excluded.fill(1, from, to)
  const sample = takeSample({ ...series, excluded }, season)
  const first = sample.value[0] ?? Number.NaN
  if (sample.value.every((x) => x === first)) {
    const flat = new Float64Array(length).fill(first)
    return { band: { expected: flat, low: flat, high: flat }, error: 0 }
  }
  const baseline = fitBaseline(sample, [straightTrend])
  return drawPlain(series, sample, baseline, measureNoise(baseline), to - from)
}
