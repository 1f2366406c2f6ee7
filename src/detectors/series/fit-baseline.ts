import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../../stats/cholesky.ts'
import { type Baseline, clipResidual, type Dispersion, type Term } from './baseline.ts'
import { estimateDispersion, measureOwnShare, measureSpread, startDispersion } from './dispersion.ts'
import type { Sample } from './sample.ts'

const roundsMax = 14
/** Rounds after which the dispersion is estimated anew, from scratch and from another fit; the last but one round at the earliest. */
const dispersionRounds = { scratch: [2, 4, 6], start: [1, 3] } as const
const stepMax = 2
/** Residuals are measured in their own deviations; much less than 1 is a series without noise, in which rounding is not news. */
const spreadMin = { ofEvents: 0.9, ofOthers: 0.3 } as const

/** What each term adds to the predictor, per unit of its coefficient; a trend and a bend rise by 1 over the series. */
function buildColumns({ count, place }: Sample, terms: readonly Term[]): Float64Array {
  const columns = new Float64Array(count * terms.length)
  const first = place[0]!
  const span = Math.max(1, place[count - 1]! - first)
  terms.forEach((term, k) => {
    const from = term.kind === 'trend' ? 0 : term.from
    const to = term.kind === 'step' ? term.to : count
    const start = term.kind === 'bend' ? place[term.from]! : first
    const shift = term.kind === 'trend' ? 0.5 : 0
    for (let at = from; at < to; at++)
      columns[at * terms.length + k] = term.kind === 'step' ? 1 : (place[at]! - start) / span - shift
  })
  return columns
}

/** Mean, deviation, residual and sensitivity of every point under the coefficients. */
function evaluate({ count, value, weight, link, thins }: Sample, baseline: Baseline, least: number): void {
  const { season, phase, columns, coefficients, mean, deviation, residual, clipped, sensitivity } = baseline
  const { thinning, floor } = baseline.dispersion
  const extra = baseline.terms.length
  for (let at = 0; at < count; at++) {
    let predictor = coefficients[phase[at]!]!
    for (let k = 0; k < extra; k++) predictor += columns[at * extra + k]! * coefficients[season + k]!
    let level = predictor
    let unit = 1
    let slope = 1
    if (link === 'log') {
      level = Math.max(Math.exp(Math.min(predictor, 300)), least)
      unit = level
      slope = level
    } else if (link === 'logit') {
      level = Math.min(1 - least, Math.max(least, 1 / (1 + Math.exp(-predictor))))
      slope = level * (1 - level)
      unit = Math.sqrt(slope)
    }
    const spread = unit * Math.sqrt(thinning / (thins === 'by mean' ? level : weight[at]!) + floor)
    mean[at] = level
    deviation[at] = spread
    sensitivity[at] = slope / spread
    residual[at] = (value[at]! - level) / spread
    clipped[at] = clipResidual(residual[at]!, sensitivity[at]!, link, 1)
  }
}

/** Mean of each phase on the scale of the link. */
function startCoefficients({ count, value, weight, phase, season, link }: Sample, least: number): Float64Array {
  const sums = new Float64Array(season)
  const sizes = new Float64Array(season)
  for (let at = 0; at < count; at++) {
    sums[phase[at]!] = sums[phase[at]!]! + value[at]! * weight[at]!
    sizes[phase[at]!] = sizes[phase[at]!]! + weight[at]!
  }
  const total = sums.reduce((all, x) => all + x, 0) / sizes.reduce((all, x) => all + x, 0)
  return sums.map((sum, k) => {
    const level = sizes[k]! > 0 ? sum / sizes[k]! : total
    if (link === 'identity') return level
    return Math.log(Math.max(level, least)) - (link === 'logit' ? Math.log(Math.max(1 - level, least)) : 0)
  })
}

/** Lower triangle of X′H²X, and X′H clip(r). */
function gatherScore(
  { season, terms, width, phase, columns, clipped, sensitivity }: Baseline,
  information: Float64Array,
  score: Float64Array,
): void {
  const extra = terms.length
  information.fill(0)
  score.fill(0)
  for (let at = 0; at < clipped.length; at++) {
    const own = phase[at]!
    const pull = sensitivity[at]! * clipped[at]!
    const square = sensitivity[at]! ** 2
    score[own] = score[own]! + pull
    information[own * width + own] = information[own * width + own]! + square
    for (let i = 0; i < extra; i++) {
      const x = columns[at * extra + i]!
      if (x === 0) continue
      const row = (season + i) * width
      score[season + i] = score[season + i]! + x * pull
      information[row + own] = information[row + own]! + x * square
      for (let j = 0; j <= i; j++)
        information[row + season + j] = information[row + season + j]! + x * square * columns[at * extra + j]!
    }
  }
}

