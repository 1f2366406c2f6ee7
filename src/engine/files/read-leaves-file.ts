import type { Leaves } from '../../detectors/shapes.ts'
import { findMissingColumn, readCsvFile, type UnreadableFile } from './read-csv-file.ts'

/** Names of columns. */
export interface LeafColumns {
  readonly actual: string
  readonly expected: string
  /** Denominators of a ratio. */
  readonly weight?: { readonly actual: string; readonly expected: string }
  /** The fields; undefined takes every other column. */
  readonly dimensions?: readonly string[]
}

const quote = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

/** Reads a csv file, plain or gzipped, as leaves: one a row. An empty cell counts 0, for what is missing on one side. */
export async function readLeavesFile(file: string, columns: LeafColumns): Promise<Leaves | UnreadableFile> {
  const csv = await readCsvFile(file)
  if ('error' in csv) return csv
  const { names, rows: cells } = csv
  const { actual, expected, weight } = columns
  const measures = [actual, expected, ...(weight ? [weight.actual, weight.expected] : [])]
  const fields = columns.dimensions ?? names.filter((name) => !measures.includes(name))
  const missing = findMissingColumn(csv, [...measures, ...fields])
  if (missing) return missing
  if (fields.length === 0) return { error: `has no columns besides ${quote(measures)} that could explain a change` }
  const numbers: Float64Array[] = []
  for (const name of measures) {
    const read = readNumbers(cells, names.indexOf(name))
    if ('error' in read) return read
    numbers.push(read)
  }
  const coded = fields.map((name) => codeColumn(cells, names.indexOf(name)))
  return {
    fields,
    labels: coded.map(({ labels }) => labels),
    codes: coded.map(({ codes }) => codes),
    actual: numbers[0]!,
    expected: numbers[1]!,
    ...(weight && { weight: { actual: numbers[2]!, expected: numbers[3]! } }),
  }
}

function readNumbers(cells: readonly (readonly string[])[], at: number): Float64Array | UnreadableFile {
  const numbers = Float64Array.from(cells, (row) => Number(row[at]))
  const wrong = numbers.findIndex((x) => !Number.isFinite(x))
  return wrong < 0 ? numbers : { error: `row ${wrong + 1}: \`${cells[wrong]![at]}\` is not a number` }
}

function codeColumn(cells: readonly (readonly string[])[], at: number) {
  const places = new Map<string, number>()
  const codes = Int32Array.from(cells, (row) => {
    const text = row[at]!
    const known = places.get(text) ?? places.size
    places.set(text, known)
    return known
  })
  return { labels: [...places.keys()], codes }
}
