import { busySliceRowsMin, busySliceShareMin, sliceRowsMin, sliceShareMax, sliceShareMin } from '../limits.ts'
import type { ScanSlice, ScanTable } from './scan-table.ts'

/** Periods at the end in which a slice that has just come up may show that it has enough rows, and a part of all. */
const recentPeriods = 28

/** A slice that is worth asking about. */
export interface AskedSlice extends ScanSlice {
  /** Mean rows a period. */
  readonly rowsPerPeriod: number
}

const sum = (values: Float64Array, from = 0): number => {
  let total = 0
  for (let at = from; at < values.length; at++) {
    const value = values[at]!
    if (!Number.isNaN(value)) total += value
  }
  return total
}

/** The share of the periods from which on one row in each is a total of that period. */
const totalsMin = 0.5

/** Whether the rows are totals already, one a period at most: they are then no measure of how much stands behind them. */
function isOfTotals({ rows }: ScanSlice): boolean {
  let filled = 0
  for (const count of rows) {
    if (count > 1) return false
    if (count === 1) filled++
  }
  return filled >= totalsMin * rows.length
}

/**
 * Slices with enough rows that are not their parent under another name: a value that holds nearly all rows, or a pair whose second
 * condition says nothing new (two names of one thing). The rest is counted by the caller.
 */
export function listAskedSlices(table: ScanTable): readonly AskedSlice[] {
  const { slices, periods } = table
  const rowsOf = slices.map(({ rows }) => sum(rows))
  const all = rowsOf.reduce((total, rows) => total + rows, 0)
  const since = Math.max(0, periods.length - recentPeriods)
  const allLately = slices.reduce((total, { rows }) => total + sum(rows, since), 0)
  if (table.scan.dimensions.length === 0)
    return slices.map((one, at) => ({ ...one, rowsPerPeriod: rowsOf[at]! / periods.length }))
  const parents = new Map<string, number>()
  const parentKeys = ({ slice }: ScanSlice) => (slice.length < 2 ? [] : slice.map((one) => JSON.stringify(one)))
  slices.forEach((one, at) => {
    for (const key of parentKeys(one)) parents.set(key, (parents.get(key) ?? 0) + rowsOf[at]!)
  })
  return slices.flatMap((one, at) => {
    const rows = rowsOf[at]!
    const lately = sum(one.rows, since)
    const pace = Math.max(rows / periods.length, lately / Math.min(recentPeriods, periods.length))
    const share = Math.max(rows / all, allLately > 0 ? lately / allLately : 0)
    const isThin =
      (pace < sliceRowsMin && !isOfTotals(one)) || share < (pace < busySliceRowsMin ? sliceShareMin : busySliceShareMin)
    const least = Math.min(all, ...parentKeys(one).map((key) => parents.get(key)!))
    const isParent = rows > sliceShareMax * least
    return isThin || isParent ? [] : [{ ...one, rowsPerPeriod: rows / periods.length }]
  })
}
