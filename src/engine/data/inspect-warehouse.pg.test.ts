import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { checkCatalog } from '../../dsl/check/check-catalog.ts'
import { checkWarehouse } from '../../warehouse/check-warehouse.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import { inspectWarehouse } from './inspect-warehouse.ts'

const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const name = `hunch_inspect_${process.pid}`
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href

async function run(address: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: address })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  await run(server, `create database ${name}`)
  await run(
    url,
    'create schema shop',
    `create table accounts (id uuid primary key, name text, is_active boolean, settings json, created_at timestamptz)`,
    `insert into accounts select gen_random_uuid(), 'Account ' || i, i % 2 = 0, '{"a": 1}', timestamptz '2026-01-01' + i * interval '1 day'
     from generate_series(1, 40) as i`,
    `create table shop."Orders" (id bigint, account_id uuid, total numeric(12, 2), placed_on date, state varchar(20))`,
    `insert into shop."Orders" select i, (array(select id from accounts order by name))[1 + i % 40], i + 0.25, date '2026-01-01' + i % 90,
     (array['open', 'paid', 'failed'])[1 + i % 3] from generate_series(1, 400) as i`,
    'create table shop."Items" (order_id bigint, line int, price numeric)',
    'insert into shop."Items" select 1 + i / 2, 1 + i % 2, i from generate_series(0, 599) as i',
    'alter table shop."Orders" add primary key (id)',
    // its texts could be values of the uuid keys, which Postgres does not compare with them
    'create table notes (id bigint primary key, body text, written_at timestamptz)',
    `insert into notes select i, 'Note ' || i % 20, timestamptz '2026-01-01' + i * interval '1 hour' from generate_series(1, 400) as i`,
    'create table empty_one (id int)',
  )
})

afterAll(() => run(server, `drop database if exists ${name} with (force)`))

test('a Postgres with schemas, capital letters, uuids and json is drafted so that every check passes', async () => {
  const warehouse = await openWarehouse(url, { folder: '.' })
  try {
    const models = draftCatalog(await inspectWarehouse(warehouse, () => undefined))
    const sources = models.map((model) => ({ name: `${model.name}.yaml`, text: writeDraft(model, 'postgres') }))
    const outcome = parseCatalog(sources)
    expect(outcome.diagnostics).toEqual([])
    if (!outcome.ok) return
    expect(checkCatalog(outcome.value)).toEqual([])
    expect(await checkWarehouse(outcome.value, warehouse)).toEqual([])
    const { account, item, order } = outcome.value.models
    expect(Object.keys(outcome.value.models)).toEqual(['account', 'note', 'item', 'order'])
    expect(order?.source).toEqual({ table: 'shop.Orders' })
    expect(order?.relations.account?.pairs).toEqual([{ own: 'account_id', other: 'id' }])
    expect(item?.fields.placed_on?.type).toBe('date')
    expect(account?.metrics.active_rate?.measure).toBe('count(where is_active = true) / count()')
    expect(Object.keys(order?.metrics ?? {})).toEqual([
      'orders',
      'active_accounts',
      'order_total',
      'average_total',
      'failure_rate',
    ])
  } finally {
    await warehouse.close()
  }
})
