import type { Band } from '../detector.ts'
import type { Series } from '../shapes.ts'
import { halfWidth } from './draw-band.ts'
import type { Link } from './sample.ts'

export interface Averages {
  readonly observed: number
  readonly expected: number
  readonly low: number
  readonly high: number
}

/**
 * Observed and expected value over [from, to), weighted by the rows behind the values of ratios and means. `error` is the standard error of the
 * difference on the link's scale; it gives the 95% range of the expected mean.
 */
export function average(
  series: Series,
  { expected }: Band,
  from: number,
  to: number,
  error: number,
  link: Link,
): Averages {
  const isWeighted = series.weights !== undefined && (series.kind === 'ratio' || series.kind === 'mean')
  let [observedSum, expectedSum, total] = [0, 0, 0]
  for (let at = from; at < to; at++) {
    const value = series.values[at]!
    if (!Number.isFinite(value) || series.excluded?.[at] === 1) continue
    const weight = isWeighted ? Math.max(0, series.weights![at]!) : 1
    observedSum += weight * value
    expectedSum += weight * expected[at]!
    total += weight
  }
  const observed = observedSum / total
  const center = expectedSum / total
  const move = (by: number) => {
    if (link === 'log') return center * Math.exp(by)
    if (link === 'identity') return center + by
    const odds = (center / (1 - center)) * Math.exp(by)
    return odds / (1 + odds)
  }
  return { observed, expected: center, low: move(-halfWidth * error), high: move(halfWidth * error) }
}
