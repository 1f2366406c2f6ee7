import { invariant } from '../../base/invariant.ts'
import { type Calendar, type Day, type Grain, listPeriods } from '../../base/periods.ts'
import type { SharedScan, Slice, SliceValue } from '../hypothesis.ts'
import { type PeriodBlock, type ScanRows, splitRows } from './period-block.ts'
import { settleValues } from './settle-values.ts'

/** `name`, or the same with `_` behind it as often as it takes to be no metric's name. */
export const findFree = (name: string, metrics: readonly string[]): string =>
  metrics.includes(name) ? findFree(`${name}_`, metrics) : name

/** Column of the periods: `day`, `week`. */
export const periodColumn = (grain: Grain, metrics: readonly string[]): string => findFree(grain, metrics)
/** Column of every scan that counts its rows. */
export const rowsColumn = (metrics: readonly string[]): string => findFree('rows', metrics)
/** Column that holds the rows behind a metric's values: the denominator of a ratio, the n of a mean. */
export const weightColumn = (metric: string, metrics: readonly string[]): string =>
  findFree(`${metric}_weight`, metrics)

/** One slice of a scan. Each array has one entry a period; NaN where the warehouse gave no row or an empty value. */
export interface ScanSlice {
  readonly slice: Slice
  readonly rows: Float64Array
  /** By metric. */
  readonly values: Readonly<Record<string, Float64Array>>
  /** The rows behind the values, by metric; absent for those that need none. */
  readonly weights: Readonly<Record<string, Float64Array>>
}

/** The rows of a shared scan by slice, in the order of the first appearance of their values. */
export interface ScanTable {
  readonly scan: SharedScan
  readonly periods: readonly Day[]
  readonly slices: readonly ScanSlice[]
}

/** What tells slices apart: `source="paid_search"` of each condition, ordered by field. */
export const identifySlice = (slice: Slice): string =>
  slice
    .map(({ field, value }) => `${field}=${JSON.stringify(value)}`)
    .sort()
    .join('&')

/** Periods from the scan's first to its last. */
export const listScanPeriods = (scan: SharedScan, calendar: Calendar): readonly Day[] =>
  listPeriods(scan.from, scan.to, scan.grain, calendar)

/** Sorts the rows of a scan into one set of series a slice. Rows outside the scan's periods are dropped (there should be none). */
export function readScanTable(scan: SharedScan, rows: ScanRows, calendar: Calendar): ScanTable {
  const steps = joinSteps(scan, splitRows(rows, scan.dimensions.length), calendar)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same from the periods of a scan, in any order; may be interrupted after each period, and after each slice that it makes room for or names. */
export function* joinSteps(
  scan: SharedScan,
  blocks: readonly PeriodBlock[],
  calendar: Calendar,
): Generator<void, ScanTable, void> {
  const periods = listScanPeriods(scan, calendar)
  const placeOf = new Map(periods.map((day, at) => [day, at]))
  const names = blocks[0]?.names ?? []
  const slices = new Map<string, readonly Float64Array[]>()
  for (const { period, keys, measures } of blocks) {
    const place = placeOf.get(period)
    if (place === undefined) continue
    for (const [row, key] of keys.entries()) {
      let series = slices.get(key)
      if (!series) {
        series = names.map(() => new Float64Array(periods.length).fill(Number.NaN))
        slices.set(key, series)
        yield
      }
      for (let at = 0; at < series.length; at++) series[at]![place] = measures[at]![row]!
    }
    yield
  }
  const sorted = [...slices].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const named: ScanSlice[] = []
  for (const [key, series] of sorted) {
    const values: readonly SliceValue['value'][] = JSON.parse(key)
    const slice = scan.dimensions.map((field, at): SliceValue => ({ field, value: values[at] ?? null }))
    named.push(nameSeries(scan, slice, new Map(names.map((name, at) => [name, series[at]!]))))
    yield
  }
  return { scan, periods, slices: named }
}

/** Tells the measures of a slice by what they are. */
function nameSeries({ metrics }: SharedScan, slice: Slice, series: ReadonlyMap<string, Float64Array>): ScanSlice {
  const values: Record<string, Float64Array> = {}
  const weights: Record<string, Float64Array> = {}
  for (const metric of metrics) {
    const found = series.get(metric)
    const settled = found && settleValues(found, series.get(weightColumn(metric, metrics)))
    if (settled) values[metric] = settled.values
    if (settled?.weights) weights[metric] = settled.weights
  }
  const rows = series.get(rowsColumn(metrics))
  invariant(rows, 'a scan counts its rows')
  return { slice, rows, values, weights }
}
