import type { Evidence } from '../findings/evidence.ts'

type Point = Evidence['series'][number]

/** The same stretch in a chart that nobody needs to scroll: the affected span and at least twice as much before it; all of it where there is no onset. */
export function windowSeries(series: readonly Point[], from: string | null, pointsMin = 90): readonly Point[] {
  if (from === null) return series
  const start = series.findIndex(({ at }) => at >= from)
  const affected = start < 0 ? 0 : series.length - start
  return series.slice(-Math.max(pointsMin, affected * 3))
}
