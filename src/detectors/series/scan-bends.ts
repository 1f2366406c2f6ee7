import { normal } from '../../stats/normal.ts'
import { allocate } from '../../stats/scratch.ts'
import { studentT } from '../../stats/student-t.ts'
import type { Whitened } from './whiten.ts'

/** The bend of the trend that stands out most. */
export interface Bend {
  /** Place in the sample from which the slope differs. */
  readonly from: number
  readonly statistic: number
  /** Change of slope: of the linear predictor over the whole series' span, as the `bend` term has it. */
  readonly change: number
  readonly error: number
  readonly pValue: number
  readonly looks: number
}

/** Points on either side of a bend: fewer could as well be a shift. */
const besideMin = 14

/**
 * Tries a bend of the trend at every place: sup-t over the place (Andrews 1993), judged by the improved Bonferroni bound of Hunter (1976)
 * and Worsley (1983), P(∪A) ≤ Σ P(A_k) − Σ P(A_k ∩ A_k+1), with the exact correlation c of neighbours: each adds the share 2Φ(b √((1 − c)/2)) − 1 of its own
 * tail at b. `places` are the sample's own. A filtered ramp from place p is, from there
 * on, line − p · lasting, so that all sums are running ones.
 */
export function scanBends(w: Whitened, places: Int32Array): Bend | undefined {
  const { count, width, sensitivity, lasting, innovation, basis, noise } = w
  const end = places.at(-1)!
  const span = Math.max(1, end - places[0]!)
  const spread = noise.spread * Math.sqrt(noise.hidden)
  const lineShare = allocate(width)
  const lastingShare = allocate(width)
  // what the basis explains of the ramp, and of the one after it
  let [share, after] = [allocate(width), allocate(width)]
  let [lineSquare, crossed, lastingSquare, lineProduct, lastingProduct] = [0, 0, 0, 0, 0]
  let [best, bestFrom, bestSquare, bestProduct] = [0, -1, 1, 0]
  let [beforeSquare, beforePlace] = [0, 0]
  let [sumSquare, sumCross, sumLasting] = [0, 0, 0]
  const distances = allocate(count)
  let steps = 0
  for (let from = count - 2; from >= besideMin; from--) {
    const at = from + 1
    const g = lasting[at]!
    const line =
      (sensitivity[at]! * (places[at]! - end) - noise.memory * sensitivity[from]! * (places[from]! - end)) / span
    lineSquare += line * line
    crossed += line * g
    lastingSquare += g * g
    lineProduct += line * innovation[at]!
    lastingProduct += g * innovation[at]!
    for (let k = 0, row = at * width; k < width; k++) {
      lineShare[k] = lineShare[k]! + line * basis[row + k]!
      lastingShare[k] = lastingShare[k]! + g * basis[row + k]!
    }
    if (from > count - besideMin) continue
    const place = (places[from]! - end) / span
    let square = lineSquare - 2 * place * crossed + place * place * lastingSquare
    // with the ramp one place later, which is 0 where this one has its first point
    let overlap = sumSquare - (place + beforePlace) * sumCross + place * beforePlace * sumLasting
    const raw = square
    for (let k = 0; k < width; k++) {
      const own = lineShare[k]! - place * lastingShare[k]!
      share[k] = own
      square -= own * own
      overlap -= own * after[k]!
    }
    const product = lineProduct - place * lastingProduct
    if (square > 1e-9 * raw) {
      const statistic = product / (spread * Math.sqrt(square))
      if (Math.abs(statistic) > Math.abs(best))
        [best, bestFrom, bestSquare, bestProduct] = [statistic, from, square, product]
      if (beforeSquare > 0)
        distances[steps++] = Math.sqrt(Math.max(0, 1 - overlap / Math.sqrt(beforeSquare * square)) / 2)
      beforeSquare = square
      beforePlace = place
      ;[share, after] = [after, share]
      ;[sumSquare, sumCross, sumLasting] = [lineSquare, crossed, lastingSquare]
    }
  }
  if (bestFrom < 0) return undefined
  const score = Math.abs(studentT.toNormal(best, noise.freedom))
  let looks = 1
  for (let k = 0; k < steps; k++) looks += 1 - 2 * normal.upperTail(score * distances[k]!)
  const local = 2 * studentT.upperTail(Math.abs(best), noise.freedom)
  return {
    from: bestFrom,
    statistic: best,
    change: bestProduct / bestSquare,
    error: spread / Math.sqrt(bestSquare),
    pValue: Math.max(1e-300, -Math.expm1(-looks * local)),
    looks,
  }
}
