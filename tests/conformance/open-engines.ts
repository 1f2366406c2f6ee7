import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import type { DialectName } from '../../src/dsl/dialects/dialect.ts'
import { openWarehouse } from '../../src/warehouse/open-warehouse.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { openClickhouseEngine } from './open-clickhouse.ts'
import { openMariadbEngine } from './open-mariadb.ts'

export interface Engine {
  readonly warehouse: Warehouse
  close(): Promise<void>
}

/** A DuckDB file made by `statements`, opened as a warehouse. */
export async function openDuckdbEngine(statements: readonly string[]): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'hunch-test-'))
  const file = join(folder, 'fixture.duckdb')
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  for (const statement of statements) await connection.run(statement)
  connection.disconnectSync()
  instance.closeSync()
  const warehouse = await openWarehouse(`duckdb:${file}`, { folder: '/' })
  return {
    warehouse,
    close: async () => {
      await warehouse.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

async function runOnServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** A Postgres database of its own made by `statements`, in a time zone other than UTC, opened as a warehouse. */
export async function openPostgresEngine(statements: readonly string[]): Promise<Engine> {
  const name = `hunch_test_${randomBytes(6).toString('hex')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await runOnServer(serverUrl, [`CREATE DATABASE ${name}`])
  await runOnServer(url.href, [
    "SET TimeZone = 'UTC'",
    ...statements,
    `ALTER DATABASE ${name} SET TimeZone = 'Asia/Tokyo'`,
  ])
  const warehouse = await openWarehouse(url.href, { folder: '/' })
  return {
    warehouse,
    close: async () => {
      await warehouse.close()
      await runOnServer(serverUrl, [`DROP DATABASE ${name} WITH (FORCE)`])
    },
  }
}

/** Engines that this machine lacks: `scripts/run-tests.ts` looked, and counts their suites as skipped. */
export const lacking: readonly DialectName[] = [
  ...(process.env.TEST_MYSQL_URL === 'none' ? (['mariadb'] as const) : []),
  ...(process.env.TEST_CLICKHOUSE_URL === 'none' ? (['clickhouse'] as const) : []),
]

/** Every engine whose rows are compared, each with the tables that `statements` make. */
export const openEngines = (statements: readonly string[]): Promise<readonly Engine[]> =>
  Promise.all([
    openDuckdbEngine(statements),
    openPostgresEngine(statements),
    ...(lacking.includes('mariadb') ? [] : [openMariadbEngine(statements)]),
    ...(lacking.includes('clickhouse') ? [] : [openClickhouseEngine(statements)]),
  ])
