import type { StreamForecast } from './forecast-stream.ts'
import { createSortedWindow } from './sorted-window.ts'

/** Each point against its forecast. NaN where nothing could be said yet, or there is no value. */
export interface JudgedErrors {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly pValue: Float64Array
}

/** Earlier errors that are remembered, and the fewest to judge by. */
const errorsMax = 400
const errorsMin = 20
/** Errors count as equal that differ by less than this share, and this much in deviations: what drifts slowly is not ever more unusual. */
const alikeShare = 0.05
const alikeSize = 0.05
/** Outside the band are points with a p-value of at most about this. */
const outside = 0.05
/** Beyond the largest of a full memory, p falls as of a tail with this index: the heaviest that still has a variance. */
const tailIndex = 2

/**
 * The p-value of each point is the share of earlier errors of the forecast that were as large or nearly so, without sign, each in
 * deviations of its time (conformal prediction: Vovk, Gammerman and Shafer 2005), so it holds for errors of any distribution as
 * long as that does not change. The band is where p is above `outside`.
 */
export function judgeErrors(values: Float64Array, { expected, deviation }: StreamForecast): JudgedErrors {
  const empty = () => new Float64Array(values.length).fill(Number.NaN)
  const [low, high, pValue] = [empty(), empty(), empty()]
  const errors = createSortedWindow(errorsMax)
  for (let at = 1; at < values.length; at++) {
    if (!(deviation[at]! > 0)) continue
    const known = errors.count()
    if (known >= errorsMin) {
      const usual = errors.pick(Math.min(known - 1, Math.ceil((1 - outside) * (known + 1)) - 1))
      const width = ((usual + alikeSize) / (1 - alikeShare)) * deviation[at]!
      low[at] = expected[at]! - width
      high[at] = expected[at]! + width
    }
    if (!Number.isFinite(values[at])) continue
    const size = Math.abs(values[at]! - expected[at]!) / deviation[at]!
    if (known >= errorsMin) {
      const beyond = known === errorsMax ? Math.min(1, errors.pick(known - 1) / size) : 1
      const asLarge = errors.countAtLeast(size * (1 - alikeShare) - alikeSize)
      pValue[at] = ((asLarge + 1) / (known + 1)) * beyond ** tailIndex
    }
    errors.add(size)
  }
  return { low, high, pValue }
}
