import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  INTEGER,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api'
import type { ColumnBlock, TableBlock } from '../base/table-block.ts'

const chunkRows = 2048
const types: Readonly<Record<ColumnBlock['kind'], DuckDBType>> = {
  integer: INTEGER,
  number: DOUBLE,
  timestamp: TIMESTAMP,
  text: VARCHAR,
}

/**
 * Writes tables into a new DuckDB file, for samples and fixtures: the one place where Hunch writes to a warehouse. Rows go in by
 * chunks of whole columns. Throws when a table is there already.
 */
export async function loadDuckdb(file: string, tables: readonly TableBlock[]): Promise<void> {
  const instance = await DuckDBInstance.create(file, { memory_limit: '256MB', threads: '2' })
  try {
    const connection = await instance.connect()
    try {
      for (const table of tables) await loadTable(connection, table)
      await connection.run('checkpoint')
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

async function loadTable(connection: DuckDBConnection, { name, rows, columns }: TableBlock): Promise<void> {
  const definitions = columns.map((column) => `${quote(column.name)} ${types[column.kind].toString()}`)
  await connection.run(`create table ${quote(name)} (${definitions.join(', ')})`)
  const appender = await connection.createAppender(name)
  const readers = columns.map(readColumn)
  for (let from = 0; from < rows; from += chunkRows) {
    const count = Math.min(chunkRows, rows - from)
    const chunk = DuckDBDataChunk.create(
      columns.map(({ kind }) => types[kind]),
      count,
    )
    readers.forEach((read, index) => {
      const vector = chunk.getColumnVector(index)
      for (let row = 0; row < count; row++) vector.setItem(row, read(from + row))
      vector.flush()
    })
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

function readColumn(column: ColumnBlock): (row: number) => string | number | DuckDBTimestampValue | null {
  if (column.kind === 'text') return (row) => column.words[column.codes[row] ?? -1] ?? null
  const { values } = column
  if (column.kind === 'timestamp')
    return (row) => {
      const at = values[row] ?? Number.NaN
      return Number.isNaN(at) ? null : new DuckDBTimestampValue(BigInt(at) * 1000n)
    }
  return (row) => {
    const value = values[row] ?? Number.NaN
    return Number.isNaN(value) ? null : value
  }
}
