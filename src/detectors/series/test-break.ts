import { f } from '../../stats/f.ts'
import { orthonormaliseInPlace, projectOutInPlace } from './whiten.ts'

/** Points of a series in which a straight line may break. */
export interface Piece {
  readonly times: Int32Array
  readonly values: Float64Array
  readonly from: number
  readonly to: number
}

/** The chance of such a break somewhere in the piece if one straight line and noise made it. */
export interface BreakTest {
  /** With the memory that the noise may have: corrected for what the fit hides, and known no better than its number of points allows. */
  readonly pValue: number
  /** With the memory as the picture shows it: neighbours at most `seenMax` alike. What wanders further is seen to change. */
  readonly pSeen: number
}

const memoryMax = 0.97
const seenMax = 0.8
/** Columns of the design: level and slope, and how both differ from the break on. */
const width = 4
/** Coefficients, and the place and the memory that were chosen. */
const used = width + 2
/** Share of the degrees of freedom that is left when the memory is estimated too, as in `noise.ts`. */
const freedomShare = 0.75

interface Fit {
  readonly rest: Float64Array
  /** Sums of squares: what the break explains, and what nothing does. */
  readonly explained: number
  readonly unexplained: number
}

/** Fits a line that breaks at `at`, all filtered by x(t) − memory · x(t − 1) (Prais and Winsten 1954). */
function fitBreak({ times, values, from, to }: Piece, at: number, memory: number): Fit {
  const count = to - from
  const rest = new Float64Array(count)
  const basis = new Float64Array(count * width)
  const span = times[to - 1]! - times[from]!
  const first = Math.sqrt(1 - memory * memory)
  const columnOf = (point: number, k: number) => {
    if (k === 0) return 1
    if (k === 1) return (times[point]! - times[from]!) / span
    if (point < at) return 0
    return k === 2 ? 1 : (times[point]! - times[at]!) / span
  }
  for (let row = 0; row < count; row++) {
    const point = from + row
    rest[row] = row === 0 ? first * values[point]! : values[point]! - memory * values[point - 1]!
    for (let k = 0; k < width; k++)
      basis[row * width + k] =
        row === 0 ? first * columnOf(point, k) : columnOf(point, k) - memory * columnOf(point - 1, k)
  }
  orthonormaliseInPlace(basis, count, width)
  let explained = 0
  for (let k = 2; k < width; k++) {
    let product = 0
    for (let row = 0; row < count; row++) product += basis[row * width + k]! * rest[row]!
    explained += product * product
  }
  projectOutInPlace(rest, basis, count, width)
  return { rest, explained, unexplained: rest.reduce((sum, x) => sum + x * x, 0) }
}

/**
 * Tests the break of a straight line at `at`, the place in the piece where it shows most: F with two degrees of freedom for level and slope
 * together, times the places there are (Bonferroni). `pValue` is right or too large for noise whose memory fades, whatever its strength,
 * if the piece was not chosen by what is in it; a piece between two changes that were found is, a little.
 */
export function testBreak(piece: Piece, at: number): BreakTest {
  const count = piece.to - piece.from
  const plain = fitBreak(piece, at, 0)
  let next = 0
  for (let row = 1; row < count; row++) next += plain.rest[row]! * plain.rest[row - 1]!
  const seen = plain.unexplained > 0 ? Math.max(0, next / plain.unexplained) : 0
  // a step and a bend that were placed hide as much as `noise.ts` says
  const memory = Math.min(memoryMax, seen + (9.6 + 8 * seen) / count)
  const judge = (fit: Fit, points: number) => {
    const least = 1e-12 * (fit.explained + fit.unexplained)
    const statistic = fit.explained / 2 / (Math.max(least, fit.unexplained) / Math.max(1, count - used))
    const places = Math.max(1, count - used)
    return Math.max(1e-300, Math.min(1, places * f.upperTail(statistic, 2, Math.max(2, points))))
  }
  const points = (freedomShare * (count - used) * (1 - memory)) / (1 + memory)
  return {
    pValue: judge(fitBreak(piece, at, memory), points),
    pSeen: judge(fitBreak(piece, at, Math.min(seenMax, seen)), count - used),
  }
}
