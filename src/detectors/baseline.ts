import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../stats/cholesky.ts'
import { medianInPlace } from '../stats/median.ts'
import type { Sample } from './sample.ts'

/** What may happen to the level besides season and trend. Places count the sample's points, not the series'. */
export type Term =
  | { readonly kind: 'step'; readonly from: number; readonly to: number }
  | { readonly kind: 'bend'; readonly from: number }

/** Variance of a point around its mean: `thinning` over its rows (or mean), plus `floor` that no number of rows averages out. */
export interface Dispersion {
  readonly thinning: number
  readonly floor: number
}

export interface Baseline {
  readonly terms: readonly Term[]
  /** Columns of the design: seasons, trend, terms. */
  readonly width: number
  /** count × width, row-major. */
  readonly design: Float64Array
  readonly coefficients: Float64Array
  readonly mean: Float64Array
  /** Standard deviation of each point under `dispersion`. */
  readonly deviation: Float64Array
  /** (value − mean) / deviation. */
  readonly residual: Float64Array
  /** How far the residual moves when the linear predictor moves by 1. */
  readonly sensitivity: Float64Array
  readonly dispersion: Dispersion
}

/** Residuals count at most this many standard deviations: a lone outlier cannot pull the fit. */
export const clipAt = 4
const roundsMax = 12

const readTerm = (sample: Sample, term: Term, at: number): number =>
  term.kind === 'step'
    ? at >= term.from && at < term.to
      ? 1
      : 0
    : at <= term.from
      ? 0
      : (sample.place[at]! - sample.place[term.from]!) / sample.place.at(-1)!

/** Seasons (each with its own level), a straight trend from −½ to ½, and the terms. */
function buildDesign(
  sample: Sample,
  terms: readonly Term[],
  hasTrend: boolean,
): { design: Float64Array; width: number } {
  const { count, season, place, phase } = sample
  const width = season + 1 + terms.length
  const design = new Float64Array(count * width)
  const span = Math.max(1, place.at(-1)! - place[0]!)
  for (let at = 0; at < count; at++) {
    const row = at * width
    design[row + phase[at]!] = 1
    if (hasTrend) design[row + season] = (place[at]! - place[0]!) / span - 0.5
    for (let k = 0; k < terms.length; k++) design[row + season + 1 + k] = readTerm(sample, terms[k]!, at)
  }
  return { design, width }
}

/** Mean, deviation, residual and sensitivity of every point for given coefficients. */
function evaluate(sample: Sample, baseline: Baseline, least: number): void {
  const { count, value, weight, link, thins } = sample
  const { width, design, coefficients, mean, deviation, residual, sensitivity, dispersion } = baseline
  const { thinning, floor } = dispersion
  for (let at = 0; at < count; at++) {
    let predictor = 0
    for (let k = 0, row = at * width; k < width; k++) predictor += design[row + k]! * coefficients[k]!
    if (link === 'log') {
      const level = Math.max(Math.exp(Math.min(predictor, 300)), least)
      const relative = Math.sqrt(thinning / (thins === 'by mean' ? level : weight[at]!) + floor)
      mean[at] = level
      deviation[at] = level * relative
      sensitivity[at] = 1 / relative
    } else if (link === 'logit') {
      const level = Math.min(1 - least, Math.max(least, 1 / (1 + Math.exp(-predictor))))
      const spread = Math.sqrt(level * (1 - level))
      const relative = Math.sqrt(thinning / weight[at]! + floor)
      mean[at] = level
      deviation[at] = spread * relative
      sensitivity[at] = spread / relative
    } else {
      const spread = Math.sqrt(thinning / weight[at]! + floor)
      mean[at] = predictor
      deviation[at] = spread
      sensitivity[at] = 1 / spread
    }
    residual[at] = (value[at]! - mean[at]!) / deviation[at]!
  }
}

/** Seasonal means of the values on the scale of the link. */
function startCoefficients(sample: Sample, coefficients: Float64Array, least: number): void {
  const { count, value, weight, phase, season, link } = sample
  const sums = new Float64Array(season)
  const sizes = new Float64Array(season)
  let total = 0
  let size = 0
  for (let at = 0; at < count; at++) {
    sums[phase[at]!] = sums[phase[at]!]! + value[at]! * weight[at]!
    sizes[phase[at]!] = sizes[phase[at]!]! + weight[at]!
    total += value[at]! * weight[at]!
    size += weight[at]!
  }
  for (let k = 0; k < season; k++) {
    const level = sizes[k]! > 0 ? sums[k]! / sizes[k]! : total / size
    coefficients[k] =
      link === 'log'
        ? Math.log(Math.max(level, least))
        : link === 'logit'
          ? Math.log(Math.max(level, least) / Math.max(1 - level, least))
          : level
  }
}

/** Median absolute residual as a standard deviation; never 0, so that a series without noise can be fitted. */
function measureSpread(residual: Float64Array, scratch: Float64Array): number {
  let total = 0
  for (let at = 0; at < residual.length; at++) {
    scratch[at] = Math.abs(residual[at]!)
    total += Math.min(residual[at]! ** 2, 100)
  }
  const robust = 1.4826 * medianInPlace(scratch)
  return Math.max(robust, 0.3 * Math.sqrt(total / residual.length), 1e-9)
}

