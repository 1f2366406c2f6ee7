import { factorInPlace, solveLowerInPlace } from '../../stats/cholesky.ts'
import type { Baseline } from './baseline.ts'
import type { Noise } from './noise.ts'

/** A baseline made ready for scanning: memory filtered out, everything it already explains projected out. */
export interface Whitened {
  readonly count: number
  readonly width: number
  readonly noise: Noise
  /** Sensitivity of each point, and of its filtered value to a level that has already lasted (h − ρ h before). */
  readonly sensitivity: Float64Array
  readonly lasting: Float64Array
  /** Residuals as they count, not filtered. */
  readonly clipped: Float64Array
  /** Filtered residuals, orthogonal to `basis`. */
  readonly innovation: Float64Array
  /** Orthonormal columns that span the filtered design; count × width, row-major. */
  readonly basis: Float64Array
}

/** Filters by x(t) − ρ x(t − 1) (the first point by √(1 − ρ²), Prais and Winsten 1954) and projects the design out. */
export function whiten(baseline: Baseline, noise: Noise): Whitened {
  const { width, season, phase, columns, clipped, sensitivity, terms } = baseline
  const extra = terms.length
  const { memory } = noise
  const count = sensitivity.length
  const first = Math.sqrt(1 - memory * memory)
  const basis = new Float64Array(count * width)
  const innovation = new Float64Array(count)
  const lasting = new Float64Array(count)
  for (let at = 0; at < count; at++) {
    const own = at === 0 ? first : 1
    const before = at === 0 ? 0 : memory
    innovation[at] = own * clipped[at]! - (at > 0 ? before * clipped[at - 1]! : 0)
    lasting[at] = own * sensitivity[at]! - (at > 0 ? before * sensitivity[at - 1]! : 0)
    const now = own * sensitivity[at]!
    const then = at > 0 ? before * sensitivity[at - 1]! : 0
    const row = at * width
    basis[row + phase[at]!] = now
    if (at > 0) basis[row + phase[at - 1]!] = basis[row + phase[at - 1]!]! - then
    for (let k = 0; k < extra; k++) {
      const previous = at > 0 ? then * columns[(at - 1) * extra + k]! : 0
      basis[row + season + k] = now * columns[at * extra + k]! - previous
    }
  }
  orthonormaliseInPlace(basis, count, width)
  projectOutInPlace(innovation, basis, count, width)
  return { count, width, noise, sensitivity, lasting, clipped, innovation, basis }
}

/** Columns made orthonormal through the Cholesky factor of their products; dependent ones become 0. */
export function orthonormaliseInPlace(rows: Float64Array, count: number, width: number): void {
  const products = new Float64Array(width * width)
  // most of a row is 0: a point is in one place of the season
  const filled = new Int32Array(width)
  for (let at = 0; at < count; at++) {
    const row = at * width
    let size = 0
    for (let i = 0; i < width; i++) if (rows[row + i] !== 0) filled[size++] = i
    for (let a = 0; a < size; a++) {
      const i = filled[a]!
      const x = rows[row + i]!
      for (let b = 0; b <= a; b++) {
        const j = filled[b]!
        products[i * width + j] = products[i * width + j]! + x * rows[row + j]!
      }
    }
  }
  factorInPlace(products, width)
  for (let at = 0; at < count; at++) solveLowerInPlace(products, width, rows, at * width)
}

export function projectOutInPlace(values: Float64Array, basis: Float64Array, count: number, width: number): void {
  const shares = new Float64Array(width)
  for (let at = 0; at < count; at++)
    for (let k = 0; k < width; k++) shares[k] = shares[k]! + values[at]! * basis[at * width + k]!
  for (let at = 0; at < count; at++) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += shares[k]! * basis[at * width + k]!
    values[at] = values[at]! - sum
  }
}
