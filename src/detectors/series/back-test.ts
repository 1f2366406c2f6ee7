import type { Series } from '../shapes.ts'
import { straightTrend } from './baseline.ts'
import { fitBaseline } from './fit-baseline.ts'
import { forecastTotal } from './forecast-total.ts'
import { measureNoise } from './noise.ts'
import { takeSample } from './sample.ts'

export interface BackTest {
  /** Ends of history from which it was forecast. */
  readonly origins: number
  /** Share of them whose outcome lay within the 95% interval; NaN without any. */
  readonly coverage: number
  /** By how much the intervals must be wider. */
  readonly widening: number
}

const originsMax = 8
/** Fewest points before an origin. */
const historyMin = 28
/** Squared errors, in their own variance, count at most so much; and so many forecasts that go as they should are taken as given. */
const squareMax = 9
const priorOrigins = 4

/**
 * How forecasts of `horizon` periods from earlier ends of the history went: each is made from the points before its origin alone, and compared
 * with what came. Rows weigh shares and means.
 */
export function backTest(series: Series, season: number, horizon: number): BackTest {
  const length = series.values.length
  const isWeighted = series.kind === 'ratio' || series.kind === 'mean'
  const last = length - horizon
  const stride = Math.max(1, Math.floor((last - historyMin) / originsMax))
  let [origins, inside, squares] = [0, 0, 0]
  for (let origin = last; origin >= historyMin && origins < originsMax; origin -= stride) {
    const known = { ...series, at: [], values: series.values.subarray(0, origin) }
    const sample = takeSample(
      {
        ...known,
        ...(series.weights && { weights: series.weights.subarray(0, origin) }),
        ...(series.excluded && { excluded: series.excluded.subarray(0, origin) }),
      },
      season,
    )
    if (sample.count < historyMin || sample.value.every((x) => x === sample.value[0])) break
    const came: number[] = []
    for (let at = origin; at < origin + horizon; at++)
      if (Number.isFinite(series.values[at]) && (!isWeighted || !series.weights || series.weights[at]! > 0))
        came.push(at)
    if (came.length < horizon / 2) continue
    const weights = Float64Array.from(came, (at) => (isWeighted ? (series.weights?.[at] ?? 1) : 1))
    const baseline = fitBaseline(sample, [straightTrend])
    const rows = weights.reduce((sum, x) => sum + x, 0) / came.length
    const noise = measureNoise(baseline)
    const forecast = forecastTotal(sample, baseline, noise, Int32Array.from(came), weights, rows)
    const actual = came.reduce((sum, at, k) => sum + weights[k]! * series.values[at]!, 0)
    const off = (actual - forecast.total) / forecast.deviation
    origins++
    if (Math.abs(off) <= 2) inside++
    squares += Math.min(squareMax, off * off)
  }
  return {
    origins,
    coverage: origins > 0 ? inside / origins : Number.NaN,
    widening: Math.sqrt(Math.max(1, (priorOrigins + squares) / (priorOrigins + origins))),
  }
}
