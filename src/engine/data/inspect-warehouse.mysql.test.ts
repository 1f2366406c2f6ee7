import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../tests/conformance/open-engines.ts'
import { openMariadbEngine } from '../../../tests/conformance/open-mariadb.ts'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { checkCatalog } from '../../dsl/check/check-catalog.ts'
import { checkWarehouse } from '../../warehouse/check-warehouse.ts'
import { runExploration } from '../ask/run-exploration.ts'
import { inspectWarehouse } from './inspect-warehouse.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openMariadbEngine([
    `CREATE TABLE accounts (id CHAR(36) PRIMARY KEY, name VARCHAR(80) CHARACTER SET latin1, is_active BOOLEAN, settings JSON,
       state ENUM('trial', 'paying'), created_at DATETIME)`,
    `INSERT INTO accounts SELECT CONCAT('00000000-0000-0000-0000-', LPAD(seq, 12, '0')), CONCAT('Account ', seq), seq % 2 = 0, '{"a": 1}',
       IF(seq % 3 = 0, 'trial', 'paying'), DATE '2026-01-01' + INTERVAL seq DAY FROM seq_1_to_40`,
    'CREATE TABLE `Orders` (id BIGINT UNSIGNED PRIMARY KEY, account_id CHAR(36), total DECIMAL(12, 2), placed_on DATE, state VARCHAR(20))',
    `INSERT INTO \`Orders\` SELECT seq, CONCAT('00000000-0000-0000-0000-', LPAD(1 + seq % 40, 12, '0')), seq + 0.25,
       DATE '2026-01-01' + INTERVAL seq % 90 DAY, ELT(1 + seq % 3, 'open', 'paid', 'failed') FROM seq_1_to_400`,
    'CREATE TABLE `Items` (order_id BIGINT UNSIGNED, line MEDIUMINT, price DECIMAL(8, 2))',
    'INSERT INTO `Items` SELECT 1 + seq DIV 2, 1 + seq % 2, seq FROM seq_0_to_599',
    'CREATE TABLE empty_one (id INT)',
  ])
})

afterAll(() => engine.close())

test('a MariaDB with enums, json, flags and capital letters is drafted so that every check passes, and answers', async () => {
  const { warehouse } = engine
  const models = draftCatalog(await inspectWarehouse(warehouse, () => undefined))
  const sources = models.map((model) => ({ name: `${model.name}.yaml`, text: writeDraft(model, 'mariadb') }))
  const outcome = parseCatalog(sources)
  expect(outcome.diagnostics).toEqual([])
  if (!outcome.ok) return
  const catalog = outcome.value
  expect(checkCatalog(catalog)).toEqual([])
  expect(await checkWarehouse(catalog, warehouse)).toEqual([])
  const { account, order, item } = catalog.models
  expect(Object.keys(catalog.models).toSorted()).toEqual(['account', 'item', 'order'])
  expect(account?.fields.is_active?.type).toBe('boolean')
  expect(account?.fields.state?.values.map(({ value }) => value)).toEqual(['paying', 'trial'])
  expect(order?.relations.account?.pairs).toEqual([{ own: 'account_id', other: 'id' }])
  expect(item?.fields.placed_on?.type).toBe('date')
  const context = { catalog, calendar: catalog.calendar, warehouse, now: () => Date.parse('2026-06-01') }
  // 20 of 40 accounts are active; orders of account i are i - 1, i + 39, …: ten each.
  const { rows } = await runExploration(context, 'from order\ngroup by account.is_active: n = count()')
  expect(rows).toEqual([
    [false, 200],
    [true, 200],
  ])
})
