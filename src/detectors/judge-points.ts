import { betaBinomial } from '../stats/beta-binomial.ts'
import { negativeBinomial } from '../stats/negative-binomial.ts'
import { normal } from '../stats/normal.ts'
import { straighten } from '../stats/straighten.ts'
import { learnTails, weighTail } from '../stats/tail-mixture.ts'
import { clipAt } from './baseline.ts'
import type { Band } from './detector.ts'
import { drawBand } from './draw-band.ts'
import type { ChangeSearch } from './search-changes.ts'
import type { Series } from './shapes.ts'
import { measureSkewness } from './skewness.ts'

export interface JudgedPoint {
  /** Place in the sample. */
  readonly at: number
  /** Distance from what was expected as a normal score, signed. */
  readonly score: number
  /** Two-sided. */
  readonly pValue: number
}

/** Prior weights of tail shapes, heaviest first: counts and shares have their own tails already. */
const priors = {
  counted: [0.0005, 0.002, 0.01, 0.05, 0.2375, 0.7],
  measured: [0.1, 0.15, 0.2, 0.2, 0.2, 0.15],
} as const

/** Residuals of neighbours say no more than this about a point. */
const neighbourMax = 2

/** What the neighbours let expect of a residual, and the share of its variance that is left (AR(1), both sides where there are both). */
function expectFromNeighbours(residual: Float64Array, at: number, memory: number): { shift: number; left: number } {
  const limit = (r: number) => Math.max(-neighbourMax, Math.min(neighbourMax, r))
  const before = at > 0 ? limit(residual[at - 1]!) : undefined
  const after = at + 1 < residual.length ? limit(residual[at + 1]!) : undefined
  const square = memory * memory
  if (before !== undefined && after !== undefined)
    return { shift: (memory / (1 + square)) * (before + after), left: (1 - square) / (1 + square) }
  return { shift: memory * (before ?? after ?? 0), left: 1 - square }
}

/** Judges the sample's points from `from` on, each against season, trend, shifts and its neighbours. */
export function judgePoints(
  series: Series,
  search: ChangeSearch,
  from: number,
): { points: readonly JudgedPoint[]; band: Band } {
  const { sample, baseline, noise } = search
  const { residual, mean, deviation } = baseline
  const { count, value, weight, link } = sample
  const skewness = measureSkewness(sample, baseline)
  const memory = Math.max(0, noise.memory)
  // the judged points do not help to say how unusual they are, unless nearly all are judged
  const learntFrom = from >= count / 2 ? from : count
  const history = new Float64Array(learntFrom)
  for (let at = 0; at < learntFrom; at++) {
    const { shift, left } = expectFromNeighbours(residual, at, memory)
    history[at] = straighten((residual[at]! - shift) / Math.sqrt(left), skewness[at]!)
  }
  const known = history.length
  const isCounted = sample.isWhole || link === 'logit'
  const tails = learnTails(history, known, isCounted ? priors.counted : priors.measured, isCounted ? 1 : 0)
  let unit = 0
  for (let i = 0; i < known; i++) unit += Math.min(clipAt * clipAt, history[i]! ** 2)
  // counts and shares have a spread of their own, however alike the values of rare events are
  unit = Math.max(isCounted ? 1 : 1e-9, Math.sqrt(unit / Math.max(1, known)))
  const band = drawBand(series, sample, baseline, noise, baseline.width)
  const points: JudgedPoint[] = []
  for (let at = from; at < count; at++) {
    const { shift, left } = expectFromNeighbours(residual, at, memory)
    const center = mean[at]! + shift * deviation[at]!
    const spread = deviation[at]! * Math.sqrt(left) * unit
    const score = scorePoint(value[at]!, center, spread, weight[at]!, {
      link,
      isWhole: sample.isWhole,
      skewness: skewness[at]!,
    })
    // scores are in units of the history's own spread; the mixture's scales are not
    const pValue = Math.min(1, 2 * weighTail(tails, Math.abs(score) * unit, Math.max(3, known - baseline.width)))
    points.push({ at, score, pValue: Math.max(1e-300, pValue) })
  }
  return { points, band }
}

/** Normal score of a value under the noise model of its kind: exact tails for counts and shares. */
function scorePoint(
  value: number,
  center: number,
  spread: number,
  weight: number,
  { link, isWhole, skewness }: { link: string; isWhole: boolean; skewness: number },
): number {
  const isAbove = value >= center
  const sign = isAbove ? 1 : -1
  const fromTail = (tail: number) => sign * Math.max(0, tail < 1e-300 ? 37 : -normal.quantile(Math.min(0.5, tail)))
  if (isWhole && link === 'log') {
    const mean = Math.max(center, 1e-9)
    const dispersion = Math.max(0, spread * spread - mean) / (mean * mean)
    return fromTail(
      isAbove
        ? negativeBinomial.upperTail(value, mean, dispersion)
        : negativeBinomial.lowerTail(value, mean, dispersion),
    )
  }
  if (link === 'logit' && weight >= 1) {
    const chance = Math.min(1 - 1e-9, Math.max(1e-9, center))
    const trials = Math.round(weight)
    const correlation =
      trials > 1 ? Math.max(0, ((spread * spread * trials) / (chance * (1 - chance)) - 1) / (trials - 1)) : 0
    const successes = Math.round(value * trials)
    const safe = Math.min(0.99, correlation)
    return fromTail(
      isAbove
        ? betaBinomial.upperTail(successes, trials, chance, safe)
        : betaBinomial.lowerTail(successes, trials, chance, safe),
    )
  }
  return straighten((value - center) / spread, skewness)
}
