import type { Whitened } from './whiten.ts'

/** A shift affects at least so many points; fewer are outliers. */
export const affectedMin = 3
/** Running sums over `lasting`: of its squares, of its products with innovations and with the basis. Index k holds the sum before k. */
export interface RunningSums {
  readonly squares: Float64Array
  readonly products: Float64Array
  readonly shares: Float64Array
  /** Σ h² and Σ h³ · skewness, for the skewness of a sum. */
  readonly weights: Float64Array
  readonly skews: Float64Array
}

export function sumUp(
  { count, width, lasting, innovation, basis, sensitivity }: Whitened,
  skewness: Float64Array,
): RunningSums {
  const squares = new Float64Array(count + 1)
  const products = new Float64Array(count + 1)
  const shares = new Float64Array((count + 1) * width)
  const weights = new Float64Array(count + 1)
  const skews = new Float64Array(count + 1)
  for (let at = 0; at < count; at++) {
    const g = lasting[at]!
    const h = sensitivity[at]!
    squares[at + 1] = squares[at]! + g * g
    products[at + 1] = products[at]! + g * innovation[at]!
    weights[at + 1] = weights[at]! + h * h
    skews[at + 1] = skews[at]! + h * h * h * skewness[at]!
    for (let k = 0, row = at * width; k < width; k++) shares[row + width + k] = shares[row + k]! + g * basis[row + k]!
  }
  return { squares, products, shares, weights, skews }
}

/**
 * The statistic of a step that holds over [from, to): its product with the innovations over its own norm, both after projecting out
 * what the baseline explains: `out` receives the squared norm (0 when nothing is left) and the product.
 */
export function weighStep(w: Whitened, sums: RunningSums, from: number, to: number, out: Float64Array): void {
  const { count, width, sensitivity, innovation, basis, noise } = w
  const begin = sensitivity[from]! * (from === 0 ? Math.sqrt(1 - noise.memory ** 2) : 1)
  const end = to < count ? -noise.memory * sensitivity[to - 1]! : 0
  let square = begin * begin + end * end + sums.squares[to]! - sums.squares[from + 1]!
  let product = begin * innovation[from]! + sums.products[to]! - sums.products[from + 1]!
  if (to < count) product += end * innovation[to]!
  let explained = 0
  for (let k = 0; k < width; k++) {
    let x = begin * basis[from * width + k]! + sums.shares[to * width + k]! - sums.shares[(from + 1) * width + k]!
    if (to < count) x += end * basis[to * width + k]!
    explained += x * x
  }
  const raw = square
  square -= explained
  out[0] = square > 1e-6 * raw ? square : 0
  out[1] = product
}

/**
 * Skewness of the difference between the points of [from, to) and all others, each part weighed by the other's size: a few points
 * before a step count as much as a few points in it, the other way round.
 */
export function measureContrastSkewness({ weights, skews }: RunningSums, from: number, to: number): number {
  const total = weights.at(-1)!
  const inside = weights[to]! - weights[from]!
  const insideSkews = skews[to]! - skews[from]!
  const share = inside / total
  const third = (1 - share) ** 3 * insideSkews - share ** 3 * (skews.at(-1)! - insideSkews)
  const second = (1 - share) ** 2 * inside + share ** 2 * (total - inside)
  return second > 0 ? third / second ** 1.5 : 0
}

/** Shifts of at most so many points are looked at point by point. */
const shortMax = 7

/** Whether a short shift is one of most of its points, not of one or two outliers: at least three, and 60%, share in it. */
export function isCarried(clipped: Float64Array, from: number, to: number): boolean {
  const length = to - from
  if (length > shortMax) return true
  let total = 0
  for (let at = from; at < to; at++) total += clipped[at]!
  const least = (0.5 * total) / length
  let carriers = 0
  for (let at = from; at < to; at++) if (total > 0 ? clipped[at]! > least : clipped[at]! < least) carriers++
  return carriers >= Math.max(affectedMin, 0.6 * length)
}
