import type { Series } from '../shapes.ts'

/** The points from `start` on. */
export function cutSeries(series: Series, start: number): Series {
  if (start === 0) return series
  return {
    ...series,
    at: series.at.slice(start),
    values: series.values.subarray(start),
    ...(series.weights && { weights: series.weights.subarray(start) }),
    ...(series.excluded && { excluded: series.excluded.subarray(start) }),
  }
}
