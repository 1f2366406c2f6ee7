import type { Baseline } from './baseline.ts'

/** What is left when season, trend and shifts are taken out: how large, and how much one day follows the other. */
export interface Noise {
  /** Correlation of one point with the next, −0.3..0.95, corrected for its bias in short series. */
  readonly memory: number
  /** Standard deviation of the innovations, in units of the points' deviations. */
  readonly spread: number
  /** Degrees of freedom of the long-run variance: how well all this is known. */
  readonly freedom: number
}

/** Lags whose correlation is looked for beyond what `memory` explains. */
const lagsMax = 7

/**
 * Memory from the lag-1 correlation (bias corrected as for a regression on `width` columns, Kendall 1954 and Marriott and Pope
 * 1954), innovation variance enlarged where a Bartlett window (Newey and West 1987) finds more long-run variance in the
 * innovations than their own. Degrees of freedom from the sampling variance of ln(long-run variance) of an AR(1) process,
 * 2/n + 4(1 + ρ)/(n(1 − ρ)), as 2 / variance.
 */
export function measureNoise(baseline: Baseline): Noise {
  const { width, clipped } = baseline
  const count = clipped.length
  let [own, next] = [0, 0]
  for (let at = 0; at < count; at++) {
    own += clipped[at]! ** 2
    if (at > 0) next += clipped[at]! * clipped[at - 1]!
  }
  const raw = own > 0 ? next / own : 0
  const shifts = baseline.terms.length
  const memory = Math.max(-0.3, Math.min(0.95, raw + (2 + shifts + (4 + shifts) * Math.max(0, raw)) / count))
  let total = 0
  const innovation = new Float64Array(count)
  innovation[0] = clipped[0]! * Math.sqrt(1 - memory * memory)
  for (let at = 1; at < count; at++) innovation[at] = clipped[at]! - memory * clipped[at - 1]!
  for (let at = 0; at < count; at++) total += innovation[at]! ** 2
  const used = width + shifts + 1
  const variance = Math.max(total / Math.max(count - used, count / 4), 1e-18)
  let excess = 0
  const lags = Math.min(lagsMax, Math.floor(count / 10))
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0
    for (let at = lag; at < count; at++) sum += innovation[at]! * innovation[at - lag]!
    excess += 2 * (1 - lag / (lags + 1)) * sum
  }
  const inflation = Math.max(1, 1 + excess / total)
  const plus = Math.max(0, memory)
  return {
    memory,
    spread: Math.sqrt(variance * (total > 0 ? inflation : 1)),
    freedom: Math.max(4, (count - used) / (1 + (2 * (1 + plus)) / (1 - plus))),
  }
}
