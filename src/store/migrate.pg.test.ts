import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { openDatabase } from './database.ts'
import { describeSchema } from './describe-schema.ts'
import { migrate } from './migrate.ts'

let store: TestDatabase
let folder: string
beforeAll(async () => {
  store = await openTestDatabase({ isEmpty: true })
  folder = await mkdtemp(join(tmpdir(), 'hunch-migrations-'))
})
afterAll(async () => {
  await store.drop()
  await rm(folder, { recursive: true })
})

test('replicas that start at once migrate once, and the tables are those of the reviewed snapshot', async () => {
  const replicas = [openDatabase(store.url), openDatabase(store.url), openDatabase(store.url)]
  const ran = await Promise.all(replicas.map((replica) => migrate(replica)))
  await Promise.all(replicas.map((replica) => replica.destroy()))
  expect(ran.filter((names) => names.length > 0)).toHaveLength(1)
  expect(ran.flat()[0]).toBe('0001-first-tables.sql')
  await expect(await describeSchema(store.database)).toMatchFileSnapshot('../../migrations/schema.txt')
})

test('a migration that fails leaves nothing behind, and says which mistake Postgres found', async () => {
  await writeFile(join(folder, '0001-good.sql'), "create table good (a text default '?');")
  await writeFile(join(folder, '0002-bad.sql'), 'create table bad (a nonsense);')
  const other = await openTestDatabase({ isEmpty: true })
  await expect(migrate(other.database, folder)).rejects.toMatchObject({
    code: 'store-migration-failed',
    retry: false,
    message: expect.stringContaining('type "nonsense" does not exist'),
  })
  expect(await describeSchema(other.database)).toBe('')
  await other.drop()
})

test('a store that a newer release has migrated is refused', async () => {
  const other = await openTestDatabase()
  await other.database('migrations').insert({ name: '9999-from-the-future.sql' })
  await expect(migrate(other.database)).rejects.toThrow(
    'the store has the migration `9999-from-the-future.sql`, which this release does not know',
  )
  await other.drop()
})

test('a store that is down is a failure that may pass, without secrets', async () => {
  const database = openDatabase('postgres://ann:secret@127.0.0.1:1/hunch')
  const migrated = migrate(database)
  await expect(migrated).rejects.toMatchObject({ code: 'store-unreachable', retry: true })
  await expect(migrated).rejects.not.toThrow('secret')
  await database.destroy()
})
