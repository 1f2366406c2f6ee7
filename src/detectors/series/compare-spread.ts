import { allocate } from '../../stats/scratch.ts'
import { straighten } from '../../stats/straighten.ts'
import { studentT } from '../../stats/student-t.ts'

/** Sizes of deviations from a place on against those before. */
export interface SpreadChange {
  /** Place from which the spread may differ. */
  readonly from: number
  /** Mean size of a deviation since, over that before. */
  readonly ratio: number
  /** Standard error of ln(ratio). */
  readonly error: number
  readonly statistic: number
  readonly pValue: number
  /** By how much the memory of sizes makes a mean vary more. */
  readonly inflation: number
}

/** Lags whose correlation is looked at: bursts last. */
const lagsMax = 14
/** Share of the degrees of freedom that is left when spread and memory of the sizes are both estimated. */
const freedomShare = 0.75

/** Sizes divided by the mean of their place in the season; a place without any says nothing. */
export function takeOutSeason(sizes: Float64Array, phase: Int32Array, season: number): Float64Array {
  const sums = allocate(season)
  const seen = allocate(season)
  for (let at = 0; at < sizes.length; at++) {
    sums[phase[at]!] = sums[phase[at]!]! + sizes[at]!
    seen[phase[at]!] = seen[phase[at]!]! + 1
  }
  const relative = allocate(sizes.length)
  for (let at = 0; at < sizes.length; at++) {
    const own = phase[at]!
    relative[at] = sums[own]! > 0 ? (sizes[at]! * seen[own]!) / sums[own]! : 1
  }
  return relative
}

function average(sizes: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += sizes[at]!
  return sum / (to - from)
}

/**
 * Brown and Forsythe's comparison of the mean size of deviations (1974, "Robust tests for the equality of variances") from `from` on with that
 * before. The sizes' own variation is measured within each part and relative to its mean, so that what is larger may also vary more; their
 * skewness is taken out of the tail, their memory widens it (flat-top window, Politis and Romano 1995). `used` parameters were fitted
 * to the sizes. Scratch has the length of the sizes and is overwritten.
 */
export function compareSpread(sizes: Float64Array, from: number, used: number, scratch: Float64Array): SpreadChange {
  const count = sizes.length
  const [before, since] = [from, count - from]
  const [usual, recent] = [average(sizes, 0, from), average(sizes, from, count)]
  let [square, cube] = [0, 0]
  for (let at = 0; at < count; at++) {
    const off = sizes[at]! / (at < from ? usual : recent) - 1
    scratch[at] = off
    square += off * off
    cube += off * off * off
  }
  const variation = Math.sqrt(square / Math.max(1, count - 2 - used))
  let [excess, lost] = [0, 0]
  const lags = Math.min(lagsMax, Math.floor(count / 10))
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0
    for (let at = lag; at < count; at++) sum += scratch[at]! * scratch[at - lag]!
    const share = 2 * Math.min(1, 2 * (1 - lag / (lags + 1)))
    excess += (share * sum) / square
    // each part has its own mean: both take memory away
    lost += (2 * share) / count
  }
  const inflation = square > 0 ? Math.max(1, (1 + excess) / (1 - Math.min(0.5, lost))) : 1
  const freedom = Math.max(3, (freedomShare * (count - 2 - used)) / inflation)
  const error = variation * Math.sqrt(inflation * (1 / before + 1 / since))
  const ratio = recent / usual
  // the third moment of the difference of two means over its deviation cubed; of what comes in bursts, there are fewer
  const own = square > 0 ? (inflation * (cube / count)) / (square / count) ** 1.5 : 0
  const skewness = (own * (1 / since ** 2 - 1 / before ** 2)) / (1 / since + 1 / before) ** 1.5
  const raw = error > 0 ? (ratio - 1) / error : 0
  const statistic = straighten(raw, skewness)
  return {
    from,
    ratio,
    error,
    statistic,
    pValue: Math.min(1, Math.max(1e-300, 2 * studentT.upperTail(Math.abs(statistic), freedom))),
    inflation,
  }
}
