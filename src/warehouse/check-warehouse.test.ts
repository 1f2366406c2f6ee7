import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openDuckdbEngine } from '../../tests/conformance/open-engines.ts'
import { utcCalendar } from '../base/periods.ts'
import type { Catalog, FieldType, Model } from '../catalog/catalog.ts'
import { checkWarehouse } from './check-warehouse.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openDuckdbEngine([
    'CREATE TABLE accounts (id INTEGER, plan TEXT, created_at TIMESTAMP, seats TEXT)',
    "INSERT INTO accounts VALUES (1, 'pro', '2024-01-01', '3')",
    'CREATE TABLE tickets (id INTEGER)',
  ])
})

afterAll(() => engine.close())

function model(source: Model['source'], columns: Readonly<Record<string, FieldType>>, key = ['id']): Model {
  const fields = Object.entries(columns).map(([column, type]) => ({
    name: column,
    column,
    type,
    label: column,
    description: undefined,
    synonyms: [],
    unit: undefined,
    values: [],
    hidden: false,
    pii: false,
  }))
  return {
    name: 'account',
    source,
    key,
    label: 'Account',
    description: undefined,
    synonyms: [],
    fields: Object.fromEntries(fields.map((field) => [field.name, field])),
    relations: {},
    semantics: undefined,
    metrics: {},
    policies: [],
    explorations: [],
  }
}

async function check(found: Model): Promise<readonly string[]> {
  const catalog: Catalog = { models: { account: found }, calendar: utcCalendar, events: [] }
  const diagnostics = await checkWarehouse(catalog, engine.warehouse)
  return diagnostics.map(({ severity, message, candidates }) => [severity, message, ...candidates].join(' | '))
}

test('a catalog that fits gives no diagnostics; a date may stand for an instant', async () => {
  expect(await check(model({ table: 'accounts' }, { id: 'number', plan: 'text', created_at: 'date' }))).toEqual([])
})

test('a table that is not there is an error with what may have been meant', async () => {
  const [message] = await check(model({ table: 'acounts' }, { id: 'number' }))
  expect(message).toMatch(
    /^error \| model `account` reads the table `acounts`, which is not in `duckdb:.*` \| accounts$/,
  )
})

test('columns and keys that are not there are errors, each with what may have been meant', async () => {
  expect(await check(model({ table: 'accounts' }, { id: 'number', plans: 'text' }, ['account_id']))).toEqual([
    'error | field `plans` of model `account` is column `plans`, which is not in table `accounts` | plan',
    expect.stringMatching(
      /^error \| the key of model `account` is column `account_id`, which is not in table `accounts`/,
    ),
  ])
})

test('another type and a table without rows are warnings', async () => {
  expect(await check(model({ table: 'accounts' }, { id: 'number', seats: 'number' }))).toEqual([
    'warning | field `seats` of model `account` is declared number, but column `seats` is varchar',
  ])
  expect(await check(model({ table: 'tickets' }, { id: 'number' }))).toEqual([
    'warning | table `tickets` of model `account` has no rows',
  ])
})

test('SQL of a model is tried: what it does not give, what it lacks, and whether it runs', async () => {
  expect(await check(model({ sql: 'select id, plan from accounts' }, { id: 'number', plans: 'text' }))).toEqual([
    'error | field `plans` of model `account` is column `plans`, which its SQL does not give | plan',
  ])
  expect(await check(model({ sql: 'select id from accounts where false;' }, { id: 'number' }))).toEqual([
    'warning | the SQL of model `account` gives no rows',
  ])
  const [message] = await check(model({ sql: 'select idd from accounts' }, { id: 'number' }))
  expect(message).toMatch(/^error \| the SQL of model `account` does not run: the warehouse refused the query: .*idd/)
})
