import { medianInPlace, selectInPlace } from '../../stats/median.ts'

/** Points on either side that a point is compared with: a shift affects at least three points, fewer are outliers. */
const reach = 2
/** The size of a usual deviation from the running median: a tenth are larger. Rare events, of one size, are then none too large. */
const usual = 0.9
/** Times the usual deviation at which a value is held: four standard deviations of normal noise. */
const limit = 2.4

/** Values held near the median of the five around them, so that one or two outliers cannot pass for a new level; where nearly all are equal, as they are. */
export function holdSpikes(values: Float64Array): Float64Array {
  const { length } = values
  const width = 2 * reach + 1
  if (length < width) return values.slice()
  const window = new Float64Array(width)
  const center = new Float64Array(length)
  const deviation = new Float64Array(length)
  for (let at = 0; at < length; at++) {
    const start = Math.max(0, Math.min(length - width, at - reach))
    for (let k = 0; k < width; k++) window[k] = values[start + k]!
    center[at] = medianInPlace(window, width)
    deviation[at] = Math.abs(values[at]! - center[at]!)
  }
  const most = limit * selectInPlace(deviation, length, Math.floor(usual * length))
  if (most === 0) return values.slice()
  return values.map((x, at) => Math.max(center[at]! - most, Math.min(center[at]! + most, x)))
}
