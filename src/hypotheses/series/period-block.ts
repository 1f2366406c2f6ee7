import { deserialize, serialize } from 'node:v8'
import type { Day } from '../../base/periods.ts'

/** What a scan gives for one period: a row for each slice that has any. */
export interface PeriodBlock {
  readonly period: Day
  /** By row: its values of the scan's fields, as JSON. */
  readonly keys: readonly string[]
  /** Names of the measures. */
  readonly names: readonly string[]
  /** By measure: one value a row, NaN for an empty one. */
  readonly measures: readonly Float64Array[]
}

type Value = string | number | boolean | null
/** Rows as the scan's exploration gives them: period, one value a dimension, then rows and measures. */
export interface ScanRows {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly Value[])[]
}

/** The rows of a scan by period. */
export const groupRows = ({ rows }: ScanRows): ReadonlyMap<Day, ScanRows['rows']> =>
  Map.groupBy(rows, (row) => String(row[0]).slice(0, 10))

/** The rows of one period as a block; `fields` values after the period tell them apart. */
export function makeBlock(period: Day, { columns, rows }: ScanRows, fields: number): PeriodBlock {
  const first = 1 + fields
  const names = columns.slice(first).map(({ name }) => name)
  return {
    period,
    keys: rows.map((row) => JSON.stringify(row.slice(1, first))),
    names,
    measures: names.map((_, at) => readColumn(rows, first + at)),
  }
}

/** A column as numbers, NaN where it is empty. A plain loop: `Float64Array.from` takes ten times as long, and a cycle has a million rows. */
function readColumn(rows: ScanRows['rows'], column: number): Float64Array {
  const numbers = new Float64Array(rows.length)
  for (let row = 0; row < rows.length; row++) numbers[row] = Number(rows[row]![column] ?? Number.NaN)
  return numbers
}

/** Sorts the rows of a scan by `fields` fields into its periods. */
export const splitRows = (scanRows: ScanRows, fields: number): readonly PeriodBlock[] =>
  [...groupRows(scanRows)].map(([period, rows]) => makeBlock(period, { ...scanRows, rows }, fields))

const isAlike = (a: Float64Array, b: Float64Array): boolean => a.every((value, at) => Object.is(value, b[at]))

/** Whole numbers in half the room. */
const narrow = (values: Float64Array): Float64Array | Uint32Array =>
  values.every((value) => Object.is(value, value >>> 0)) ? Uint32Array.from(values) : values

/** A block as bytes. A measure that is the same as another, as the weight of a rate and the count of rows, is there once. */
export function packBlock({ keys, names, measures }: PeriodBlock): Buffer {
  const narrowed: (Float64Array | Uint32Array)[] = []
  measures.forEach((values, at) => {
    const twin = measures.findIndex((other, before) => before < at && isAlike(values, other))
    narrowed.push(twin < 0 ? narrow(values) : narrowed[twin]!)
  })
  // What is one object here is written once.
  return serialize({ keys: keys.join('\n'), names, measures: narrowed })
}

/** The block that `packBlock` packed. */
export function unpackBlock(period: Day, bytes: Buffer): PeriodBlock {
  const { keys, names, measures } = deserialize(bytes)
  const values = measures.map((one: Float64Array | Uint32Array) =>
    one instanceof Float64Array ? one : Float64Array.from(one),
  )
  return { period, keys: keys === '' ? [] : keys.split('\n'), names, measures: values }
}
