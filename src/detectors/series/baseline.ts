import type { Link } from './sample.ts'

/**
 * Variance of a point around its mean: `thinning` over the rows behind it (over the mean, for counts and sums), plus `floor` that no
 * number of rows averages out. In units of mean² on the log scale, of p(1 − p) for shares, of 1 otherwise.
 */
export interface Dispersion {
  readonly thinning: number
  readonly floor: number
}

/** What happens to the level besides its season. Places count the sample's points, not the series'. */
export type Term =
  | { readonly kind: 'trend' }
  | { readonly kind: 'step'; readonly from: number; readonly to: number }
  | { readonly kind: 'bend'; readonly from: number }

export const straightTrend: Term = { kind: 'trend' }

/**
 * A fitted series. The linear predictor of a point is the coefficient of its phase (the first `season` ones) plus its terms' columns
 * times the coefficients after them.
 */
export interface Baseline {
  readonly season: number
  readonly terms: readonly Term[]
  /** Coefficients in all: seasons and terms. */
  readonly width: number
  readonly phase: Int32Array
  /** count × terms, row-major. */
  readonly columns: Float64Array
  readonly coefficients: Float64Array
  readonly mean: Float64Array
  /** Standard deviation of each point under `dispersion`. */
  readonly deviation: Float64Array
  /** (value − mean) / deviation. */
  readonly residual: Float64Array
  /** The residual as it counts (see `clipResidual`). */
  readonly clipped: Float64Array
  /** How far the residual moves when the linear predictor moves by 1. */
  readonly sensitivity: Float64Array
  readonly dispersion: Dispersion
  /** Residuals, before memory is taken out, are at least so large: what comes event by event cannot vary less. */
  readonly spreadMin: number
  /** Share of the variance that counting brings with it: independent from point to point, whatever else is. */
  readonly ownShare: number
}

/** The same fit in arrays of its own: one that outlives the work that made it (see `inScratch`). */
export function keepBaseline(baseline: Baseline): Baseline {
  const { columns, coefficients, mean, deviation, residual, clipped, sensitivity } = baseline
  const room = new Float64Array(columns.length + coefficients.length + 5 * mean.length)
  let used = 0
  const copy = (values: Float64Array) => {
    const own = room.subarray(used, used + values.length)
    own.set(values)
    used += values.length
    return own
  }
  return {
    ...baseline,
    columns: copy(columns),
    coefficients: copy(coefficients),
    mean: copy(mean),
    deviation: copy(deviation),
    residual: copy(residual),
    clipped: copy(clipped),
    sensitivity: copy(sensitivity),
  }
}

/** Residuals count at most this many standard deviations: a lone outlier cannot pull the fit. */
export const clipAt = 4
/** But so many events on one point always count in full: where they are rare, each is many standard deviations. */
export const eventsMin = 3

/** A residual as it counts, for residuals of size `spread`. */
export function clipResidual(residual: number, sensitivity: number, link: Link, spread: number): number {
  const limit = clipAt * spread
  if (residual < -limit) return -limit
  if (residual <= limit) return residual
  const upper = link === 'identity' ? limit : Math.max(limit, eventsMin / sensitivity)
  return residual > upper ? upper : residual
}
