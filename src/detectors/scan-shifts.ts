import { normal } from '../stats/normal.ts'
import { straighten } from '../stats/straighten.ts'
import { studentT } from '../stats/student-t.ts'
import { freedomOfStep } from './noise.ts'
import type { Whitened } from './whiten.ts'

/** A change of level that holds over [from, to) of the sample, and how surprising it is among all that were tried. */
export interface Shift {
  /** `to` is the sample's length when the new level lasts. */
  readonly from: number
  readonly to: number
  /** Normal score of the change, signed. */
  readonly statistic: number
  /** 95% of the change of the linear predictor lie within `change` ± 1.96 `error`. */
  readonly change: number
  readonly error: number
  readonly pValue: number
  /** How many independent tests the search amounts to. */
  readonly looks: number
}

/** A shift affects at least so many points; fewer are outliers. */
export const affectedMin = 3
/** Points before the first possible shift. */
const beforeMin = 6
/** Lengths of shifts that return; those in between are found by the nearest, the ends are refined afterwards. */
const lengths = [3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160] as const

/** Running sums over `lasting`: of its squares, of its products with innovations and with the basis. Index k holds the sum before k. */
interface RunningSums {
  readonly squares: Float64Array
  readonly products: Float64Array
  readonly shares: Float64Array
  /** Σ h² and Σ h³ · skewness, for the skewness of a sum. */
  readonly weights: Float64Array
  readonly skews: Float64Array
}

function sumUp(
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
function weighStep(w: Whitened, sums: RunningSums, from: number, to: number, out: Float64Array): void {
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
function measureContrastSkewness({ weights, skews }: RunningSums, from: number, to: number): number {
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
function isCarried(clipped: Float64Array, from: number, to: number): boolean {
  const length = to - from
  if (length > shortMax) return true
  let total = 0
  for (let at = from; at < to; at++) total += clipped[at]!
  const least = (0.3 * total) / length
  let carriers = 0
  for (let at = from; at < to; at++) if (total > 0 ? clipped[at]! > least : clipped[at]! < least) carriers++
  return carriers >= Math.max(affectedMin, 0.6 * length)
}

/**
 * Scans all lasting steps and all steps that return after one of `lengths`. The statistic of each is the normal score of a
 * t value whose degrees of freedom follow from the step's length; the p-value of the largest is the improved Bonferroni bound of Hunter (1976) and Worsley (1983, "Testing for a two-phase multiple regression"),
 * P(∪A) ≤ Σ P(A_k) − Σ P(A_k ∩ A_k+1) along chains of neighbours: one that correlates by c with the one before adds the share
 * 2Φ(b √((1 − c)/2)) − 1 of its own tail at b. c follows from the design: by how much the shifted step differs from its
 * neighbour, against what the baseline leaves of it. `skewness` is that of each point.
 */
export function scanShifts(w: Whitened, skewness: Float64Array): Shift | undefined {
  const { count, noise, sensitivity } = w
  const sums = sumUp(w, skewness)
  const weighed = new Float64Array(2)
  let [best, bestFrom, bestTo, bestSquare, bestProduct] = [0, -1, -1, 1, 0]
  // distances √((1 − c)/2) of neighbours, to be turned into looks once the largest statistic is known
  const distances = new Float64Array(count * (lengths.length + 1))
  let steps = 0
  let chains = 0
  const echo = noise.memory ** 2
  /** Squared norm of what a step gains or loses when one of its ends moves from `start` by `stride`. */
  const weighMove = (start: number, stride: number): number => {
    const end = Math.min(count, start + stride)
    const after = end < count ? echo * sensitivity[end - 1]! ** 2 : 0
    return sensitivity[start]! ** 2 + sums.squares[end]! - sums.squares[start + 1]! + after
  }
  const walk = (fromMax: number, length: number, stride: number) => {
    let before = 0
    for (let from = beforeMin; from <= fromMax; from += stride) {
      const to = length === 0 ? count : from + length
      weighStep(w, sums, from, to, weighed)
      const square = weighed[0]!
      if (square === 0) continue
      const raw = weighed[1]! / (noise.spread * Math.sqrt(square))
      if (Math.abs(raw) > 0.7 * Math.abs(best)) {
        const straight = straighten(raw, measureContrastSkewness(sums, from, to))
        const statistic = studentT.approachNormal(straight, freedomOfStep(noise, to - from, to === count))
        if (Math.abs(statistic) > Math.abs(best) && isCarried(w.clipped, from, to))
          [best, bestFrom, bestTo, bestSquare, bestProduct] = [statistic, from, to, square, weighed[1]!]
      }
      if (before === 0) chains++
      else {
        const moved = weighMove(from - stride, stride) + (to < count ? weighMove(to - stride, stride) : 0)
        distances[steps++] = Math.min(1, Math.sqrt(moved / (4 * Math.min(before, square))))
      }
      before = square
    }
  }
  walk(count - affectedMin, 0, 1)
  for (const length of lengths) {
    if (length > count / 3) break
    walk(count - affectedMin - length, length, Math.max(1, Math.floor(length / 8)))
  }
  if (bestFrom < 0) return undefined
  if (bestTo < count) {
    // between the lengths that were tried the ends are placed exactly; the p-value stays that of the search
    const [nearFrom, nearTo] = [bestFrom, bestTo]
    const slack = Math.ceil((nearTo - nearFrom) / 4)
    for (let from = Math.max(beforeMin, nearFrom - slack); from <= nearFrom + slack; from++) {
      for (
        let to = Math.max(from + affectedMin, nearTo - slack);
        to <= Math.min(count - affectedMin, nearTo + slack);
        to++
      ) {
        weighStep(w, sums, from, to, weighed)
        const [square, product] = [weighed[0]!, weighed[1]!]
        if (square > 0 && product ** 2 / square > bestProduct ** 2 / bestSquare && isCarried(w.clipped, from, to))
          [bestFrom, bestTo, bestSquare, bestProduct] = [from, to, square, product]
      }
    }
  }
  const score = Math.abs(best)
  let looks = chains
  for (let k = 0; k < steps; k++) looks += 1 - 2 * normal.upperTail(score * distances[k]!)
  const local = 2 * normal.upperTail(score)
  return {
    from: bestFrom,
    to: bestTo,
    statistic: best,
    change: bestProduct / bestSquare,
    error: noise.spread / Math.sqrt(bestSquare),
    pValue: Math.max(1e-300, -Math.expm1(-looks * local)),
    looks,
  }
}
