/** A forecast of each point of a stream, and how large the errors of forecasts were until then. */
export interface StreamForecast {
  readonly expected: Float64Array
  /** Standard deviation of recent errors, in units of the values; 0 where nothing is known. */
  readonly deviation: Float64Array
}

/** Points that are only learnt from; the size of errors counts after most of them. */
const warmUp = 50
const settled = 40
/** How fast the model and the size of its errors forget, a point. */
const modelMemory = 0.9995
const errorMemory = 0.98
/** The mean square of recent errors is taken for at least this share of that of all, so that a silence makes nothing after it huge. */
const quietShare = 0.5
const lags = 3
/** Larger errors, in deviations, teach as if they were as large. */
const errorMax = 4

/**
 * Forecasts a stream point by point from earlier points alone: linear in the last `lags` values and the one a cycle ago, for each of `cycles`,
 * learnt by recursive least squares with forgetting (Ljung 1999, section 11.2). A constant cost a point.
 */
export function forecastStream(values: Float64Array, cycles: readonly number[]): StreamForecast {
  const count = values.length
  const [expected, deviation] = [new Float64Array(count), new Float64Array(count)]
  const width = 1 + lags + cycles.length
  const weights = new Float64Array(width)
  weights[1] = 1
  const spread = new Float64Array(width * width)
  for (let k = 0; k < width; k++) spread[k * width + k] = 1
  const unit = new Float64Array(width)
  const gain = new Float64Array(width)
  let [square, slowSquare, scale, center] = [0, 0, 0, values[0] ?? 0]
  expected[0] = Number.NaN
  for (let at = 1; at < count; at++) {
    // features relative to a slow mean, in units of a slow standard deviation, so that the start of learning has no scale
    scale += (Math.abs(values[at - 1]! - center) - scale) * Math.max(1 / at, 1 - modelMemory)
    center += (values[at - 1]! - center) * Math.max(1 / at, 1 - modelMemory)
    const by = scale > 0 ? scale : 1
    unit[0] = 1
    for (let lag = 1; lag <= lags; lag++) unit[lag] = (values[Math.max(0, at - lag)]! - center) / by
    for (let k = 0; k < cycles.length; k++)
      unit[lags + 1 + k] = at >= cycles[k]! ? (values[at - cycles[k]!]! - center) / by : 0
    let forecast = 0
    for (let k = 0; k < width; k++) forecast += weights[k]! * unit[k]!
    const error = (values[at]! - center) / by - forecast
    const size = Math.sqrt(Math.max(square, quietShare * slowSquare))
    expected[at] = center + forecast * by
    deviation[at] = at > warmUp ? size * by : 0
    const taught = at > warmUp ? Math.max(-errorMax * size, Math.min(errorMax * size, error)) : error
    const start = 1 / Math.max(1, at - settled)
    square += (taught * taught - square) * Math.max(start, 1 - errorMemory)
    slowSquare += (taught * taught - slowSquare) * Math.max(start, 1 - modelMemory)
    teach(weights, spread, unit, gain, taught)
  }
  return { expected, deviation }
}

/** One step of recursive least squares. */
function teach(
  weights: Float64Array,
  spread: Float64Array,
  unit: Float64Array,
  gain: Float64Array,
  error: number,
): void {
  const width = weights.length
  let total = modelMemory
  for (let i = 0; i < width; i++) {
    let sum = 0
    for (let j = 0; j < width; j++) sum += spread[i * width + j]! * unit[j]!
    gain[i] = sum
    total += sum * unit[i]!
  }
  for (let i = 0; i < width; i++) {
    weights[i] = weights[i]! + (gain[i]! / total) * error
    for (let j = 0; j < width; j++)
      spread[i * width + j] = Math.max(
        -1e6,
        Math.min(1e6, (spread[i * width + j]! - (gain[i]! * gain[j]!) / total) / modelMemory),
      )
  }
}
