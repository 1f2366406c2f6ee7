import { allocate } from '../../stats/scratch.ts'
import type { Whitened } from './whiten.ts'

/** A shift affects at least so many points; fewer are outliers. */
export const affectedMin = 3
/** What the beginnings of steps, or their ends, bring to the sums over a filtered step; one entry a place, `width` of `shares`. */
interface Edges {
  readonly squares: Float64Array
  readonly products: Float64Array
  readonly shares: Float64Array
}

/**
 * A step over [from, to) is one edge at `from` and one at `to`: its squared norm, its product with the innovations and its products with the basis
 * are those of the two edges added up, for running sums over `lasting` lie in them. Index k holds the sums before k.
 */
export interface RunningSums {
  readonly begins: Edges
  readonly ends: Edges
  /** Squares of `lasting`. */
  readonly squares: Float64Array
  /** Σ h² and Σ h³ · skewness, for the skewness of a sum. */
  readonly weights: Float64Array
  readonly skews: Float64Array
}

const createEdges = (places: number, width: number): Edges => ({
  squares: allocate(places),
  products: allocate(places),
  shares: allocate(places * width),
})

export function sumUp(w: Whitened, skewness: Float64Array): RunningSums {
  const { count, width, lasting, innovation, basis, sensitivity } = w
  const memory = w.noise.memory
  const places = count + 1
  const [begins, ends] = [createEdges(places, width), createEdges(places, width)]
  const squares = allocate(places)
  const weights = allocate(places)
  const skews = allocate(places)
  const share = allocate(width)
  let product = 0
  for (let at = 0, row = 0; at < count; at++, row += width) {
    const g = lasting[at]!
    const h = sensitivity[at]!
    const begin = at === 0 ? h * Math.sqrt(1 - memory * memory) : h
    const end = at === 0 ? 0 : -memory * sensitivity[at - 1]!
    ends.squares[at] = squares[at]! + end * end
    ends.products[at] = product + end * innovation[at]!
    squares[at + 1] = squares[at]! + g * g
    product += g * innovation[at]!
    begins.squares[at] = begin * begin - squares[at + 1]!
    begins.products[at] = begin * innovation[at]! - product
    for (let k = 0; k < width; k++) {
      const x = basis[row + k]!
      ends.shares[row + k] = share[k]! + end * x
      share[k]! += g * x
      begins.shares[row + k] = begin * x - share[k]!
    }
    weights[at + 1] = weights[at]! + h * h
    skews[at + 1] = skews[at]! + h * h * h * skewness[at]!
  }
  ends.squares[count] = squares[count]!
  ends.products[count] = product
  ends.shares.set(share, count * width)
  return { begins, ends, squares, weights, skews }
}

/** The product of a step over [from, to) with the innovations. */
export const multiplyStep = ({ begins, ends }: RunningSums, from: number, to: number): number =>
  begins.products[from]! + ends.products[to]!

/** The squared norm of a step over [from, to), what the baseline explains projected out; 0 when nothing is left. */
export function weighStep({ begins, ends }: RunningSums, width: number, from: number, to: number): number {
  const first = begins.shares
  const last = ends.shares
  const raw = begins.squares[from]! + ends.squares[to]!
  let i = from * width
  let j = to * width
  // two sums, so that neither waits for the other
  let odd = 0
  let even = 0
  for (let k = 1; k < width; k += 2) {
    const x = first[i]! + last[j]!
    const y = first[i + 1]! + last[j + 1]!
    odd += x * x
    even += y * y
    i += 2
    j += 2
  }
  if (width % 2 === 1) {
    const x = first[i]! + last[j]!
    odd += x * x
  }
  const square = raw - (odd + even)
  return square > 1e-6 * raw ? square : 0
}

/**
 * Skewness of the difference between the points of [from, to) and all others, each part weighed by the other's size: a few points
 * before a step count as much as a few points in it, the other way round.
 */
export function measureContrastSkewness({ weights, skews }: RunningSums, from: number, to: number): number {
  const last = weights.length - 1
  const total = weights[last]!
  const inside = weights[to]! - weights[from]!
  const insideSkews = skews[to]! - skews[from]!
  const share = inside / total
  const rest = 1 - share
  const third = rest * rest * rest * insideSkews - share * share * share * (skews[last]! - insideSkews)
  const second = rest * rest * inside + share * share * (total - inside)
  return second > 0 ? third / (second * Math.sqrt(second)) : 0
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
