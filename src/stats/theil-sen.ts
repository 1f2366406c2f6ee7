import { medianInPlace } from './median.ts'
import { allocate } from './scratch.ts'

/** Pairs looked at, at most: beyond, only pairs at least a stride apart. */
const pairsMax = 40_000

/**
 * The median of the slopes of all pairs of points (Theil 1950, Sen 1968). With `season` above 1 only pairs a whole number of seasons apart count
 * (Hirsch, Slack and Smith 1982). `x` rises. Long series use every few-th partner, evenly spread.
 */
export function measureTheilSen(x: ArrayLike<number>, y: Float64Array, season: number): number {
  const count = y.length
  const pairs = (count * (count - 1)) / 2 / season
  const stride = Math.max(1, Math.ceil(pairs / pairsMax)) * season
  const slopes = allocate(Math.ceil((count * count) / stride / 2) + count)
  let size = 0
  for (let i = 0; i < count; i++) {
    for (let j = i + stride; j < count && size < slopes.length; j += stride)
      slopes[size++] = (y[j]! - y[i]!) / (x[j]! - x[i]!)
  }
  return medianInPlace(slopes, size)
}
