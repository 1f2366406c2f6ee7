import { medianInPlace } from '../../stats/median.ts'
import type { Members } from './members.ts'

/** Where members lie and how much they differ, on the link's scale. */
export interface Peers {
  /** Members that this was learnt from. */
  readonly count: number
  readonly center: number
  /** Variance of the centre's estimate. */
  readonly centerVariance: number
  /** Variance between members beyond what the rows behind them bring. */
  readonly between: number
  /** Variance of a single row, where it had to be learnt from the members (0 where it is known). */
  readonly ofRow: number
}

/** Residuals count at most so many standard deviations: winsorised, so that a second outlier does not hide the first. */
const clipAt = 2.5
/** E min(Z², clipAt²). */
const clippedSquare = 0.97756
/** So many events always count in full: where they are rare, each is many standard deviations. */
const eventsMin = 3
const rounds = 12
/** Fewer members cannot tell the variance of their rows from that between them. */
const membersOfRowMin = 7
/** Fewer members are taken as alike where the chance of their rows would make them differ as much one time in five: a lower bound, not an estimate. */
const fewMax = 7

/** Mean of member k, its standard deviation, and how fast the mean moves with the centre. */
export interface Moments {
  mean: number
  deviation: number
  slope: number
}

/** Moments of member k around `center` when members differ by the variance `between`. */
export function readMoments(
  { tails, weight, variance }: Members,
  k: number,
  center: number,
  between: number,
  ofRow: number,
  into: Moments,
): void {
  if (tails === 'counted') {
    const mean = weight[k]! * Math.exp(center)
    into.mean = mean
    into.slope = mean
    into.deviation = Math.sqrt(mean + between * mean * mean)
  } else if (tails === 'successes') {
    const chance = 1 / (1 + Math.exp(-center))
    const unit = chance * (1 - chance)
    into.mean = weight[k]! * chance
    into.slope = weight[k]! * unit
    into.deviation = weight[k]! * Math.sqrt(unit / weight[k]! + between * unit * unit)
  } else {
    const own = variance[k]!
    into.mean = center
    into.slope = 1
    into.deviation = Math.sqrt(between + (Number.isNaN(own) ? ofRow / weight[k]! : own))
  }
}

/** A residual as it counts. */
function clip(residual: number, deviation: number, tails: Members['tails']): number {
  const upper = tails === 'counted' ? Math.max(clipAt, eventsMin / deviation) : clipAt
  return Math.max(-clipAt, Math.min(upper, residual))
}

/** Median position: half of the members may be out of line. */
function startCenter({ tails, value, weight }: Members, without: number): number {
  const positions = new Float64Array(value.length)
  let count = 0
  for (let k = 0; k < value.length; k++) {
    if (k === without) continue
    const [x, n] = [value[k]!, weight[k]!]
    positions[count++] =
      tails === 'measured' ? x : tails === 'counted' ? Math.log((x + 0.5) / n) : Math.log((x + 0.5) / (n - x + 0.5))
  }
  return medianInPlace(positions, count)
}

const centerStepMax = 2

/** One fit's members, and what is known so far; `between` and `ofRow` are moved in place. */
interface Fit {
  readonly members: Members
  readonly without: number
  readonly moments: Moments
  center: number
  between: number
  ofRow: number
}

/** Visits all members but the one left out, moments read. */
function visit(fit: Fit, see: (residual: number, moments: Moments, k: number) => void): void {
  const { members, without, moments } = fit
  for (let k = 0; k < members.count; k++) {
    if (k === without) continue
    readMoments(members, k, fit.center, fit.between, fit.ofRow, moments)
    see(clip((members.value[k]! - moments.mean) / moments.deviation, moments.deviation, members.tails), moments, k)
  }
}

/** A step of Fisher scoring; returns the variance of the centre. */
function moveCenter(fit: Fit): number {
  let [score, information] = [0, 0]
  visit(fit, (residual, { slope, deviation }) => {
    score += (residual * slope) / deviation
    information += (slope / deviation) ** 2
  })
  const step = score / information
  const limit = fit.members.link === 'identity' ? Number.POSITIVE_INFINITY : centerStepMax
  fit.center += Math.max(-limit, Math.min(limit, step))
  return 1 / information
}

/** Sum of squared residuals. */
function measureMisfit(fit: Fit): number {
  let sum = 0
  visit(fit, (residual) => {
    sum += residual * residual
  })
  return sum
}

