import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { utcCalendar } from '../../base/periods.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import { openReadBytes } from './estimate-bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'hunch-bytes-'))
writeFileSync(join(folder, 'accounts.csv'), 'id,plan\n1,free\n2,team\n')
writeFileSync(
  join(folder, 'events.csv'),
  `id,account_id,kind,is_test,amount,at\n${Array.from({ length: 100 }, (_, at) => `${at},${1 + (at % 2)},login,false,1.5,2026-09-01 10:00:00`).join('\n')}\n`,
)
afterAll(() => rmSync(folder, { recursive: true }))

const text = `models:
  account: { table: accounts, key: id, fields: { id: { type: number }, plan: { type: text } } }
  event:
    table: events
    key: id
    fields: { id: { type: number }, kind: { type: text }, amount: { type: number }, at: { type: timestamp } }
    relations: { account: { to: account, one: account_id } }
  own: { sql: "select id from accounts", key: id, fields: { id: { type: number } } }
`

test('is the rows of each table by the width of what is read of it, or of whole rows', async () => {
  const outcome = parseCatalog([{ name: 'catalog.yaml', text }])
  const catalog = outcome.ok ? outcome.value : expect.fail(JSON.stringify(outcome.diagnostics))
  const warehouse = await openWarehouse(`files:${folder}`, { folder })
  const measure = async (dialect: Warehouse['dialect'], exploration: string) => {
    const context = { catalog, calendar: utcCalendar, now: () => Date.UTC(2026, 9, 1) }
    const read = await openReadBytes({ ...context, warehouse: { ...warehouse, dialect } })
    return read(exploration)
  }
  try {
    // a number of 8 bytes and a text of 20
    expect(await measure('duckdb', 'from event\ngroup sum(amount) by kind')).toBe(100 * (8 + 20))
    expect(await measure('postgres', 'from event\ngroup sum(amount) by kind')).toBe(100 * (3 * 8 + 20 + 1 + 8))
    // the other table's key and text, and the column that leads there
    expect(await measure('duckdb', 'from event\ngroup count() by account.plan')).toBe(100 * 8 + 2 * (8 + 20))
    expect(await measure('duckdb', 'from own\ngroup count()')).toBe(0)
    expect(await measure('duckdb', 'from nothing')).toBe(0)
  } finally {
    await warehouse.close()
  }
})
