import type { MeasureKind } from '../../detectors/shapes.ts'

/**
 * A slice's measure as numbers that add up over disjoint slices: counts and sums as they are, a rate as successes and tries, a mean
 * as sum and number. Each array has one entry a period; nothing is NaN.
 */
export interface Parts {
  readonly kind: MeasureKind
  /** The value, or value × weight. */
  readonly total: Float64Array
  /** Tries of a rate, number behind a mean; absent where `total` is the value. */
  readonly weight: Float64Array | undefined
  /** Rows of the table. */
  readonly rows: Float64Array
}

export interface ValueColumns {
  readonly kind: MeasureKind
  readonly values: Float64Array
  readonly weights: Float64Array | undefined
  readonly rows: Float64Array
}

const orZero = (value: number): number => (Number.isFinite(value) ? value : 0)

export function toParts({ kind, values, weights, rows }: ValueColumns): Parts {
  return {
    kind,
    total: Float64Array.from(values, (value, at) => orZero(weights ? value * (weights[at] ?? 0) : value)),
    weight: weights && Float64Array.from(weights, orZero),
    rows: Float64Array.from(rows, orZero),
  }
}

const combine = (a: Float64Array, b: Float64Array, sign: number): Float64Array =>
  Float64Array.from(a, (value, at) => value + sign * (b[at] ?? 0))

function join(a: Parts, b: Parts, sign: 1 | -1): Parts {
  return {
    kind: a.kind,
    total: combine(a.total, b.total, sign),
    weight: a.weight && b.weight ? combine(a.weight, b.weight, sign) : a.weight,
    rows: combine(a.rows, b.rows, sign),
  }
}

/** `a` without the part of it that is `b`. */
export const subtractParts = (a: Parts, b: Parts): Parts => join(a, b, -1)
export const addParts = (a: Parts, b: Parts): Parts => join(a, b, 1)
