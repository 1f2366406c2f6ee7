import type { Series } from '../shapes.ts'
import type { Link } from './sample.ts'

/** Standard deviation of ln(at the end / at the beginning), of odds or of a mean, for what does not grow with the business. */
const driftSd = 0.35

/**
 * How far a series is believed to grow before it is looked at: the standard deviation of its straight trend, end minus beginning on the scale of the
 * link. Counts and sums grow with the business, as far as they say themselves: infinite. Shares and means per row do not: in two thirds of cases
 * their odds, or they themselves, end within a factor of 1.42 of where they began, in 95% within 2. Where many rows say otherwise this is of
 * no weight; where few do, a step of a rate is not taken for a trend that nobody has seen.
 */
export function believeGrowth({ kind, scale }: Series, link: Link): number {
  if (kind === 'count' || kind === 'amount') return Number.POSITIVE_INFINITY
  if (link !== 'identity') return driftSd
  return scale === undefined ? Number.POSITIVE_INFINITY : driftSd * Math.abs(scale)
}
