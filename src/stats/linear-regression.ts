import { mean } from './moments.ts'
import { studentT } from './student-t.ts'

export interface Coefficient {
  readonly value: number
  readonly error: number
  /** Two-sided, of the value being 0. */
  readonly pValue: number
  /** The 95% interval. */
  readonly low: number
  readonly high: number
}

export interface Regression {
  /** The intercept first, then one a column. A column that others determine has NaN throughout. */
  readonly coefficients: readonly Coefficient[]
  readonly df: number
  /** Standard deviation of the residuals. */
  readonly deviation: number
  /** Share of the variance of y that is explained. */
  readonly explained: number
}

/**
 * Least squares with an intercept by Householder's reflections (1958): no normal equations, so that columns which nearly
 * determine each other keep their digits. Standard errors suppose residuals that are independent and equally spread.
 * `columns` are left as they are.
 */
export function regress(columns: readonly Float64Array[], y: Float64Array): Regression {
  const count = y.length
  const design = [new Float64Array(count).fill(1), ...columns.map((column) => column.slice())]
  const right = y.slice()
  const free = triangulate(design, right)
  const df = count - free.length
  const deviation = Math.sqrt(sumOfSquares(right, free.length, count) / df)
  const margin = df > 0 ? studentT.quantile(0.975, df) : Infinity
  const coefficients: Coefficient[] = design.map(() => unknown)
  invert(free).forEach((row, place) => {
    const value = row.reduce((sum, entry, at) => sum + entry * right[at]!, 0)
    const error = deviation * Math.sqrt(sumOfSquares(row, 0, row.length))
    const pValue = df > 0 ? Math.min(1, 2 * studentT.upperTail(Math.abs(value) / error, df)) : 1
    coefficients[free[place]!.at] = { value, error, pValue, low: value - margin * error, high: value + margin * error }
  })
  const center = mean(y)
  const total = y.reduce((sum, value) => sum + (value - center) ** 2, 0)
  return { coefficients, df, deviation, explained: 1 - (deviation ** 2 * df) / total }
}

const unknown: Coefficient = { value: Number.NaN, error: Number.NaN, pValue: 1, low: -Infinity, high: Infinity }
/** What is left of a column's length, as a share, where others determine it. */
const tolerance = 1e-11

interface Free {
  /** Place of the column in the design. */
  readonly at: number
  readonly column: Float64Array
}

/** Reflects the columns into a triangle, in place, with `right` beside them; leaves out those that others determine. */
function triangulate(design: readonly Float64Array[], right: Float64Array): readonly Free[] {
  const free: Free[] = []
  design.forEach((column, at) => {
    const place = free.length
    const left = sumOfSquares(column, place, column.length)
    if (!(left > tolerance ** 2 * (left + sumOfSquares(column, 0, place)))) return
    reflect(column, [...design.slice(at + 1), right], place)
    free.push({ at, column })
  })
  return free
}

function sumOfSquares(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]! ** 2
  return sum
}

/** Turns `column` from row `place` on into one entry, and does the same to the others. */
function reflect(column: Float64Array, others: readonly Float64Array[], place: number): void {
  const count = column.length
  const norm = Math.sqrt(sumOfSquares(column, place, count))
  const entry = column[place]! > 0 ? -norm : norm
  const mirror = column.slice(place)
  mirror[0] = mirror[0]! - entry
  const square = sumOfSquares(mirror, 0, mirror.length)
  for (const other of others) {
    let product = 0
    for (let i = 0; i < mirror.length; i++) product += mirror[i]! * other[place + i]!
    const factor = (2 * product) / square
    for (let i = 0; i < mirror.length; i++) other[place + i] = other[place + i]! - factor * mirror[i]!
  }
  column[place] = entry
}

/** Rows of the inverse of the triangle. */
function invert(free: readonly Free[]): readonly Float64Array[] {
  const size = free.length
  const inverse = free.map(() => new Float64Array(size))
  for (let column = 0; column < size; column++) {
    for (let row = column; row >= 0; row--) {
      let sum = row === column ? 1 : 0
      for (let k = row + 1; k <= column; k++) sum -= free[k]!.column[row]! * inverse[k]![column]!
      inverse[row]![column] = sum / free[row]!.column[row]!
    }
  }
  return inverse
}
