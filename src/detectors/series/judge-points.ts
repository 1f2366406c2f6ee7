import { betaBinomial } from '../../stats/beta-binomial.ts'
import { negativeBinomial } from '../../stats/negative-binomial.ts'
import { normal } from '../../stats/normal.ts'
import { allocate } from '../../stats/scratch.ts'
import { straighten } from '../../stats/straighten.ts'
import { learnTails, weighTail } from '../../stats/tail-mixture.ts'
import type { Band } from '../detector.ts'
import type { Series } from '../shapes.ts'
import { clipAt } from './baseline.ts'
import { drawBand } from './draw-band.ts'
import type { Sample } from './sample.ts'
import type { ChangeSearch } from './search-changes.ts'
import { measureSkewness } from './skewness.ts'
import { whiten } from './whiten.ts'

export interface JudgedPoint {
  /** Place in the sample. */
  readonly at: number
  /** Distance from what was expected as a normal score, signed. */
  readonly score: number
}

export interface JudgedPoints {
  readonly points: readonly JudgedPoint[]
  readonly band: Band
  /** Two-sided p-value of a point by its score: the farther, the smaller. */
  readonly weigh: (score: number) => number
}

/** Prior weights of tail shapes, heaviest first, the normal one last: counts and shares have their own tails already. */
const priors = {
  counted: [0.0005, 0.001, 0.005, 0.02, 0.08, 0.2, 0.6935],
  measured: [0.07, 0.12, 0.18, 0.2, 0.18, 0.12, 0.13],
} as const

/** Residuals of neighbours say no more than this about a point. */
const neighbourMax = 2
/** A point that determines its own expectation more than this is judged as if it did not. */
const leverageMax = 0.5

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

/**
 * How much smaller than its spread the residual of each point is because the point took part in the fit: √(1 − h) with its leverage h, as
 * in an internally studentised residual (Cook and Weisberg 1982).
 */
function measureNarrowing({ baseline, noise }: ChangeSearch): Float64Array {
  const { count, width, basis } = whiten(baseline, { ...noise, memory: 0 })
  const narrowing = allocate(count)
  for (let at = 0; at < count; at++) {
    let leverage = 0
    for (let k = 0; k < width; k++) leverage += basis[at * width + k]! ** 2
    narrowing[at] = Math.sqrt(1 - Math.min(leverageMax, leverage))
  }
  return narrowing
}

/** Judges the sample's points from `from` on, each against season, trend, shifts and its neighbours. */
export function judgePoints(series: Series, search: ChangeSearch, from: number): JudgedPoints {
  const { sample, baseline, noise } = search
  const { mean, deviation } = baseline
  const { count, value, weight, link } = sample
  const skewness = measureSkewness(sample, baseline)
  const memory = Math.max(0, noise.memory)
  const narrowing = measureNarrowing(search)
  const residual = allocate(count)
  for (let at = 0; at < count; at++) residual[at] = baseline.residual[at]! / narrowing[at]!
  // the judged points do not help to say how unusual they are, unless nearly all are judged
  const known = from >= count / 2 ? from : count
  const history = allocate(known)
  const isCounted = (sample.isWhole && link === 'log') || link === 'logit'
  let square = 0
  for (let at = 0; at < known; at++) {
    const { shift, left } = expectFromNeighbours(residual, at, memory)
    const raw = (residual[at]! - shift) / Math.sqrt(left)
    const score = straighten(raw, skewness[at]!)
    history[at] = score
    // exact tails take the deviation itself, of which a skewed value keeps less when it is straightened
    square += Math.min(clipAt * clipAt, isCounted ? raw * raw : score * score)
  }
  // counts and shares have a spread of their own, however alike the values of rare events are
  const unitMin = isCounted ? Math.sqrt(baseline.ownShare) : 1e-9
  const unit = Math.max(unitMin, Math.sqrt(square / Math.max(1, known)))
  for (let at = 0; at < known; at++) history[at] = history[at]! / unit
  const tails = learnTails(history, known, isCounted ? priors.counted : priors.measured, isCounted ? 1 : 0)
  const band = drawBand(series, sample, baseline, noise, baseline.width)
  const points: JudgedPoint[] = []
  for (let at = from; at < count; at++) {
    const { shift, left } = expectFromNeighbours(residual, at, memory)
    const center = mean[at]! + shift * deviation[at]!
    const spread = deviation[at]! * narrowing[at]! * Math.sqrt(left) * unit
    const score = scorePoint(value[at]!, center, spread, weight[at]!, {
      link,
      isWhole: sample.isWhole,
      skewness: skewness[at]!,
    })
    points.push({ at, score })
  }
  const freedom = Math.max(3, known - baseline.width)
  const weigh = (score: number) => Math.max(1e-300, Math.min(1, 2 * weighTail(tails, Math.abs(score), freedom)))
  return { points, band, weigh }
}

/** What a value is scored by. */
interface Judge {
  readonly link: Sample['link']
  readonly isWhole: boolean
  readonly skewness: number
}

/**
 * Normal score of a value under the noise model of its kind: exact tails for counts and shares. Half of the value's own mass belongs to its
 * tail (mid-p, Lancaster 1961), all of it where it is most of the tail: few values are possible then, and none is surprising by half.
 */
function scorePoint(value: number, center: number, spread: number, weight: number, judge: Judge): number {
  const isAbove = value >= center
  const fromTail = (tail: number, mass: number) => {
    const own = Math.min(0.5, Math.max(mass, tail - mass / 2))
    return (isAbove ? 1 : -1) * (own < 1e-300 ? 37 : -normal.quantile(own))
  }
  if (judge.isWhole && judge.link === 'log') {
    const mean = Math.max(center, 1e-9)
    const dispersion = Math.max(0, spread * spread - mean) / (mean * mean)
    const { upperTail, lowerTail, mass } = negativeBinomial
    const tail = isAbove ? upperTail : lowerTail
    return fromTail(tail(value, mean, dispersion), mass(value, mean, dispersion))
  }
  if (judge.link === 'logit' && weight >= 1) {
    const chance = Math.min(1 - 1e-9, Math.max(1e-9, center))
    const trials = Math.round(weight)
    const correlation =
      trials > 1 ? Math.max(0, ((spread * spread * trials) / (chance * (1 - chance)) - 1) / (trials - 1)) : 0
    const successes = Math.round(value * trials)
    const safe = Math.min(0.99, correlation)
    const { upperTail, lowerTail, mass } = betaBinomial
    const tail = isAbove ? upperTail : lowerTail
    return fromTail(tail(successes, trials, chance, safe), mass(successes, trials, chance, safe))
  }
  return straighten((value - center) / spread, judge.skewness)
}
