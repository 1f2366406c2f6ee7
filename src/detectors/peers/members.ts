import type { Link } from '../series/sample.ts'
import type { CrossSection } from '../shapes.ts'

/**
 * The members of a cross-section that can be compared, on the scale of their noise: counts and what is always positive multiplied, shares
 * as odds, other means added. All arrays have `count` entries.
 */
export interface Members {
  readonly count: number
  /** Index in the cross-section. */
  readonly place: Int32Array
  readonly link: Link
  /** Which tails: those of counts, of successes among trials, or of a sum of many. */
  readonly tails: 'counted' | 'successes' | 'measured'
  /** Counts, successes, or positions on the link's scale. */
  readonly value: Float64Array
  /** Exposure of a count, trials of a share, rows of a mean. */
  readonly weight: Float64Array
  /** Variance of a measured position that its rows bring with them; NaN where only peers can tell. */
  readonly variance: Float64Array
  /** Degrees of freedom behind all `variance` together. */
  readonly freedom: number
}

/** The variance of skewed rows is known as well as that of so many fewer normal ones. */
const skewedShare = 1 / 8
/** A member's own spread counts as much as the pooled one when it has this many degrees of freedom. */
const priorFreedom = 5

/**
 * Variance of each measured position from the spread of its rows, relative to the mean on the log scale; each member's own spread is moderated
 * by the pooled one (Smyth 2004, "Linear models and empirical Bayes methods", with fixed prior weight). A sum varies by the number of
 * its rows, too.
 */
function measureVariances(
  { kind, values, weights, deviations }: CrossSection,
  place: Int32Array,
  link: Link,
): Pick<Members, 'variance' | 'freedom'> {
  const variance = new Float64Array(place.length).fill(Number.NaN)
  if (!deviations) return { variance, freedom: 0 }
  let [sum, freedom] = [0, 0]
  place.forEach((index, k) => {
    const rows = weights[index]!
    const level = kind === 'amount' ? values[index]! / rows : values[index]!
    const share = deviations[index]! / (link === 'log' ? level : 1)
    if (!(rows > 1) || !Number.isFinite(share)) return
    variance[k] = share * share
    sum += (rows - 1) * share * share
    freedom += rows - 1
  })
  if (!(freedom > 0)) return { variance, freedom: 0 }
  const pooled = sum / freedom
  place.forEach((index, k) => {
    const rows = weights[index]!
    const own = Number.isNaN(variance[k]!) ? 0 : rows - 1
    const ofRow = (own * (own > 0 ? variance[k]! : 0) + priorFreedom * pooled) / (own + priorFreedom)
    if (kind !== 'amount') variance[k] = ofRow / rows
    else variance[k] = link === 'log' ? (1 + ofRow) / rows : rows * (ofRow + (values[index]! / rows) ** 2)
  })
  return { variance, freedom: skewedShare * freedom }
}

/** Leaves out members without a value or without anything behind it. */
export function takeMembers(section: CrossSection): Members {
  const { kind, values, weights } = section
  const usable: number[] = []
  for (let k = 0; k < values.length; k++) if (Number.isFinite(values[k]) && weights[k]! > 0) usable.push(k)
  const place = Int32Array.from(usable)
  const count = place.length
  const weight = Float64Array.from(place, (k) => weights[k]!)
  const raw = Float64Array.from(place, (k) => values[k]!)
  const known = { variance: new Float64Array(count), freedom: Number.POSITIVE_INFINITY }
  if (kind === 'count' && raw.every((x) => x >= 0))
    return { count, place, link: 'log', tails: 'counted', value: raw, weight, ...known }
  if (kind === 'ratio' && raw.every((x) => x >= 0 && x <= 1)) {
    const trials = weight.map((n) => Math.max(1, Math.round(n)))
    const value = raw.map((x, k) => Math.round(x * trials[k]!))
    return { count, place, link: 'logit', tails: 'successes', value, weight: trials, ...known }
  }
  const link = raw.every((x) => x > 0) ? 'log' : 'identity'
  const value = link === 'log' ? raw.map(Math.log) : raw
  return { count, place, link, tails: 'measured', value, weight, ...measureVariances(section, place, link) }
}
