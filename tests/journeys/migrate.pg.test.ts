import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../../src/api/testing/open-world.ts'
import { migrateFile } from '../../src/cli/migrate-file.ts'
import { migrateExploration, migrateStored } from '../../src/engine/ask/migrate-explorations.ts'
import { listExplorations, replaceExploration } from '../../src/store/explorations.ts'

const today = '2026-10-01'
const old = 'from account\ngroup by date(created_at): accounts = count()\nsort date_created_at\n'
const now = 'from account\ngroup by date_created_at = day(created_at): accounts = count()\nsort date_created_at\n'
let world: World
let folder: string

beforeAll(async () => {
  world = await openWorld()
  folder = await mkdtemp(join(tmpdir(), 'hunch-migrate-'))
})

afterAll(async () => {
  await world?.close()
  await rm(folder, { recursive: true, force: true })
})

test('what the store keeps to be run again is brought to the newest version, once', async () => {
  const { context } = world
  const stored = await listExplorations(context.database, context.workspace)
  expect(stored.map(({ place }) => place.table)).toContain('findings')
  const [first] = stored
  await replaceExploration(context.database, context.workspace, { place: first!.place, text: old })
  const dry = await migrateStored(context, 1, today, true)
  expect(dry.filter(({ kind }) => kind !== 'same')).toMatchObject([{ kind: 'changed', proof: 'plan', text: now }])
  expect((await listExplorations(context.database, context.workspace))[0]?.text).toBe(old)
  await migrateStored(context, 1, today, false)
  expect((await listExplorations(context.database, context.workspace))[0]?.text).toBe(now)
  const again = await migrateStored(context, 1, today, false)
  expect(again.every(({ kind }) => kind === 'same')).toBe(true)
})

test('blocks of a gold file are changed in place, and everything around them stays', async () => {
  const file = join(folder, 'gold.md')
  const gold = (text: string) =>
    `# Gold\n\n## Accounts by day?\ncatalog: saas\nas of: 2026-09-30\n\n\`\`\`hunch\n${text}\`\`\`\n\n## Broken\n\n\`\`\`hunch\nfrom account\nwhere (\n\`\`\`\n`
  await writeFile(file, gold(old))
  const results = await migrateFile(file, 1, world.context, today, false)
  expect(results).toMatchObject([
    { kind: 'changed', name: `${file}: Accounts by day?` },
    { kind: 'refused', name: `${file}: Broken`, reason: 'it cannot be read' },
  ])
  expect(await readFile(file, 'utf8')).toBe(gold(now))
})

test('what cannot be shown to give the same rows stays as it is', async () => {
  const text = 'from account\ngroup by date(no_such_column): n = count()'
  const result = await migrateExploration({ name: 'x', text }, 1, world.context, today)
  expect(result).toMatchObject({ kind: 'refused', diagnostics: [{ code: 'unknown-name' }] })
})
