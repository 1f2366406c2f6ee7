import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export type Row = Readonly<Record<string, string>>
export type Rows = readonly Row[]
/** Computes the answers to one question: name → value as the question wants it printed. */
export type Answer = (rows: Rows) => Readonly<Record<string, string | number>>
export type Answers = Readonly<Record<number, Answer>>

/** Rows of a gzipped CSV file, names and values trimmed. */
export function readTable(path: string): Rows {
  const text = gunzipSync(readFileSync(path)).toString('utf8')
  return parse(text, { columns: true, bom: true, trim: true, relax_column_count: true, skip_empty_lines: true })
}

/** A cell as a number, thousands and percent signs taken off; NaN where it holds none. */
export function toNumber(cell: string | undefined): number {
  const plain = (cell ?? '').replaceAll(',', '').replace(/%$/, '')
  return plain === '' ? Number.NaN : Number(plain)
}

/** The finite numbers of a column. */
export const numbers = (rows: Rows, column: string): Float64Array =>
  Float64Array.from(rows, (row) => toNumber(row[column])).filter(Number.isFinite)

/** Several columns, of rows that have a number in each. */
export function complete(rows: Rows, columns: readonly string[]): readonly Float64Array[] {
  const kept = rows.filter((row) => columns.every((column) => Number.isFinite(toNumber(row[column]))))
  return columns.map((column) => numbers(kept, column))
}

/** What remains of each row with a column added. */
export const add = (rows: Rows, column: string, compute: (row: Row) => number | string): Rows =>
  rows.map((row) => ({ ...row, [column]: String(compute(row)) }))

export const round = (value: number, digits: number): string => value.toFixed(digits)
