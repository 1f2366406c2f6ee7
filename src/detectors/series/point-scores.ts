/** What each point of a series or stream looked like. NaN where there is nothing to say. */
export interface PointScores {
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly pValue: Float64Array
  /** 0..1; ½ or more is worth telling. */
  readonly score: Float64Array
}
