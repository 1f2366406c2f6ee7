import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../tests/support/test-database.ts'
import { openApp } from './app.ts'

const catalog = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number }
      created_at: { type: timestamp }
`

let folder: string
let store: TestDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-app-'))
  store = await openTestDatabase()
  await mkdir(join(folder, 'data'))
  await mkdir(join(folder, 'catalog'))
  await writeFile(join(folder, 'data/accounts.csv'), 'id,created_at\n1,2026-09-30 08:00:00\n')
  await writeFile(join(folder, 'catalog/account.yaml'), catalog)
})
afterEach(async () => {
  await store.drop()
  await rm(folder, { recursive: true })
})

async function writeConfig(smtp: string): Promise<string> {
  const configFile = join(folder, 'hunch.yaml')
  const lines = [
    'workspace: acme',
    'warehouse: files:./data',
    'catalog: ./catalog',
    `store: ${store.url}`,
    `mail: { smtp: "${smtp}" }`,
  ]
  await writeFile(configFile, `${lines.join('\n')}\n`)
  return configFile
}

/** Connections of others to the store's database. */
async function countConnections(): Promise<number> {
  const { rows } = await store.database.raw(
    `select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )
  return rows[0].count
}

test('a workspace opens, and closing it leaves no connection', async () => {
  const app = await openApp({ configFile: await writeConfig('smtp://127.0.0.1:25') })
  await app.database.raw('select 1')
  expect(await countConnections()).toBeGreaterThan(0)
  await app.close()
  await expect.poll(countConnections).toBe(0)
})

test('a mail server that cannot be opened leaves no connection to the store behind', async () => {
  const opened = openApp({ configFile: await writeConfig('smtp://[mail') })
  await expect(opened).rejects.toMatchObject({ code: 'mail-address-unreadable' })
  await expect.poll(countConnections).toBe(0)
})
