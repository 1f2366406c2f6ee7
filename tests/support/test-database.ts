import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export interface TestDatabase {
  readonly url: string
  readonly database: Database
  /** Closes the pool and drops the database. */
  readonly drop: () => Promise<void>
}

/** A database of its own for one test file, with the store's tables unless `isEmpty`. */
export async function openTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const name = `hunch_test_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const database = openDatabase(url.href)
  if (!isEmpty) await migrate(database)
  const drop = async () => {
    await database.destroy()
    await administer(`drop database ${name} with (force)`)
  }
  return { url: url.href, database, drop }
}

async function administer(sql: string): Promise<void> {
  const server = openDatabase(serverUrl)
  try {
    await server.raw(sql)
  } finally {
    await server.destroy()
  }
}
