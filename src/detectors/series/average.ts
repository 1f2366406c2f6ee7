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
  return surround(observedSum / total, expectedSum / total, error, link)
}

function surround(observed: number, expected: number, error: number, link: Link): Averages {
  const move = (by: number) => {
    if (link === 'log') return expected * Math.exp(by)
    if (link === 'identity') return expected + by
    const odds = (expected / (1 - expected)) * Math.exp(by)
    return odds / (1 + odds)
  }
  return { observed, expected, low: move(-halfWidth * error), high: move(halfWidth * error) }
}

/** The mean of the last points against that of the first ones; `error` is the standard error of each on the link's scale. */
export function compareEnds(
  series: Series,
  band: Band,
  first: readonly [number, number],
  last: readonly [number, number],
  error: number,
  link: Link,
): Averages {
  const before = average(series, band, ...first, error, link).observed
  const { observed } = average(series, band, ...last, error, link)
  return surround(observed, before, Math.SQRT2 * error, link)
}
