import type { Breakdown, Series } from '../shapes.ts'

/** A slice against all others, as one series in which whatever moves all of them cancels. */
export interface Contrast {
  readonly series: Series
  /** What a change of the series by 1 is on the scale of the slice itself, relative: 1 for log-odds, else one over its usual level. */
  readonly unit: number
}

/** Sums of money count as no more than so many events a period: their own noise, not their size, says how sure they are. */
const eventsOfMoney = 1e4

const isAdditive = ({ kind }: Series) => kind === 'count' || kind === 'amount'

/** Sum of all slices but one: numerators and rows of ratios and means. Missing values are nothing. */
function addOthers(
  { slices }: Breakdown,
  without: number,
): { readonly sums: Float64Array; readonly rows: Float64Array } {
  const length = slices[0]!.series.values.length
  const [sums, rows] = [new Float64Array(length), new Float64Array(length)]
  slices.forEach(({ series }, k) => {
    if (k === without) return
    for (let at = 0; at < length; at++) {
      const value = series.values[at]!
      if (!Number.isFinite(value)) continue
      const weight = isAdditive(series) ? 1 : (series.weights?.[at] ?? 1)
      sums[at] = sums[at]! + value * weight
      rows[at] = rows[at]! + weight
    }
  })
  return { sums, rows }
}

/**
 * Counts and sums: the slice's share of the whole (its log-odds are the difference of the logarithms, so that what multiplies all slices cancels).
 * Ratios and means: (slice − k · rest) / whole, where k is how they compare over the whole time, so that what multiplies both cancels and few
 * rows bring no bias.
 */
export function contrastSlice(breakdown: Breakdown, slice: number): Contrast {
  const own = breakdown.slices[slice]!.series
  const { sums, rows } = addOthers(breakdown, slice)
  const { length } = own.values
  const values = new Float64Array(length).fill(Number.NaN)
  const weights = new Float64Array(length)
  if (isAdditive(own)) {
    let all = 0
    for (let at = 0; at < length; at++) all += sums[at]! + (Number.isFinite(own.values[at]) ? own.values[at]! : 0)
    const scale = own.kind === 'count' ? 1 : (eventsOfMoney * length) / Math.max(all, 1e-300)
    for (let at = 0; at < length; at++) {
      const total = sums[at]! + own.values[at]!
      if (!(total > 0)) continue
      values[at] = own.values[at]! / total
      weights[at] = total * scale
    }
    return { series: { ...own, kind: 'ratio', values, weights }, unit: 1 }
  }
  let [ownSum, ownRows, restSum, restRows] = [0, 0, 0, 0]
  for (let at = 0; at < length; at++) {
    const weight = own.weights?.[at] ?? 1
    if (!Number.isFinite(own.values[at]) || !(weight > 0) || !(rows[at]! > 0)) continue
    ownSum += own.values[at]! * weight
    ownRows += weight
    restSum += sums[at]!
    restRows += rows[at]!
  }
  const ratio = ownSum / ownRows / (restSum / restRows)
  const whole = (ownSum + restSum) / (ownRows + restRows)
  const isMultiplied = Number.isFinite(ratio) && ratio > 0 && whole > 0
  for (let at = 0; at < length; at++) {
    const weight = own.weights?.[at] ?? 1
    if (!Number.isFinite(own.values[at]) || !(weight > 0) || !(rows[at]! > 0)) continue
    const rest = sums[at]! / rows[at]!
    const total = isMultiplied ? (own.values[at]! * weight + sums[at]!) / (weight + rows[at]!) : 1
    if (!(total > 0)) continue
    values[at] = isMultiplied
      ? (own.values[at]! - ratio * rest) / total
      : own.values[at]! - rest - (ownSum / ownRows - restSum / restRows)
    weights[at] = (weight * rows[at]!) / (weight + rows[at]!)
  }
  const usual = ownSum / ownRows
  const unit = isMultiplied ? whole / usual : 1 / usual
  return { series: { ...own, kind: 'mean', values, weights, scale: 1 / unit }, unit }
}