/**
 * Fits season, straight trend and `terms` on the scale of the link by Fisher scoring with clipped residuals (Huber's proposal in
 * the form of Cantoni and Ronchetti 2001). `dispersion` is what the residuals are measured in; without it one is
 * estimated on the way (see `estimateDispersion`).
 */
export function fitBaseline(sample: Sample, terms: readonly Term[], given?: Dispersion, hasTrend = true): Baseline {
  const { count, link, value } = sample
  const { design, width } = buildDesign(sample, terms, hasTrend)
  const average = value.reduce((sum, x) => sum + Math.abs(x), 0) / count
  const least = link === 'logit' ? 1e-6 : Math.max(average * 1e-4, 1e-300)
  const empty = () => new Float64Array(count)
  let baseline: Baseline = {
    terms,
    width,
    design,
    coefficients: new Float64Array(width),
    mean: empty(),
    deviation: empty(),
    residual: empty(),
    sensitivity: empty(),
    dispersion: given ?? startDispersion(sample, average),
  }
  startCoefficients(sample, baseline.coefficients, least)
  const scratch = empty()
  const information = new Float64Array(width * width)
  const score = new Float64Array(width)
  for (let round = 0; round < roundsMax; round++) {
    evaluate(sample, baseline, least)
    if (!given && (round === 3 || round === 6)) {
      baseline = { ...baseline, dispersion: estimateDispersion(sample, baseline, scratch) }
      evaluate(sample, baseline, least)
    }
    const limit = clipAt * (given ? 1 : measureSpread(baseline.residual, scratch))
    gatherScore(baseline, count, limit, information, score)
    factorInPlace(information, width)
    solveLowerInPlace(information, width, score)
    solveUpperInPlace(information, width, score)
    let largest = 0
    for (let k = 0; k < width; k++) {
      const step = link === 'identity' ? score[k]! : Math.max(-2, Math.min(2, score[k]!))
      baseline.coefficients[k] = baseline.coefficients[k]! + step
      largest = Math.max(largest, Math.abs(step))
    }
    if (largest < 1e-4 && (given || round > 6)) break
  }
  evaluate(sample, baseline, least)
  return baseline
}

function startDispersion(sample: Sample, average: number): Dispersion {
  if (sample.link === 'logit') return { thinning: 1, floor: 0 }
  if (sample.link === 'log')
    return sample.thins === 'by mean' ? { thinning: 1, floor: 0 } : { thinning: 1, floor: 0.01 }
  return { thinning: 0, floor: Math.max(average * average, 1e-300) }
}

/** X′H²X and X′H clip(r). */
function gatherScore(
  { design, width, residual, sensitivity }: Baseline,
  count: number,
  limit: number,
  information: Float64Array,
  score: Float64Array,
): void {
  information.fill(0)
  score.fill(0)
  for (let at = 0; at < count; at++) {
    const weight = sensitivity[at]!
    const pull = weight * Math.max(-limit, Math.min(limit, residual[at]!))
    const square = weight * weight
    const row = at * width
    for (let i = 0; i < width; i++) {
      const x = design[row + i]!
      if (x === 0) continue
      score[i] = score[i]! + x * pull
      const weighted = x * square
      for (let j = 0; j <= i; j++)
        information[i * width + j] = information[i * width + j]! + weighted * design[row + j]!
    }
  }
}

/**
 * `thinning` and `floor` by least squares of the squared relative residuals on 1/rows (or 1/mean) and 1, neither negative, residuals
 * clipped, weighted by what they vary.
 */
export function estimateDispersion(sample: Sample, baseline: Baseline, scratch: Float64Array): Dispersion {
  const { count, weight, thins, link } = sample
  const { mean, residual, width, dispersion } = baseline
  const spread = measureSpread(residual, scratch)
  const freedom = count / Math.max(count - width, count / 4)
  let [xx, x1, one, xy, y1] = [0, 0, 0, 0, 0]
  for (let at = 0; at < count; at++) {
    const limited = Math.max(-clipAt * spread, Math.min(clipAt * spread, residual[at]!))
    const variance = unitVariance(baseline, at, link)
    const thin = thins === 'by mean' ? 1 / mean[at]! : 1 / weight[at]!
    const share = 1 / (variance * variance)
    const observed = limited * limited * variance * freedom
    xx += share * thin * thin
    x1 += share * thin
    one += share
    xy += share * thin * observed
    y1 += share * observed
  }
  const determinant = xx * one - x1 * x1
  const least = 1e-18 * Math.max(dispersion.thinning, dispersion.floor)
  const [onlyThin, onlyFloor] = [Math.max(xy / xx, least), Math.max(y1 / one, least)]
  if (determinant < 0.01 * xx * one) return { thinning: onlyThin, floor: 0 }
  const thinning = (xy * one - y1 * x1) / determinant
  const floor = (y1 * xx - xy * x1) / determinant
  if (thinning <= 0) return { thinning: 0, floor: onlyFloor }
  return floor <= 0 ? { thinning: onlyThin, floor: 0 } : { thinning, floor }
}

/** A point's variance in units in which `floor` counts once: relative to mean² (log), to p(1 − p) (logit), or plain. */
function unitVariance({ mean, deviation, sensitivity }: Baseline, at: number, link: Sample['link']): number {
  if (link === 'log') return 1 / sensitivity[at]! ** 2
  if (link === 'logit') return deviation[at]! ** 2 / (mean[at]! * (1 - mean[at]!))
  return deviation[at]! ** 2
}
