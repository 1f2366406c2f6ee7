import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDuckdbWarehouse, engineLimits, startDuckdb } from '../../../src/warehouse/duckdb.ts'
import { openPostgres } from '../../../src/warehouse/postgres.ts'
import type { Warehouse } from '../../../src/warehouse/warehouse.ts'
import { createOwnDatabase } from '../own-database.ts'
import { limits } from '../run-gold.ts'

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

const postgresTypes: Readonly<Record<Kind, string>> = {
  TIME: 'timestamp',
  STRING: 'text',
  INT: 'bigint',
  FLOAT: 'double precision',
  BOOLEAN: 'boolean',
}

/** The same tables in a Postgres database that is dropped again when the warehouse is closed. */
export async function copyTables(loaded: Warehouse, tables: Tables, url: string): Promise<Warehouse> {
  const own = await createOwnDatabase(url, 'hunch_outside_metricflow')
  await own.client.query('CREATE SCHEMA mf')
  for (const [table, columns] of tables) {
    const typed = columns.map(([name, kind]) => `${name} ${postgresTypes[kind]}`).join(', ')
    await own.client.query(`CREATE TABLE mf.${table} (${typed}, ${rowKey} bigint)`)
    const names = [...columns.map(([name]) => name), rowKey]
    const { rows } = await loaded.query(`SELECT ${names.join(', ')} FROM mf.${table}`, [], limits)
    const records = rows.map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])))
    const insert = `INSERT INTO mf.${table} SELECT * FROM json_populate_recordset(NULL::mf.${table}, $1)`
    await own.client.query(insert, [JSON.stringify(records)])
  }
  const warehouse = await openPostgres(own.url)
  const close = async () => {
    await warehouse.close()
    await own.close()
  }
  return { ...warehouse, close }
}

/** Whether no two rows of a table are the same in these columns. */
export async function isUnique(warehouse: Warehouse, table: string, columns: readonly string[]): Promise<boolean> {
  const sql = `SELECT count(*) = count(DISTINCT (${columns.join(', ')})) FROM mf.${table}`
  const { rows } = await warehouse.query(sql, [], { timeoutMs: 20_000, rowsMax: 1 })
  return rows[0]?.[0] === true
}
