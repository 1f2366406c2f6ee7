import { mean } from './moments.ts'
import { normal } from './normal.ts'
import { studentT } from './student-t.ts'

export interface Correlation {
  /** −1..1; NaN where one of the two does not vary. */
  readonly value: number
  /** Its 95% interval, by Fisher's transformation; −1 and 1 below four pairs. */
  readonly low: number
  readonly high: number
  /** Two-sided; 1 where nothing can be told. */
  readonly pValue: number
}

/**
 * Pearson's correlation of pairs of finite values, with the exact test for normally distributed ones (Student's t with n − 2
 * degrees of freedom) and Fisher's (1921) interval. For values that come one after another in time both are far too sure; for
 * two skewed ones small p-values are (1% instead of 0.1% at 30 lognormal pairs): take Spearman's.
 */
export function correlate(x: Float64Array, y: Float64Array): Correlation {
  const count = x.length
  const [centerX, centerY] = [mean(x), mean(y)]
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [x[i]! - centerX, y[i]! - centerY]
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  if (!(xx > 0 && yy > 0)) return { value: Number.NaN, low: -1, high: 1, pValue: 1 }
  return judgeCorrelation(Math.max(-1, Math.min(1, xy / yy / Math.sqrt(xx / yy))), count, 1)
}

/**
 * Interval and p-value of a correlation of `count` pairs; `inflation` is how much larger than of Pearson's its variance is.
 */
export function judgeCorrelation(value: number, count: number, inflation: number): Correlation {
  const df = count - 2
  const pValue =
    df < 1 ? 1 : Math.min(1, 2 * studentT.upperTail(Math.abs(value) * Math.sqrt(df / (1 - value ** 2)), df))
  if (count < 4) return { value, low: -1, high: 1, pValue }
  const margin = -normal.quantile(0.025) * Math.sqrt(inflation / (count - 3))
  const center = Math.atanh(value)
  return { value, low: Math.tanh(center - margin), high: Math.tanh(center + margin), pValue }
}
