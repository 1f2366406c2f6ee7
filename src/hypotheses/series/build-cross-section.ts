import type { CrossSection } from '../../detectors/shapes.ts'
import type { SliceValue } from '../hypothesis.ts'
import { labelMember } from '../write/write-standing.ts'
import type { MeasureShape } from './measure-shape.ts'
import type { ScanSlice } from './scan-table.ts'

/** Fewest rows behind a rate or mean that is compared with others. */
const rowsMin = 5

/** A value of a field with its series in a scan. */
export interface Sibling {
  readonly member: SliceValue
  readonly slice: ScanSlice
}

/**
 * Values of one field over the whole history, from their series: what adds up as sums, rates and means as such, with the rows behind
 * them and, for amounts and means, how much rows vary within each, as its periods tell (the variance of a period's mean is that of a row
 * over its rows). Counts that are a part of the rows (`isShare`) are compared as that. Values with hardly any rows are left out, and the
 * empty value: what is not known is no sibling.
 */
export function buildCrossSection(
  siblings: readonly Sibling[],
  metric: string,
  { kind, weight }: MeasureShape,
  isShare = false,
): CrossSection {
  const isPerRow = kind === 'mean' || kind === 'ratio'
  const known = siblings
    .filter(({ member }) => member.value !== null && member.value !== '')
    .map(({ member, slice }) => {
      const behind = (weight === undefined ? undefined : slice.weights[metric]) ?? slice.rows
      return {
        label: labelMember(member),
        ...summarise(
          fill(slice.values[metric] ?? new Float64Array(behind.length).fill(Number.NaN), behind, isShare),
          behind,
          isPerRow,
        ),
      }
    })
    .filter(({ rows, total }) => (isPerRow ? rows >= rowsMin : rows > 0) && Number.isFinite(total))
  const read = (one: (typeof known)[number]) => (isPerRow ? one.total / one.rows : one.total)
  return {
    labels: known.map(({ label }) => label),
    kind,
    values: Float64Array.from(known, read),
    weights: Float64Array.from(known, ({ rows }) => (kind === 'count' && !isShare ? 1 : rows)),
    ...(kind !== 'count' && kind !== 'ratio' && { deviations: Float64Array.from(known, ({ deviation }) => deviation) }),
  }
}

/** Nothing counted of rows that are there is 0 of them. */
const fill = (values: Float64Array, rows: Float64Array, isShare: boolean): Float64Array =>
  isShare ? values.map((value, at) => (Number.isNaN(value) && rows[at]! > 0 ? 0 : value)) : values

/** Total and rows over all periods, and the standard deviation of a row as the periods tell it (NaN from fewer than two). */
function summarise(
  values: Float64Array,
  rows: Float64Array,
  isPerRow: boolean,
): { readonly total: number; readonly rows: number; readonly deviation: number } {
  let [total, count] = [0, 0]
  const totalOf = (at: number) => (isPerRow ? values[at]! * rows[at]! : values[at]!)
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]) || !(rows[at]! > 0)) continue
    total += totalOf(at)
    count += rows[at]!
  }
  const mean = total / count
  let [squares, periods] = [0, 0]
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at]) || !(rows[at]! > 0)) continue
    squares += (totalOf(at) - rows[at]! * mean) ** 2 / rows[at]!
    periods += 1
  }
  return { total, rows: count, deviation: periods > 1 ? Math.sqrt(squares / (periods - 1)) : Number.NaN }
}
