import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from '../../stats/cholesky.ts'
import { allocate } from '../../stats/scratch.ts'
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
  /** Orthonormal columns that span the filtered design, that of a trend times √share where only a share of it is taken out; count × width, row-major. */
  readonly basis: Float64Array
}

/**
 * Filters by x(t) − ρ x(t − 1) (the first point by √(1 − ρ²), Prais and Winsten 1954) and projects the design out. Of a straight trend alone
 * beside the season only so much is projected out as is believed of it (see `believeGrowth`), which is what generalised least squares do where
 * its coefficient is normal around 0 with the deviation `growth`.
 */
export function whiten(baseline: Baseline, noise: Noise, growth = Number.POSITIVE_INFINITY): Whitened {
  const { width, season, clipped, sensitivity } = baseline
  const { memory } = noise
  const count = sensitivity.length
  const basis = allocate(count * width)
  const innovation = allocate(count)
  const lasting = allocate(count)
  const first = Math.sqrt(1 - memory * memory)
  innovation[0] = first * clipped[0]!
  lasting[0] = first * sensitivity[0]!
  for (let at = 1; at < count; at++) {
    innovation[at] = clipped[at]! - memory * clipped[at - 1]!
    lasting[at] = sensitivity[at]! - memory * sensitivity[at - 1]!
  }
  const products = filterDesign(baseline, memory, basis)
  factorInPlace(products, width)
  const believed = weighTrend(baseline, noise, products, growth)
  takeExplainedOut(baseline, basis, products, innovation, believed)
  solveRowsInPlace(basis, count, products, width)
  if (believed < 1) {
    const scale = Math.sqrt(believed)
    for (let cell = season; cell < basis.length; cell += width) basis[cell]! *= scale
  }
  return { count, width, noise, sensitivity, lasting, clipped, innovation, basis }
}

/** How much of the trend is taken out: what the series says of it, as a share of that and of what is believed before; 1 beside other terms. */
function weighTrend({ season, width, terms }: Baseline, noise: Noise, factor: Float64Array, growth: number): number {
  if (!Number.isFinite(growth) || width !== season + 1 || terms[0]!.kind !== 'trend') return 1
  const information = (growth * factor[width * width - 1]!) / noise.spread
  return information ** 2 / (1 + information ** 2)
}

/**
 * Takes out of the innovations what the rows of the filtered design explain; `factor` is that of the products of its columns. Of the trend,
 * that of the fit included, only the share `believed`.
 */
function takeExplainedOut(
  { width, season, phase, coefficients }: Baseline,
  rows: Float64Array,
  factor: Float64Array,
  innovation: Float64Array,
  believed: number,
): void {
  const count = innovation.length
  const explained = allocate(width)
  for (let at = 0, row = 0; at < count; at++, row += width) {
    const own = innovation[at]!
    const [here, before] = [phase[at]!, phase[at === 0 ? 0 : at - 1]!]
    explained[here]! += own * rows[row + here]!
    if (before !== here) explained[before]! += own * rows[row + before]!
    for (let k = season; k < width; k++) explained[k]! += own * rows[row + k]!
  }
  solveLowerInPlace(factor, width, explained)
  if (believed < 1) {
    const fitted = coefficients[season]! * factor[width * width - 1]!
    explained[season]! -= (1 - believed) * (explained[season]! + fitted)
  }
  solveUpperInPlace(factor, width, explained)
  for (let at = 0, row = 0; at < count; at++, row += width) {
    const [here, before] = [phase[at]!, phase[at === 0 ? 0 : at - 1]!]
    let sum = explained[here]! * rows[row + here]!
    if (before !== here) sum += explained[before]! * rows[row + before]!
    for (let k = season; k < width; k++) sum += explained[k]! * rows[row + k]!
    innovation[at]! -= sum
  }
}

/**
 * Puts the filtered design into `rows` and returns the products of its columns (lower triangle). Of a row only two places of the season are not 0,
 * its own and that of the point before.
 */
function filterDesign(baseline: Baseline, memory: number, rows: Float64Array): Float64Array {
  const { width, season, phase, columns, sensitivity, terms } = baseline
  const extra = terms.length
  const products = allocate(width * width)
  for (let at = 0, row = 0; at < sensitivity.length; at++, row += width) {
    const now = at === 0 ? sensitivity[0]! * Math.sqrt(1 - memory * memory) : sensitivity[at]!
    const then = at === 0 ? 0 : memory * sensitivity[at - 1]!
    const own = phase[at]!
    const before = at === 0 ? own : phase[at - 1]!
    if (own === before) products[own * width + own]! += (now - then) * (now - then)
    else {
      products[own * width + own]! += now * now
      products[before * width + before]! += then * then
      products[own > before ? own * width + before : before * width + own]! -= now * then
    }
    rows[row + own] = now
    rows[row + before]! -= then
    for (let i = 0, cell = at * extra, line = season * width; i < extra; i++, line += width) {
      const x = now * columns[cell + i]! - (at === 0 ? 0 : then * columns[cell - extra + i]!)
      if (x === 0) continue
      rows[row + season + i] = x
      products[line + own]! += x * now
      products[line + before]! -= x * then
      for (let j = 0; j <= i; j++) products[line + season + j]! += x * rows[row + season + j]!
    }
  }
  return products
}

/** Columns made orthonormal through the Cholesky factor of their products; dependent ones become 0. */
export function orthonormaliseInPlace(rows: Float64Array, count: number, width: number): void {
  const products = allocate(width * width)
  // most of a row is 0: a point is in one place of the season
  const filled = new Int32Array(width)
  for (let row = 0; row < count * width; row += width) {
    let size = 0
    for (let i = 0; i < width; i++) if (rows[row + i] !== 0) filled[size++] = i
    for (let a = 0; a < size; a++) {
      const own = filled[a]! * width
      const x = rows[row + filled[a]!]!
      for (let b = 0; b <= a; b++) products[own + filled[b]!]! += x * rows[row + filled[b]!]!
    }
  }
  factorInPlace(products, width)
  solveRowsInPlace(rows, count, products, width)
}

/** Solves L x = row for each row; switched-off places give 0. */
function solveRowsInPlace(rows: Float64Array, count: number, factor: Float64Array, width: number): void {
  const inverse = allocate(width)
  for (let k = 0; k < width; k++) inverse[k] = factor[k * (width + 1)]! > 0 ? 1 / factor[k * (width + 1)]! : 0
  for (let row = 0; row < count * width; row += width) {
    // what is 0 before the first place of the season that is not stays 0
    let first = 0
    while (first < width - 1 && rows[row + first] === 0) first++
    rows[row + first]! *= inverse[first]!
    for (let i = first + 1; i < width; i++) {
      let sum = rows[row + i]!
      for (let k = first, line = i * width; k < i; k++) sum -= factor[line + k]! * rows[row + k]!
      rows[row + i] = sum * inverse[i]!
    }
  }
}

export function projectOutInPlace(values: Float64Array, basis: Float64Array, count: number, width: number): void {
  const shares = allocate(width)
  for (let at = 0, row = 0; at < count; at++, row += width) {
    const own = values[at]!
    for (let k = 0; k < width; k++) shares[k]! += own * basis[row + k]!
  }
  for (let at = 0, row = 0; at < count; at++, row += width) {
    let sum = 0
    for (let k = 0; k < width; k++) sum += shares[k]! * basis[row + k]!
    values[at]! -= sum
  }
}
