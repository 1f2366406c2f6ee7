import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../../stats/cholesky.ts'
import { f } from '../../stats/f.ts'
import type { Baseline } from './baseline.ts'
import type { Whitened } from './whiten.ts'

/** The season since a place of the sample against that before. */
export interface SeasonContrast {
  /** First place that counts as recent. */
  readonly from: number
  readonly statistic: number
  readonly freedom: readonly [number, number]
  readonly pValue: number
  /** The place in the season that moved most against the others, its move on the scale of the link, and the move's standard error. */
  readonly phase: number
  readonly move: number
  readonly error: number
}

/** Places of the season at which nothing ever varies, and the points there: they say nothing about the noise. */
export interface SilentPhases {
  readonly phases: number
  readonly points: number
}

/** Share of the degrees of freedom that is left when memory and spread are both estimated. */
const freedomShare = 0.75

/** Sums of products of the recent phases' columns (filtered as `w` is) with each other, the basis and the innovations. */
function gather(w: Whitened, { phase, season }: Baseline, from: number) {
  const { count, width, sensitivity, innovation, basis, noise } = w
  const products = new Float64Array(season * season)
  const shares = new Float64Array(season * width)
  const score = new Float64Array(season)
  for (let at = from; at < count; at++) {
    const own = phase[at]!
    const now = sensitivity[at]! * (at === 0 ? Math.sqrt(1 - noise.memory ** 2) : 1)
    const before = at > from ? phase[at - 1]! : -1
    const then = before >= 0 ? -noise.memory * sensitivity[at - 1]! : 0
    products[own * season + own] = products[own * season + own]! + now * now
    score[own] = score[own]! + now * innovation[at]!
    for (let k = 0, row = at * width; k < width; k++)
      shares[own * width + k] = shares[own * width + k]! + now * basis[row + k]!
    if (before < 0) continue
    products[before * season + before] = products[before * season + before]! + then * then
    // only the lower triangle is used
    const cross = Math.max(own, before) * season + Math.min(own, before)
    products[cross] = products[cross]! + now * then * (own === before ? 2 : 1)
    score[before] = score[before]! + then * innovation[at]!
    for (let k = 0, row = at * width; k < width; k++)
      shares[before * width + k] = shares[before * width + k]! + then * basis[row + k]!
  }
  for (let i = 0; i < season; i++)
    for (let j = 0; j <= i; j++) {
      let explained = 0
      for (let k = 0; k < width; k++) explained += shares[i * width + k]! * shares[j * width + k]!
      products[i * season + j] = products[i * season + j]! - explained
    }
  return { products, shares, score }
}

/** Share of the phases' squared norms that a common step has at least, if the baseline leaves anything of it. */
const stepMin = 1e-9

/** Takes a common step out of the products and the score, and makes the products of full rank; returns what the step itself explains. */
function takeOutStep(products: Float64Array, score: Float64Array, season: number): { gain: number; common: number } {
  const step = new Float64Array(season)
  let [total, pull, trace] = [0, 0, 0]
  for (let i = 0; i < season; i++)
    for (let j = 0; j <= i; j++) {
      const x = products[i * season + j]!
      step[i] = step[i]! + x
      if (j < i) step[j] = step[j]! + x
    }
  for (let i = 0; i < season; i++) {
    total += step[i]!
    pull += score[i]!
  }
  for (let i = 0; i < season; i++) trace += products[i * season + i]!
  // where the baseline has a step at the same place, rounding is all that is left of it
  const isFree = total > stepMin * trace
  if (isFree) {
    trace = 0
    for (let i = 0; i < season; i++) {
      score[i] = score[i]! - (step[i]! * pull) / total
      for (let j = 0; j <= i; j++) products[i * season + j] = products[i * season + j]! - (step[i]! * step[j]!) / total
      trace += products[i * season + i]!
    }
  }
  if (!(trace > 0)) return { gain: 0, common: 1 }
  const common = trace / season ** 2
  for (let i = 0; i < season; i++)
    for (let j = 0; j <= i; j++) products[i * season + j] = products[i * season + j]! + common
  return { gain: isFree ? (pull * pull) / total : 0, common }
}

/** The innovations without what the moves of the phases explain. */
function leaveRest(w: Whitened, { phase, season }: Baseline, from: number, moves: Float64Array, shares: Float64Array) {
  const { count, width, sensitivity, innovation, basis, noise } = w
  const along = new Float64Array(width)
  for (let i = 0; i < season; i++)
    for (let k = 0; k < width; k++) along[k] = along[k]! + moves[i]! * shares[i * width + k]!
  const rest = innovation.slice()
  for (let at = 0; at < count; at++) {
    let explained = 0
    if (at >= from) explained += sensitivity[at]! * moves[phase[at]!]!
    if (at > from) explained -= noise.memory * sensitivity[at - 1]! * moves[phase[at - 1]!]!
    for (let k = 0; k < width; k++) explained -= along[k]! * basis[at * width + k]!
    rest[at] = rest[at]! - explained
  }
  return rest
}