/** The variance between members at which residuals are as large as they should be (Paule and Mandel 1982, winsorised); 0 if they are smaller. */
function solveBetween(fit: Fit, largest: number, aim: number): void {
  fit.between = 0
  if (measureMisfit(fit) <= aim) return
  let [low, high] = [0, largest]
  for (let round = 0; round < 50 && high - low > 1e-6 * high; round++) {
    fit.between = low > 0 ? Math.sqrt(low * high) : high / 1e4
    if (measureMisfit(fit) > aim) low = fit.between
    else high = fit.between
    if (low === 0 && high < 1e-12 * largest) break
  }
  fit.between = high
}

/** Variance of a row and between members by weighted least squares of squared distances on 1/rows and 1, neither negative. */
function solveBoth(fit: Fit, scale: number): void {
  let [xx, x1, one, xy, y1] = [0, 0, 0, 0, 0]
  visit(fit, (residual, { deviation }, k) => {
    const thin = 1 / fit.members.weight[k]!
    const share = 1 / deviation ** 4
    const square = (residual * deviation) ** 2 * scale
    xx += share * thin * thin
    x1 += share * thin
    one += share
    xy += share * thin * square
    y1 += share * square
  })
  const determinant = xx * one - x1 * x1
  const isTold = determinant > 0.01 * xx * one
  const between = isTold ? (y1 * xx - xy * x1) / determinant : y1 / one
  const ofRow = isTold ? (xy * one - y1 * x1) / determinant : 0
  fit.between = ofRow <= 0 ? y1 / one : Math.max(0, between)
  fit.ofRow = between <= 0 ? xy / xx : Math.max(0, ofRow)
}

/** The 80% point of a chi-square variable, by Wilson and Hilferty (1931). */
const findUpper = (freedom: number): number =>
  freedom * (1 - 2 / (9 * freedom) + 0.8416 * Math.sqrt(2 / (9 * freedom))) ** 3

/**
 * Centre of the members and how much they differ (random effects), robust against a few that are out of line: Fisher scoring with winsorised
 * residuals for the centre, the moment estimate of Paule and Mandel for the variance between members, as for funnel plots with
 * overdispersion (Spiegelhalter 2005). `without` is a member that has no say (−1: all have).
 */
export function fitPeers(members: Members, without: number): Peers {
  const count = members.count - (without >= 0 ? 1 : 0)
  const freedom = Math.max(1, count - 1)
  const center = startCenter(members, without)
  let largest = 0
  for (let k = 0; k < members.count; k++) {
    if (k !== without && members.tails === 'measured') largest = Math.max(largest, (members.value[k]! - center) ** 2)
  }
  if (members.tails !== 'measured') largest = 100
  const isRowUnknown = count >= membersOfRowMin && members.variance.some((x) => Number.isNaN(x))
  const moments = { mean: 0, deviation: 1, slope: 1 }
  const fit: Fit = { members, without, moments, center, between: largest / 4, ofRow: 0 }
  if (isRowUnknown) fit.between = measureStart(fit)
  const aim = clippedSquare * (count < fewMax && members.freedom > 0 ? findUpper(freedom) : freedom)
  let centerVariance = 0
  for (let round = 0; round < rounds; round++) {
    const before = fit.center
    centerVariance = moveCenter(fit)
    if (round < 2 && members.tails !== 'measured') moveCenter(fit)
    if (isRowUnknown) solveBoth(fit, count / freedom / clippedSquare)
    else solveBetween(fit, largest, aim)
    if (round > 2 && Math.abs(fit.center - before) < 1e-6 * Math.sqrt(centerVariance)) break
  }
  return { count, center: fit.center, centerVariance, between: fit.between, ofRow: fit.ofRow }
}

/** Squared median distance from the centre, as of normal members: where the search for a variance starts. */
function measureStart({ members, without, center }: Fit): number {
  const distances = new Float64Array(members.count)
  let count = 0
  for (let k = 0; k < members.count; k++) if (k !== without) distances[count++] = Math.abs(members.value[k]! - center)
  const total = distances.subarray(0, count).reduce((sum, x) => sum + x * x, 0) / count
  return Math.max((1.4826 * medianInPlace(distances, count)) ** 2, total / 100, 1e-300)
}
