import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClickhouseEngine } from '../../../tests/conformance/open-clickhouse.ts'
import type { Engine } from '../../../tests/conformance/open-engines.ts'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { checkCatalog } from '../../dsl/check/check-catalog.ts'
import { checkWarehouse } from '../../warehouse/check-warehouse.ts'
import { runExploration } from '../ask/run-exploration.ts'
import { inspectWarehouse } from './inspect-warehouse.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openClickhouseEngine([
    `CREATE TABLE accounts (id UUID NOT NULL, name String NOT NULL, is_active Bool NOT NULL, settings Map(String, UInt8) NOT NULL,
       state LowCardinality(String) NOT NULL, created_at DateTime('Asia/Tokyo') NOT NULL) ENGINE = MergeTree ORDER BY id`,
    `INSERT INTO accounts SELECT toUUID(concat('00000000-0000-0000-0000-', leftPad(toString(number + 1), 12, '0'))), concat('Account ', toString(number + 1)),
       (number + 1) % 2 = 0, map('a', 1), if((number + 1) % 3 = 0, 'trial', 'paying'), toDateTime('2026-01-01 00:00:00', 'UTC') + toIntervalDay(number + 1)
     FROM numbers(40)`,
    `CREATE TABLE "Orders" (id UInt64 NOT NULL, account_id Nullable(UUID), total Decimal(12, 2) NOT NULL, placed_on Date NOT NULL, state String NOT NULL)
       ENGINE = MergeTree ORDER BY id`,
    `INSERT INTO "Orders" SELECT number + 1, toUUID(concat('00000000-0000-0000-0000-', leftPad(toString(1 + (number + 1) % 40), 12, '0'))), number + 1.25,
       toDate('2026-01-01') + (number + 1) % 90, ['open', 'paid', 'failed'][1 + (number + 1) % 3] FROM numbers(400)`,
    'CREATE TABLE "Items" (order_id UInt64 NOT NULL, line UInt8 NOT NULL, price Nullable(Decimal(8, 2))) ENGINE = MergeTree ORDER BY (order_id, line)',
    'INSERT INTO "Items" SELECT 1 + intDiv(number, 2), 1 + number % 2, number FROM numbers(600)',
    'CREATE TABLE empty_one (id Int32)',
    'CREATE TABLE notes (order_id Int64)',
    'CREATE VIEW paid_orders AS SELECT id, total FROM "Orders" WHERE state = \'paid\'',
  ])
})

afterAll(() => engine.close())

test('a ClickHouse of its own types is drafted so that every check passes, and answers', async () => {
  const { warehouse } = engine
  const models = draftCatalog(await inspectWarehouse(warehouse, () => undefined))
  const sources = models.map((model) => ({ name: `${model.name}.yaml`, text: writeDraft(model, 'clickhouse') }))
  const outcome = parseCatalog(sources)
  expect(outcome.diagnostics).toEqual([])
  if (!outcome.ok) return
  const catalog = outcome.value
  expect(checkCatalog(catalog)).toEqual([])
  expect(await checkWarehouse(catalog, warehouse)).toEqual([])
  const { account, order, item } = catalog.models
  expect(Object.keys(catalog.models).toSorted()).toEqual(['account', 'item', 'order', 'paid_order'])
  expect(account?.fields.is_active?.type).toBe('boolean')
  expect(account?.fields.created_at?.type).toBe('timestamp')
  expect(account?.fields.state?.values.map(({ value }) => value)).toEqual(['paying', 'trial'])
  expect(order?.relations.account?.pairs).toEqual([{ own: 'account_id', other: 'id' }])
  expect(item?.fields.placed_on?.type).toBe('date')
  const context = { catalog, calendar: catalog.calendar, warehouse, now: () => Date.parse('2026-06-01') }
  const run = async (text: string) => (await runExploration(context, text)).rows
  // 20 of 40 accounts are active; orders of account i are i - 1, i + 39, …: ten each.
  expect(await run('from order\ngroup by account.is_active: n = count()')).toEqual([
    [false, 200],
    [true, 200],
  ])
  // An account of every day from the 2nd of January: 30 in the month. In Tokyo, too, since a day there begins nine hours earlier.
  expect(await run('from account\ngroup by month(created_at): n = count()')).toEqual([
    ['2026-01-01', 30],
    ['2026-02-01', 10],
  ])
  // 1.25 + … + 400.25, of which every third order is paid: 1, 4, … 400 are 134 of them.
  expect(await run('from order\nwhere state = "paid"\ngroup all: total = sum(total), n = count()')).toEqual([
    [(134 * (1 + 400)) / 2 + 134 * 0.25, 134],
  ])
})

test('a relation by an Int64 and a UInt64 is told to be none, once', async () => {
  const model = (name: string, table: string, key: string, relation: string) =>
    `  ${name}:\n    table: ${table}\n    key: ${key}\n    fields: { ${key}: { type: number } }\n    relations: { ${relation} }\n`
  const text = `models:\n${model('order', 'Orders', 'id', 'notes: { to: note, many: order_id }')}${model('note', 'notes', 'order_id', 'order: { to: order, one: order_id }')}`
  const outcome = parseCatalog([{ name: 'shop.yaml', text }])
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics))
  const found = await checkWarehouse(outcome.value, engine.warehouse)
  const errors = found.filter(({ severity }) => severity === 'error')
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    [
      'relation-types',
      'relation `notes` of model `order` pairs `id` (UInt64) with `order_id` (Int64), which the warehouse cannot join by',
    ],
  ])
})

test('a catalog that says otherwise is told so in the types of ClickHouse', async () => {
  const text = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number }
      created_at: { type: date }
      nam: { type: text }
`
  const outcome = parseCatalog([{ name: 'account.yaml', text }])
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics))
  const found = await checkWarehouse(outcome.value, engine.warehouse)
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    ['column-type', 'field `id` of model `account` is declared number, but column `id` is uuid'],
    [
      'timestamp-as-date',
      'field `created_at` of model `account` is declared date, but column `created_at` is datetime: its days are those of UTC, and two instants of a day do not make one group',
    ],
    ['unknown-column', 'field `nam` of model `account` is column `nam`, which is not in table `accounts`'],
  ])
})
