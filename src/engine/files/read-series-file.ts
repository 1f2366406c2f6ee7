import type { Grain } from '../../base/periods.ts'
import type { MeasureKind, Series } from '../../detectors/shapes.ts'
import { findMissingColumn, readCsvFile, type UnreadableFile } from './read-csv-file.ts'

/** A csv file as a series, and where its rows went. */
export interface SeriesFile {
  /** One entry a row, as written; NaN where empty. */
  readonly at: readonly string[]
  readonly values: Float64Array
  /** Equally spaced: gaps of a calendar are missing values. */
  readonly series: Series
  /** Index in `series` of each row. */
  readonly placeOfRow: Int32Array
  /** Milliseconds from row to row, their median; undefined without a calendar. */
  readonly stepMs?: number
}

const dayMs = 86_400_000
/** Steps between rows that are a grain, in milliseconds: from, to. */
const steps: readonly (readonly [Grain, number, number])[] = [
  ['minute', 60_000, 3_599_999],
  ['hour', 3_600_000, 3_600_000],
  ['day', dayMs, dayMs],
  ['week', 7 * dayMs, 7 * dayMs],
  ['month', 28 * dayMs, 31 * dayMs],
  ['quarter', 90 * dayMs, 92 * dayMs],
  ['year', 365 * dayMs, 366 * dayMs],
]

/** Reads the columns `time` and `value`. A time column of whole numbers is equally spaced and has no calendar. */
export async function readSeriesFile(file: string, time: string, value: string): Promise<SeriesFile | UnreadableFile> {
  const csv = await readCsvFile(file)
  if ('error' in csv) return csv
  const missing = findMissingColumn(csv, [time, value])
  if (missing) return missing
  const { names, rows } = csv
  const [timeAt, valueAt] = [names.indexOf(time), names.indexOf(value)]
  const at = rows.map((row) => row[timeAt]!)
  const values = Float64Array.from(rows, (row) => (row[valueAt] === '' ? Number.NaN : Number(row[valueAt])))
  const wrong = rows.findIndex((row, k) => row[valueAt] !== '' && !Number.isFinite(values[k]))
  if (wrong >= 0) return { error: `row ${wrong + 1}: \`${rows[wrong]![valueAt]}\` is not a number` }
  return layOut(at, values)
}

function layOut(at: readonly string[], values: Float64Array): SeriesFile | UnreadableFile {
  const plain = { at, values, placeOfRow: Int32Array.from(at, (_, k) => k) }
  const kind: MeasureKind = values.every((x) => Number.isNaN(x) || (Number.isInteger(x) && x >= 0)) ? 'count' : 'mean'
  const asWritten = (grain: Grain | undefined, stepMs?: number) => ({
    ...plain,
    series: { at, values, grain, kind },
    stepMs,
  })
  if (at.every((text) => /^[+-]?\d+$/.test(text))) return asWritten(undefined)
  const times = at.map((text) =>
    Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(' ', 'T')}${text.length > 10 ? 'Z' : ''}`),
  )
  const bad = times.findIndex((ms) => !Number.isFinite(ms))
  if (bad >= 0) return { error: `row ${bad + 1}: \`${at[bad]}\` is neither a date nor a whole number` }
  const gaps = times.slice(1).map((ms, k) => ms - times[k]!)
  const step = gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? dayMs
  const grain = steps.find(([, from, to]) => step >= from && step <= to)?.[0]
  const isRising = gaps.every((gap) => gap > 0)
  const length = Math.round((times.at(-1)! - times[0]!) / step) + 1
  // months and longer are as written; days and shorter get their missing ones, unless that is most of them
  if (!isRising || step > 7 * dayMs || length === at.length || length > 2 * at.length) return asWritten(grain, step)
  const placeOfRow = Int32Array.from(times, (ms) => Math.round((ms - times[0]!) / step))
  if (new Set(placeOfRow).size < at.length) return asWritten(grain, step)
  const spaced = new Float64Array(length).fill(Number.NaN)
  placeOfRow.forEach((place, row) => {
    spaced[place] = values[row]!
  })
  const days = Array.from(spaced, (_, k) => new Date(times[0]! + k * step).toISOString())
  return { at, values, placeOfRow, series: { at: days, values: spaced, grain, kind }, stepMs: step }
}
