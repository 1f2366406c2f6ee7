import { studentT } from '../stats/student-t.ts'

/** What each point of a stream looked like when it arrived. NaN where nothing could be said yet. */
export interface StreamScores {
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly pValue: Float64Array
  /** 0..1, see `scoreOf`. */
  readonly score: Float64Array
}

/** Score of a p-value: 0 for what is usual, ½ at 1e-6, 1 from 1e-12 on. */
export const scoreOf = (pValue: number): number => Math.min(1, Math.max(0, -Math.log10(pValue) / 12))

/** Points that are only learnt from. */
const warmUp = 50
/** How fast the model and the size of its errors forget, a point. */
const modelMemory = 0.9995
const errorMemory = 0.998
/** Errors of a stream have heavy tails. */
const tailShape = 4
const lags = 3
const limitOfError = 4

/**
 * Judges a stream point by point from earlier points alone: a linear forecast from the last `lags` values and, with a season, those
 * one season ago, learnt by recursive least squares with forgetting (Ljung 1999, section 11.2); its error against
 * the recent size of errors, with Student t tails. Large errors are clipped before they teach. A constant cost a point.
 */
export function scoreStream(values: Float64Array, season: number): StreamScores {
  const count = values.length
  const empty = () => new Float64Array(count).fill(Number.NaN)
  const [expected, low, high, pValue, score] = [empty(), empty(), empty(), empty(), new Float64Array(count)]
  const hasSeason = season > 1 && count > 2 * season
  const width = 1 + lags + (hasSeason ? 1 : 0)
  const weights = new Float64Array(width)
  weights[1] = 1
  const spread = new Float64Array(width * width)
  for (let k = 0; k < width; k++) spread[k * width + k] = 1
  const filled = fillGaps(values)
  const unit = new Float64Array(width)
  const gain = new Float64Array(width)
  let [square, scale, center] = [0, 0, filled[0] ?? 0]
  for (let at = 1; at < count; at++) {
    // features relative to a slow mean, in units of a slow standard deviation, so that the start of learning has no scale
    scale += (Math.abs(filled[at - 1]! - center) - scale) * Math.max(1 / at, 1 - modelMemory)
    center += (filled[at - 1]! - center) * Math.max(1 / at, 1 - modelMemory)
    const by = scale > 0 ? scale : 1
    unit[0] = 1
    for (let lag = 1; lag <= lags; lag++) unit[lag] = (filled[Math.max(0, at - lag)]! - center) / by
    if (hasSeason) unit[lags + 1] = at >= season ? (filled[at - season]! - center) / by : 0
    let forecast = 0
    for (let k = 0; k < width; k++) forecast += weights[k]! * unit[k]!
    const error = (filled[at]! - center) / by - forecast
    const deviation = Math.sqrt(square)
    expected[at] = center + forecast * by
    if (at > warmUp && deviation > 0 && Number.isFinite(values[at])) {
      const z = error / deviation
      pValue[at] = Math.max(1e-300, 2 * studentT.upperTail(Math.abs(z), tailShape))
      score[at] = scoreOf(pValue[at]!)
      low[at] = expected[at]! - 2.8 * deviation * by
      high[at] = expected[at]! + 2.8 * deviation * by
    }
    const taught = at > warmUp ? Math.max(-limitOfError * deviation, Math.min(limitOfError * deviation, error)) : error
    square += (taught * taught - square) * Math.max(1 / at, 1 - errorMemory)
    teach(weights, spread, unit, gain, taught, width)
  }
  return { expected, low, high, pValue, score }
}

/** One step of recursive least squares. */
function teach(
  weights: Float64Array,
  spread: Float64Array,
  unit: Float64Array,
  gain: Float64Array,
  error: number,
  width: number,
): void {
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

/** Missing values repeat the one before, so that they surprise nobody. */
function fillGaps(values: Float64Array): Float64Array {
  const filled = values.slice()
  const first = filled.find(Number.isFinite) ?? 0
  for (let at = 0; at < filled.length; at++)
    if (!Number.isFinite(filled[at])) filled[at] = at > 0 ? filled[at - 1]! : first
  return filled
}
