import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../../stats/cholesky.ts'
import { allocate } from '../../stats/scratch.ts'
import { type Baseline, clipResidual, type Dispersion, type Term } from './baseline.ts'
import { estimateDispersion, measureOwnShare, measureSpread, startDispersion } from './dispersion.ts'
import { standardise, updateMeans } from './evaluate-fit.ts'
import type { Sample } from './sample.ts'

const roundsMax = 14
/** Rounds after which the dispersion is estimated anew, from scratch and from another fit; the last but one round at the earliest. */
const dispersionRounds = { scratch: [2, 4, 6], start: [1, 3] } as const
const stepMax = 2
/** Residuals are measured in their own deviations; much less than 1 is a series without noise, in which rounding is not news. */
const spreadMin = { ofEvents: 0.9, ofOthers: 0.3 } as const

/** Where the column of a term is not 0. */
const beginOf = (term: Term): number => (term.kind === 'trend' ? 0 : term.from)
const endOf = (term: Term, count: number): number => (term.kind === 'step' ? term.to : count)

/** What each term adds to the predictor, per unit of its coefficient; a trend and a bend rise by 1 over the series. */
function buildColumns({ count, place }: Sample, terms: readonly Term[]): Float64Array {
  const columns = allocate(count * terms.length)
  const first = place[0]!
  const span = Math.max(1, place[count - 1]! - first)
  terms.forEach((term, k) => {
    const [from, to] = [beginOf(term), endOf(term, count)]
    const start = term.kind === 'bend' ? place[term.from]! : first
    const shift = term.kind === 'trend' ? 0.5 : 0
    for (let at = from; at < to; at++)
      columns[at * terms.length + k] = term.kind === 'step' ? 1 : (place[at]! - start) / span - shift
  })
  return columns
}

/** Mean of each phase on the scale of the link. */
function startCoefficients({ count, value, weight, phase, season, link }: Sample, least: number): Float64Array {
  const sums = allocate(season)
  const sizes = allocate(season)
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
  const count = clipped.length
  information.fill(0)
  score.fill(0)
  for (let at = 0; at < count; at++) {
    const own = phase[at]!
    const slope = sensitivity[at]!
    score[own]! += slope * clipped[at]!
    information[own * (width + 1)]! += slope * slope
  }
  for (let i = 0, row = season * width; i < extra; i++, row += width) {
    const from = beginOf(terms[i]!)
    const to = endOf(terms[i]!, count)
    let pull = 0
    let square = 0
    for (let at = from; at < to; at++) {
      const slope = sensitivity[at]!
      const share = columns[at * extra + i]! * slope
      pull += share * clipped[at]!
      square += share * share
      information[row + phase[at]!]! += share * slope
    }
    score[season + i] = pull
    information[row + season + i] = square
    for (let j = 0; j < i; j++) {
      let product = 0
      const last = Math.min(to, endOf(terms[j]!, count))
      for (let at = Math.max(from, beginOf(terms[j]!)); at < last; at++)
        product += columns[at * extra + i]! * columns[at * extra + j]! * sensitivity[at]! * sensitivity[at]!
      information[row + season + j] = product
    }
  }
}

/** Mean of the values' sizes. */
function measureSize(value: Float64Array): number {
  let sum = 0
  for (let at = 0; at < value.length; at++) sum += Math.abs(value[at]!)
  return sum / value.length
}

export interface FitOptions {
  /** What residuals are measured in; estimated on the way when absent. */
  readonly dispersion?: Dispersion
  /** A fit to start from: the seasons of the same sample. */
  readonly start?: Baseline
  /** Deviation that the coefficient of a trend is believed to have around 0 (see `believeGrowth`); as every term's when absent. */
  readonly growth?: number
}

/**
 * Fits season and `terms` on the scale of the link by Fisher scoring with clipped residuals (a Huber quasi-likelihood, Cantoni
 * and Ronchetti 2001): multiplied for counts and sums, as odds for shares. At least one point must differ from the others.
 */
export function fitBaseline(sample: Sample, terms: readonly Term[], options: FitOptions = {}): Baseline {
  const { count, link, value, season, phase } = sample
  const average = measureSize(value)
  const least = link === 'logit' ? 1e-6 : Math.max(average * 1e-4, 1e-300)
  const width = season + terms.length
  const coefficients = allocate(width)
  coefficients.set(options.start?.coefficients.subarray(0, season) ?? startCoefficients(sample, least))
  terms.forEach((term, k) => {
    const known = options.start?.terms.indexOf(term) ?? -1
    if (known >= 0) coefficients[season + k] = options.start!.coefficients[season + known]!
  })
  let baseline: Baseline = {
    season,
    terms,
    width,
    phase,
    columns: buildColumns(sample, terms),
    coefficients,
    mean: allocate(count),
    deviation: allocate(count),
    residual: allocate(count),
    clipped: allocate(count),
    sensitivity: allocate(count),
    ownShare: 0,
    spreadMin: sample.eventSize > 0 ? spreadMin.ofEvents : spreadMin.ofOthers,
    dispersion: options.dispersion ?? options.start?.dispersion ?? startDispersion(sample, average),
  }
  const isKnown = options.dispersion !== undefined
  const anew: readonly number[] = isKnown ? [] : dispersionRounds[options.start ? 'start' : 'scratch']
  const roundsMin = anew[1] ?? 0
  const scratch = allocate(count)
  const information = allocate(width * width)
  const score = allocate(width)
  for (let round = 0; round < roundsMax; round++) {
    updateMeans(sample, baseline, least, score)
    standardise(sample, baseline)
    if (anew.includes(round)) {
      baseline = { ...baseline, dispersion: estimateDispersion(sample, baseline, scratch) }
      standardise(sample, baseline)
    }
    if (!isKnown && round < 2 && options.start === undefined) clipAnew(sample, baseline, scratch)
    gatherScore(baseline, information, score)
    addPrior(baseline, information, score, link === 'identity' ? 0 : priorPrecision, options.growth)
    const largest = moveCoefficients(
      baseline,
      information,
      score,
      link === 'identity' ? Number.POSITIVE_INFINITY : stepMax,
    )
    const unit = link === 'identity' ? baseline.deviation[0]! : 1
    if (largest < 1e-3 * unit && round >= roundsMin) break
  }
  updateMeans(sample, baseline, least, score)
  standardise(sample, baseline)
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
  least: number,
  growth = Number.POSITIVE_INFINITY,
): void {
  terms.forEach(({ kind }, at) => {
    const k = season + at
    const precision = kind === 'trend' ? Math.max(least, growth ** -2) : least
    information[k * width + k] = information[k * width + k]! + precision
    score[k] = score[k]! - precision * coefficients[k]!
  })
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
