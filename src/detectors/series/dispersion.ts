import { medianInPlace } from '../../stats/median.ts'
import { type Baseline, clipResidual, type Dispersion } from './baseline.ts'
import type { Sample } from './sample.ts'

/** Less noise than this share of the level (of the values' own standard deviation, where they are added) is not believed. */
const leastVariation = 0.02

/** Where the search for a dispersion starts; the first residuals are judged by their own size, so its scale does not matter. */
export function startDispersion({ link, thins }: Sample, average: number): Dispersion {
  if (link === 'identity') return { thinning: 0, floor: Math.max(average * average, 1e-300) }
  return { thinning: 1, floor: link === 'log' && thins === 'by weight' ? 0.01 : 0 }
}

/**
 * Standard deviation of residuals from their median size, so that a few outliers do not count, or from three quarters of their root
 * mean square where most are alike (counts that are nearly always 0). Never 0: a series without noise can be fitted.
 */
export function measureSpread(residual: Float64Array, scratch: Float64Array): number {
  let total = 0
  for (let at = 0; at < residual.length; at++) {
    const own = residual[at]!
    scratch[at] = own < 0 ? -own : own
    total += own * own
  }
  return Math.max(1.4826 * medianInPlace(scratch), 0.75 * Math.sqrt(total / residual.length), 1e-9)
}

/**
 * `thinning` and `floor` by weighted least squares of squared residuals on 1/rows (or 1/mean) and 1, neither negative, `thinning` at
 * least that of single events: what comes one by one cannot vary less. Residuals are
 * clipped; weights are those of a variance that is known up to its own size.
 */
export function estimateDispersion(sample: Sample, baseline: Baseline, scratch: Float64Array): Dispersion {
  const { count, weight, thins, link } = sample
  const { mean, residual, sensitivity, width } = baseline
  const spread = measureSpread(residual, scratch)
  const freedom = count / Math.max(count - width, count / 4)
  const rows = thins === 'by mean' ? mean : weight
  let [xx, x1, one, xy, y1] = [0, 0, 0, 0, 0]
  for (let at = 0; at < count; at++) {
    const slope = sensitivity[at]!
    const limited = clipResidual(residual[at]!, slope * spread, link, spread)
    // one over the point's variance, in the units of `Dispersion`
    const precision = link === 'logit' ? (slope * slope) / (mean[at]! * (1 - mean[at]!)) : slope * slope
    const thin = 1 / rows[at]!
    const share = precision * precision
    const observed = limited * limited * precision * freedom
    xx += share * thin * thin
    x1 += share * thin
    one += share
    xy += observed * thin
    y1 += observed
  }
  const least = leastVariation ** 2 * (link === 'identity' ? sample.variance : 1)
  const onlyThin = { thinning: Math.max(sample.eventSize, xy / xx), floor: least }
  const determinant = xx * one - x1 * x1
  // rows (or means) too alike to tell the two apart
  if (determinant < 0.01 * xx * one) return onlyThin
  const free = (xy * one - y1 * x1) / determinant
  const thinning = Math.max(free, sample.eventSize)
  const floor = free === thinning ? (y1 * xx - xy * x1) / determinant : (y1 - thinning * x1) / one
  if (thinning <= 0) return { thinning: 0, floor: Math.max(y1 / one, least) }
  return floor <= least ? onlyThin : { thinning, floor }
}

/** The share of the points' variance that single events bring, which come one by one: 0 where it is not known, 1 for Poisson counts. */
export function measureOwnShare({ count, weight, thins, eventSize }: Sample, { mean, dispersion }: Baseline): number {
  if (eventSize === 0) return 0
  const { thinning, floor } = dispersion
  const rows = thins === 'by mean' ? mean : weight
  let sum = 0
  for (let at = 0; at < count; at++) sum += 1 / (thinning + floor * rows[at]!)
  return Math.min(1, (eventSize * sum) / count)
}
