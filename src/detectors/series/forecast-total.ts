import { factorInPlace, solveLowerInPlace } from '../../stats/cholesky.ts'
import type { Baseline } from './baseline.ts'
import type { Noise } from './noise.ts'
import type { Sample } from './sample.ts'

/** What a sum over periods to come will be. */
export interface Forecast {
  /** Expected value of each period. */
  readonly expected: Float64Array
  readonly total: number
  /** Standard deviation of the total's error: noise with its memory, and what is not known of season, growth and level. */
  readonly deviation: number
  readonly skewness: number
}

/** How steeply growth changes need evidence, as in the fit: precision of the prior of a term's coefficient. */
const priorPrecision = 1 / 9

/** Value of the term columns at a place of the series after the sample's last point. */
function extendColumns({ terms }: Baseline, { place, count }: Sample, index: number, out: Float64Array): void {
  const first = place[0]!
  const span = Math.max(1, place[count - 1]! - first)
  terms.forEach((term, k) => {
    if (term.kind === 'trend') out[k] = (index - first) / span - 0.5
    else if (term.kind === 'bend') out[k] = (index - place[term.from]!) / span
    else out[k] = term.to === count ? 1 : 0
  })
}

/** Information of the coefficients, after the memory of the noise is filtered out; lower triangle, factored. */
function factorInformation(baseline: Baseline, { memory }: Noise, hasPrior: boolean): Float64Array {
  const { width, season, phase, columns, sensitivity, terms } = baseline
  const extra = terms.length
  const information = new Float64Array(width * width)
  const row = new Float64Array(width)
  for (let at = 0; at < sensitivity.length; at++) {
    row.fill(0)
    const now = sensitivity[at]! * (at === 0 ? Math.sqrt(1 - memory * memory) : 1)
    const then = at === 0 ? 0 : memory * sensitivity[at - 1]!
    row[phase[at]!] = now
    if (at > 0) row[phase[at - 1]!] = row[phase[at - 1]!]! - then
    for (let k = 0; k < extra; k++)
      row[season + k] = now * columns[at * extra + k]! - (at > 0 ? then * columns[(at - 1) * extra + k]! : 0)
    for (let i = 0; i < width; i++) {
      const x = row[i]!
      if (x === 0) continue
      for (let j = 0; j <= i; j++) information[i * width + j] = information[i * width + j]! + x * row[j]!
    }
  }
  if (hasPrior)
    for (let k = season; k < width; k++) information[k * width + k] = information[k * width + k]! + priorPrecision
  factorInPlace(information, width)
  return information
}

/**
 * Forecasts Σ weights(h) · value(places(h)) from a fitted series: season and growth carried on, shifts that last go on. The error has two
 * parts. Noise: each period's own deviation, AR(1) with the last residual known, summed over all that one shock still moves. Coefficients: the
 * gradient of the total in the inverse information (delta method). `rows` stands behind each period of shares and means.
 */
export function forecastTotal(
  sample: Sample,
  baseline: Baseline,
  noise: Noise,
  places: Int32Array,
  weights: Float64Array,
  rows: number,
): Forecast {
  const { season, width, terms, coefficients, dispersion } = baseline
  const { link, thins, isWhole } = sample
  const memory = Math.max(0, noise.memory)
  const column = new Float64Array(terms.length)
  const gradient = new Float64Array(width)
  const expected = new Float64Array(places.length)
  const pushed = new Float64Array(places.length)
  let [total, cube, square] = [0, 0, 0]
  let echo = baseline.clipped[sample.count - 1]!
  for (let h = 0; h < places.length; h++) {
    extendColumns(baseline, sample, places[h]!, column)
    const phase = places[h]! % season
    let predictor = coefficients[phase]!
    for (let k = 0; k < terms.length; k++) predictor += column[k]! * coefficients[season + k]!
    const mean = link === 'log' ? Math.exp(predictor) : link === 'logit' ? 1 / (1 + Math.exp(-predictor)) : predictor
    const slope = link === 'log' ? mean : link === 'logit' ? mean * (1 - mean) : 1
    const unit = link === 'log' ? mean : link === 'logit' ? Math.sqrt(slope) : 1
    const own =
      unit * Math.sqrt(dispersion.thinning / (thins === 'by mean' ? Math.max(mean, 1e-12) : rows) + dispersion.floor)
    echo *= memory
    expected[h] = mean + own * echo
    total += weights[h]! * expected[h]!
    pushed[h] = weights[h]! * own
    const skewness =
      link === 'log' ? ((isWhole ? 1.2 : 2) * own) / mean : link === 'logit' ? ((1 - 2 * mean) * own) / slope : 0
    cube += pushed[h]! ** 3 * skewness
    square += pushed[h]! ** 2
    gradient[phase] = gradient[phase]! + weights[h]! * slope
    for (let k = 0; k < terms.length; k++)
      gradient[season + k] = gradient[season + k]! + weights[h]! * slope * column[k]!
  }
  let [shocks, carried] = [0, 0]
  for (let h = places.length - 1; h >= 0; h--) {
    carried = pushed[h]! + memory * carried
    shocks += carried * carried
  }
  const factor = factorInformation(baseline, noise, link !== 'identity')
  solveLowerInPlace(factor, width, gradient)
  const unknown = gradient.reduce((sum, x) => sum + x * x, 0)
  const variance = noise.spread ** 2 * (shocks + unknown)
  // what is multiplied is skewed: a total known up to a factor with deviation v has skewness 3 v
  const byFactor = link === 'log' && total > 0 ? (3 * Math.sqrt(noise.spread ** 2 * unknown)) / total : 0
  const share = unknown / (shocks + unknown)
  const byNoise = square > 0 ? cube / square ** 1.5 : 0
  return {
    expected,
    total,
    deviation: Math.sqrt(variance),
    skewness: byFactor * share ** 1.5 + byNoise * (1 - share) ** 1.5,
  }
}
