import { studentT } from '../../stats/student-t.ts'
import type { Link } from './sample.ts'

/** Fewest seasons whose steps say anything. */
const seasonsMin = 12
/** Steps between means of a wandering level are correlated by a quarter: their sum varies half as much again. */
const correlationOfMeans = 0.25

/**
 * Two-sided p-value of "the steps from season to season are as often up as down": the mean step against its own long-run variance. A level
 * that merely wanders, however long its memory, has such steps; one that rises steadily, along whatever curve, has not. The mean step
 * is that from the first season to the last, so that it says little where noise is large: for series whose line is nearly without noise.
 */
export function testIncrements(level: Float64Array, season: number, link: Link): number {
  const count = Math.floor(level.length / season)
  if (count < seasonsMin || (link === 'log' && level.some((x) => x <= 0))) return 1
  const first = level.length - count * season
  const steps = new Float64Array(count - 1)
  let before = 0
  for (let block = 0; block < count; block++) {
    let mean = 0
    for (let k = 0; k < season; k++) {
      const x = level[first + block * season + k]!
      mean += (link === 'log' ? Math.log(x) : x) / season
    }
    if (block > 0) steps[block - 1] = mean - before
    before = mean
  }
  const n = steps.length
  const mean = steps.reduce((sum, step) => sum + step, 0) / n
  let [square, product] = [0, 0]
  for (let at = 0; at < n; at++) {
    square += (steps[at]! - mean) ** 2
    if (at > 0) product += (steps[at]! - mean) * (steps[at - 1]! - mean)
  }
  if (square === 0) return 1
  const correlation = Math.max(season > 1 ? correlationOfMeans : 0, product / square)
  const variance = (square / (n - 1)) * (1 + 2 * correlation)
  return Math.min(1, 2 * studentT.upperTail(Math.abs(mean) / Math.sqrt(variance / n), n - 1))
}
