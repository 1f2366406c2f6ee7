import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { utcCalendar } from '../../src/base/periods.ts'
import { parseCatalog } from '../../src/catalog/parse-catalog.ts'
import { compileFingerprint } from '../../src/dsl/compile-fingerprint.ts'
import type { Warehouse } from '../../src/warehouse/warehouse.ts'
import { useEngines } from './use-engines.ts'

const plain = [
  "(1, 1, 5, NULL, true, '2026-09-01 10:00:00')",
  "(2, 2, 7.5, 'a|b', false, '2026-09-01 11:00:00')",
  "(3, 1, NULL, '', true, '2026-09-02 10:00:00')",
  "(4, 2, 7.5, 'a|b', NULL, '2026-09-02 11:00:00')",
  "(5, 2, 7.5, 'a|b', NULL, '2026-09-02 11:00:00')",
  "(6, 2, 9, 'c', true, '2026-09-03 11:00:00')",
]
const change = (at: number, row?: string) => plain.toSpliced(at, 1, ...(row === undefined ? [] : [row]))

/** The same rows in another order, and one thing changed in each of the others; all changes are on 2 September. */
const worlds: Readonly<Record<string, readonly string[]>> = {
  plain,
  reversed: plain.toReversed(),
  late: [...plain, "(7, 1, 1, 'a', true, '2026-09-02 00:00:00')"],
  gone: change(2),
  twice_gone: change(4),
  measured: change(2, "(3, 1, 0, '', true, '2026-09-02 10:00:00')"),
  emptied: change(2, "(3, 1, NULL, NULL, true, '2026-09-02 10:00:00')"),
  swapped: change(3, "(4, 2, 7.5, 'b', NULL, '2026-09-02 11:00:00')"),
  doubted: change(2, "(3, 1, NULL, '', NULL, '2026-09-02 10:00:00')"),
  rejoined: change(2, "(3, 2, NULL, '', true, '2026-09-02 10:00:00')"),
}

const engines = useEngines([
  'CREATE TABLE accounts (id integer, plan varchar(20))',
  "INSERT INTO accounts VALUES (1, 'free'), (2, 'pro')",
  ...Object.entries(worlds).flatMap(([name, rows]) => [
    `CREATE TABLE ${name} (id integer, account_id integer, amount numeric(10, 2), kind varchar(20), done boolean, seen_at timestamp)`,
    `INSERT INTO ${name} VALUES ${rows.join(', ')}`,
  ]),
])

const catalogOf = (table: string) =>
  expectAccepted(
    parseCatalog([
      {
        name: 'models.yaml',
        text: `models:
  account: { table: accounts, key: id, fields: { id: { type: number }, plan: { type: text } } }
  event:
    table: ${table}
    key: id
    fields: { id: { type: number }, amount: { type: number }, kind: { type: text }, done: { type: boolean }, seen_at: { type: timestamp } }
    relations: { account: { to: account, one: account_id } }
`,
      },
    ]),
  )

const scan = `from event
where seen_at in last 3 days
group by day(seen_at), kind, account.plan: rows = count(), value = sum(amount), rate = count(where done) / count()
`

async function read(warehouse: Warehouse, table: string, text = scan): Promise<Readonly<Record<string, unknown>>> {
  const context = { catalog: catalogOf(table), calendar: utcCalendar, asOf: '2026-09-04', dialect: warehouse.dialect }
  const compiled = compileFingerprint(text, context)
  expect(compiled).toBeDefined()
  const { sql, parameters } = compiled!
  const { rows } = await warehouse.query(sql, parameters, { timeoutMs: 20_000, rowsMax: 100, types: ['date', 'text'] })
  return Object.fromEntries(rows.map(([day, fingerprint]) => [String(day).slice(0, 10), fingerprint]))
}

test('a period has another fingerprint when its rows changed, and no other period has', async () => {
  for (const { warehouse } of engines) {
    const before = await read(warehouse, 'plain')
    expect(Object.keys(before).sort()).toEqual(['2026-09-01', '2026-09-02', '2026-09-03'])
    expect(new Set(Object.values(before)).size).toBe(3)
    expect(await read(warehouse, 'reversed'), warehouse.dialect).toEqual(before)
    for (const world of Object.keys(worlds).slice(2)) {
      const after = await read(warehouse, world)
      expect(after['2026-09-02'], `${warehouse.dialect}: ${world}`).not.toBe(before['2026-09-02'])
      expect({ ...after, '2026-09-02': '' }, `${warehouse.dialect}: ${world}`).toEqual({ ...before, '2026-09-02': '' })
    }
  }
})

test('what an exploration does not read has no part in its fingerprint', async () => {
  const counted =
    'from event\nwhere seen_at in last 3 days\ngroup by day(seen_at): rows = count(), done = count(where done)\n'
  for (const { warehouse } of engines) {
    const before = await read(warehouse, 'plain', counted)
    expect(await read(warehouse, 'measured', counted)).toEqual(before)
    expect(await read(warehouse, 'doubted', counted)).not.toEqual(before)
  }
})