export interface FitOptions {
  /** What residuals are measured in; estimated on the way when absent. */
  readonly dispersion?: Dispersion
  /** A fit to start from: the seasons of the same sample. */
  readonly start?: Baseline
}

/**
 * Fits season and `terms` on the scale of the link by Fisher scoring with clipped residuals (a Huber quasi-likelihood, Cantoni
 * and Ronchetti 2001): multiplied for counts and sums, as odds for shares. At least one point must differ from the others.
 */
export function fitBaseline(sample: Sample, terms: readonly Term[], options: FitOptions = {}): Baseline {
  const { count, link, value, season, phase } = sample
  const average = value.reduce((sum, x) => sum + Math.abs(x), 0) / count
  const least = link === 'logit' ? 1e-6 : Math.max(average * 1e-4, 1e-300)
  const width = season + terms.length
  const coefficients = new Float64Array(width)
  coefficients.set(options.start?.coefficients.subarray(0, season) ?? startCoefficients(sample, least))
  terms.forEach((term, k) => {
    const known = options.start?.terms.indexOf(term) ?? -1
    if (known >= 0) coefficients[season + k] = options.start!.coefficients[season + known]!
  })
  const empty = () => new Float64Array(count)
  let baseline: Baseline = {
    season,
    terms,
    width,
    phase,
    columns: buildColumns(sample, terms),
    coefficients,
    mean: empty(),
    deviation: empty(),
    residual: empty(),
    clipped: empty(),
    sensitivity: empty(),
    ownShare: 0,
    spreadMin: sample.eventSize > 0 ? spreadMin.ofEvents : spreadMin.ofOthers,
    dispersion: options.dispersion ?? options.start?.dispersion ?? startDispersion(sample, average),
  }
  const isKnown = options.dispersion !== undefined
  const anew: readonly number[] = isKnown ? [] : dispersionRounds[options.start ? 'start' : 'scratch']
  const roundsMin = anew[1] ?? 0
  const scratch = empty()
  const information = new Float64Array(width * width)
  const score = new Float64Array(width)
  for (let round = 0; round < roundsMax; round++) {
    evaluate(sample, baseline, least)
    if (anew.includes(round)) {
      baseline = { ...baseline, dispersion: estimateDispersion(sample, baseline, scratch) }
      evaluate(sample, baseline, least)
    }
    if (!isKnown && round < 2 && options.start === undefined) clipAnew(sample, baseline, scratch)
    gatherScore(baseline, information, score)
    if (link !== 'identity') addPrior(baseline, information, score)
    const largest = moveCoefficients(
      baseline,
      information,
      score,
      link === 'identity' ? Number.POSITIVE_INFINITY : stepMax,
    )
    const unit = link === 'identity' ? baseline.deviation[0]! : 1
    if (largest < 1e-3 * unit && round >= roundsMin) break
  }
  evaluate(sample, baseline, least)
  return { ...baseline, ownShare: measureOwnShare(sample, baseline) }
}

/** Clips by the residuals' own size, while their dispersion is not known. */
function clipAnew({ link }: Sample, { residual, clipped, sensitivity }: Baseline, scratch: Float64Array): void {
  const spread = measureSpread(residual, scratch)
  for (let at = 0; at < residual.length; at++)
    clipped[at] = clipResidual(residual[at]!, sensitivity[at]! * spread, link, spread)
}

/** Changes by more than a factor of e³ need more than a few points to be believed: keeps the fit finite where all is 0. */
const priorPrecision = 1 / 9

function addPrior(
  { season, terms, width, coefficients }: Baseline,
  information: Float64Array,
  score: Float64Array,
): void {
  for (let k = season; k < season + terms.length; k++) {
    information[k * width + k] = information[k * width + k]! + priorPrecision
    score[k] = score[k]! - priorPrecision * coefficients[k]!
  }
}

/** One step of Fisher scoring; returns the largest change. */
function moveCoefficients(
  { width, coefficients }: Baseline,
  information: Float64Array,
  score: Float64Array,
  limit: number,
): number {
  factorInPlace(information, width)
  solveLowerInPlace(information, width, score)
  solveUpperInPlace(information, width, score)
  let largest = 0
  for (let k = 0; k < width; k++) {
    const step = Math.max(-limit, Math.min(limit, score[k]!))
    coefficients[k] = coefficients[k]! + step
    largest = Math.max(largest, Math.abs(step))
  }
  return largest
}
