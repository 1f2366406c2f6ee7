import { allocate } from '../../stats/scratch.ts'
import type { Baseline, Term } from './baseline.ts'

/** What is left when season, trend and shifts are taken out: how large, and how much one day follows the other. */
export interface Noise {
  /** Correlation of one point with the next, −0.3..0.95, corrected for its bias in short series. */
  readonly memory: number
  /** Standard deviation of the innovations, in units of the points' deviations. */
  readonly spread: number
  /** Degrees of freedom of the long-run variance: how well all this is known. */
  readonly freedom: number
  /** Points that the innovation variance is known from. */
  readonly points: number
  /** By how much the variance of what takes the whole series may exceed that by `memory` and `spread`: see `measureHidden`. */
  readonly hidden: number
}

/** Lags whose correlation is looked for beyond what `memory` explains. */
const lagsMax = 10

/**
 * By how many nths the lag-1 correlation of residuals falls short of the process's: a constant and a trend cost 1 + 5ρ (Kendall 1954,
 * Marriott and Pope 1954, with seasons), a bend or step more, since it was placed where it takes out most.
 * Measured on simulated series of 60 to 400 points.
 */
function measureBias(terms: readonly Term[], memory: number): number {
  const steps = terms.filter(({ kind }) => kind === 'step').length
  const bends = terms.filter(({ kind }) => kind === 'bend').length
  const placed = steps > 0 ? 5 + 1.5 * (steps - 1) : 0
  return 1.2 + placed + 2.4 * bends + (5 + 3 * bends) * Math.max(0, memory)
}

/** Share of the degrees of freedom that is left when memory and spread are both estimated, measured on the same series. */
const freedomShare = 0.75

const freedomMin = 3

/** Points that a change of the predictor moves by less than this, in their deviations, cannot vary: a shop that is closed at weekends says nothing there. */
const sensitivityMin = 0.1

/** What follows itself from day to day does so at least as much as this where independent noise may hide it; for what takes the whole series. */
const hiddenMemoryMin = { ofShifts: 0.6, ofBends: 0.7 } as const
const hiddenMemoryMax = 0.9
/** How sure the share of the hidden part must be, in standard errors of a lag-1 correlation, to divide by it. */
const hiddenDoubt = 5

/**
 * By how much the long-run variance exceeds that of an AR(1) process whose lag-1 correlation is `memory`, if the residuals are the sum of a process with
 * memory and independent noise, which take turns in hiding each other: the correlation is then small but fades slowly. `ownShare` of the
 * variance is independent for sure; the memory of the rest follows by division, held towards 0 where the rest is hardly known.
 */
function measureHidden(memory: number, ownShare: number, count: number, least: number): number {
  if (memory <= 0) return 1
  const rest = 1 - ownShare
  const told = ownShare > 0 ? (memory * rest) / (rest * rest + hiddenDoubt / count) : 0
  const hidden = Math.max(memory, least, Math.min(hiddenMemoryMax, told))
  const share = memory / hidden
  const long = 1 - share + (share * (1 + hidden)) / (1 - hidden)
  return Math.max(1, (long * (1 - memory)) / (1 + memory))
}

/**
 * How much of the memory's sampling variance counts against a step. In full it would make the heavy tail of a t value of that which the place of the
 * step already corrects: the memory is measured with the step taken out and held too large for that (`measureBias`). Half of it keeps the share of p-values
 * at 5%, 1%, 0.1% and 0.01% at or below nominal over all cells of the calibration matrix together; a quarter does not, at 1%, where memory hides.
 */
const memoryDoubt = 0.5

/**
 * Degrees of freedom of the variance of a step of `length` points: the shorter it is, the less it depends on the memory. From
 * the derivative of its filtered norm, (1 + (length − 1)(1 − ρ)² + ρ²), by ρ; `freedom` is that of a long one.
 */
export function freedomOfStep({ memory, points }: Noise, length: number, isLasting: boolean): number {
  const plus = Math.max(0, memory)
  const inside = length - 1
  const norm = 1 + inside * (1 - plus) ** 2 + (isLasting ? 0 : plus * plus)
  const slope = (2 * inside * (1 - plus) - (isLasting ? 0 : 2 * plus)) / norm
  return Math.max(freedomMin, (2 * points) / (2 + memoryDoubt * slope * slope * (1 - plus * plus)))
}

/**
 * Memory from the lag-1 correlation, corrected for its bias; innovation variance enlarged where independent noise hides memory, or where a
 * flat-top window (Politis and Romano 1995) finds more long-run variance in the innovations than their own. Degrees of freedom from the sampling variance of
 * ln(long-run variance) of an AR(1) process, 2/n + 4(1 + ρ)/(n(1 − ρ)), as 2 / variance.
 */
export function measureNoise(baseline: Baseline): Noise {
  const { width, clipped, sensitivity } = baseline
  const count = clipped.length
  let [own, next] = [0, 0]
  for (let at = 0; at < count; at++) {
    own += clipped[at]! ** 2
    if (at > 0) next += clipped[at]! * clipped[at - 1]!
  }
  const raw = own > 0 ? next / own : 0
  const memory = Math.max(-0.3, Math.min(0.95, raw + measureBias(baseline.terms, raw) / count))
  let total = 0
  const innovation = allocate(count)
  innovation[0] = clipped[0]! * Math.sqrt(1 - memory * memory)
  for (let at = 1; at < count; at++) innovation[at] = clipped[at]! - memory * clipped[at - 1]!
  for (let at = 0; at < count; at++) total += innovation[at]! ** 2
  let varying = 0
  for (let at = 0; at < count; at++) if (sensitivity[at]! >= sensitivityMin) varying++
  const used = width + baseline.terms.length + 1
  const variance = Math.max(
    total / Math.max(varying - used, varying / 4, 1),
    baseline.spreadMin ** 2 * (1 - memory * memory),
  )
  let excess = 0
  const lags = Math.min(lagsMax, Math.floor(count / 10))
  for (let lag = 1; lag <= lags; lag++) {
    let sum = 0
    for (let at = lag; at < count; at++) sum += innovation[at]! * innovation[at - lag]!
    excess += 2 * Math.min(1, 2 * (1 - lag / (lags + 1))) * sum
  }
  const known = raw > 0 ? memory : 0
  const inflation = Math.max(
    measureHidden(known, baseline.ownShare, count, hiddenMemoryMin.ofShifts),
    1 + excess / total,
  )
  const slow = measureHidden(known, baseline.ownShare, count, hiddenMemoryMin.ofBends)
  const plus = Math.max(0, memory)
  const points = freedomShare * (varying - used)
  return {
    memory,
    spread: Math.sqrt(variance * (total > 0 ? inflation : 1)),
    freedom: Math.max(freedomMin, points / (1 + (2 * (1 + plus)) / (1 - plus))),
    points,
    hidden: total > 0 ? Math.max(1, slow / inflation) : 1,
  }
}