/** By how much the memory from one season to the next makes a season's mean vary more. Two parts have their own means. */
function measureInflation(rest: Float64Array, season: number): number {
  let [own, next] = [0, 0]
  for (let at = 0; at < rest.length; at++) {
    own += rest[at]! ** 2
    if (at >= season) next += rest[at]! * rest[at - season]!
  }
  const memory = own > 0 ? next / own + (2 * season) / rest.length : 0
  const safe = Math.max(0, Math.min(0.8, memory))
  return (1 + safe) / (1 - safe)
}

/** Standard deviations by which the recent part scatters more than all before it is judged by its own scatter. */
const widerMin = 1.65

/**
 * The variance that the moves are judged by: that of all, or that of the recent part where it scatters clearly more around its own
 * phases.
 */
function measureRecent(
  rest: Float64Array,
  { phase, season }: Baseline,
  from: number,
  pooled: number,
  left: number,
): { readonly variance: number; readonly left: number } {
  const sums = new Float64Array(season)
  const seen = new Float64Array(season)
  let squares = 0
  for (let at = from; at < rest.length; at++) {
    squares += rest[at]! ** 2
    sums[phase[at]!] = sums[phase[at]!]! + rest[at]!
    seen[phase[at]!] = seen[phase[at]!]! + 1
  }
  for (let k = 0; k < season; k++) if (seen[k]! > 0) squares -= sums[k]! ** 2 / seen[k]!
  const own = Math.max(3, rest.length - from - season)
  const isWider = squares / own > pooled * (1 + widerMin * Math.sqrt(2 / own + 2 / left))
  return isWider ? { variance: squares / own, left: own } : { variance: pooled, left }
}

/**
 * Wald's test of season × recent after season, trend, shifts and a change of level at the same place, on whitened residuals (generalised
 * least squares): F with as many degrees of freedom as the season has places less one. The variance is that left once the change is taken
 * out (that of the recent part alone, where it scatters more), enlarged where one season resembles the next. One step of the score: a change is told somewhat smaller than it is.
 */
export function testSeason(
  w: Whitened,
  baseline: Baseline,
  from: number,
  silent: SilentPhases,
): SeasonContrast | undefined {
  const { season } = baseline
  const { products, shares, score } = gather(w, baseline, from)
  const { gain, common } = takeOutStep(products, score, season)
  factorInPlace(products, season)
  const moves = score.slice()
  solveLowerInPlace(products, season, moves)
  solveUpperInPlace(products, season, moves)
  let [explained, rank, squares] = [0, -1, 0]
  for (let k = 0; k < season; k++) {
    explained += moves[k]! * score[k]!
    if (products[k * season + k]! > 0) rank++
  }
  rank -= silent.phases
  for (const x of w.innovation) squares += x * x
  const left = w.count - silent.points - (w.width - silent.phases) - 1 - rank
  if (rank < 1 || left < 2 * season) return undefined
  const rest = leaveRest(w, baseline, from, moves, shares)
  const pooled = Math.max(squares - explained - gain, 1e-12 * squares) / left
  const recent = measureRecent(rest, baseline, from, pooled, left)
  const variance = measureInflation(rest, season) * recent.variance
  const statistic = explained / rank / variance
  const freedom = [rank, freedomShare * recent.left] as const
  const { phase, error } = findMoved(products, moves, season, variance, common)
  const pValue = Math.max(1e-300, f.upperTail(statistic, ...freedom))
  return { from, statistic, freedom, pValue, phase, move: moves[phase]!, error }
}

/** The phase whose move is largest in its own standard errors. */
function findMoved(
  factor: Float64Array,
  moves: Float64Array,
  season: number,
  variance: number,
  common: number,
): { readonly phase: number; readonly error: number } {
  const unit = new Float64Array(season)
  let [phase, error, most] = [0, Number.POSITIVE_INFINITY, -1]
  for (let k = 0; k < season; k++) {
    unit.fill(0)
    unit[k] = 1
    solveLowerInPlace(factor, season, unit)
    let square = -1 / (common * season * season)
    for (let i = k; i < season; i++) square += unit[i]! ** 2
    const own = Math.sqrt(Math.max(square, 1e-300) * variance)
    if (square > 0 && Math.abs(moves[k]!) / own > most) [phase, error, most] = [k, own, Math.abs(moves[k]!) / own]
  }
  return { phase, error }
}
