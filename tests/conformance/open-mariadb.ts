import { randomBytes } from 'node:crypto'
import { createConnection } from 'mysql2/promise'
import { openWarehouse } from '../../src/warehouse/open-warehouse.ts'
import { translateStatement } from '../engines/mariadb/translate.ts'
import type { Engine } from './open-engines.ts'

const serverUrl = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306'

async function runOnServer(url: string, statements: readonly string[]): Promise<void> {
  // ClickHouse, started beside it in this process, may hold up everything for a while.
  const connection = await createConnection({ uri: url, connectTimeout: 60_000 })
  try {
    for (const statement of statements) await connection.query(statement)
  } finally {
    await connection.end()
  }
}

/**
 * A MariaDB database of its own made by `statements`, in their own words or in those of the other engines, on the server at `TEST_MYSQL_URL`.
 * Its texts are in a collation that tells neither case nor spaces at an end apart.
 */
export async function openMariadbEngine(statements: readonly string[]): Promise<Engine> {
  const name = `hunch_test_${randomBytes(6).toString('hex')}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await runOnServer(serverUrl, [`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`])
  await runOnServer(url.href, [
    "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'",
    ...statements.map(translateStatement),
  ])
  const warehouse = await openWarehouse(url.href, { folder: '/' })
  return {
    warehouse,
    close: async () => {
      await warehouse.close()
      await runOnServer(serverUrl, [`DROP DATABASE ${name}`])
    },
  }
}
