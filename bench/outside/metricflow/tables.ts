import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDuckdbWarehouse, engineLimits, startDuckdb } from '../../../src/warehouse/duckdb.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'

export type Kind = 'TIME' | 'STRING' | 'INT' | 'FLOAT' | 'BOOLEAN'

/** Columns with their types, by table. */
export type Tables = ReadonlyMap<string, readonly (readonly [name: string, kind: Kind])[]>

export function readTables(folder: string): Tables {
  return new Map(JSON.parse(readFileSync(join(folder, 'metricflow_itest', 'tables.json'), 'utf8')))
}

const types: Readonly<Record<Kind, string>> = {
  TIME: 'TIMESTAMP',
  STRING: 'VARCHAR',
  INT: 'BIGINT',
  FLOAT: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
}

/** What tells the rows of every table apart: the set's tables have no keys. */
export const rowKey = 'row_id'

/** A DuckDB in memory with the tables of the set in the schema that its queries name. */
export async function loadTables(folder: string, tables: Tables): Promise<Warehouse> {
  const { instance, removeSpill } = await startDuckdb(':memory:', engineLimits)
  const connection = await instance.connect()
  await connection.run('CREATE SCHEMA mf')
  for (const [table, columns] of tables) {
    const path = join(folder, 'metricflow_itest', 'csv', `${table}.csv`).replaceAll("'", "''")
    const typed = columns.map(([name, kind]) => `'${name}': '${types[kind]}'`).join(', ')
    const rows = `read_csv('${path}', header = true, nullstr = '\\N', columns = {${typed}})`
    await connection.run(`CREATE TABLE mf.${table} AS SELECT *, row_number() OVER () AS ${rowKey} FROM ${rows}`)
  }
  connection.disconnectSync()
  return createDuckdbWarehouse(instance, 'duckdb', removeSpill)
}

/** Whether no two rows of a table are the same in these columns. */
export async function isUnique(warehouse: Warehouse, table: string, columns: readonly string[]): Promise<boolean> {
  const sql = `SELECT count(*) = count(DISTINCT (${columns.join(', ')})) FROM mf.${table}`
  const { rows } = await warehouse.query(sql, [], { timeoutMs: 20_000, rowsMax: 1 })
  return rows[0]?.[0] === true
}
