import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openDuckdbEngine } from '../../tests/conformance/open-engines.ts'
import { type Calendar, utcCalendar } from '../base/periods.ts'
import type { Catalog, FieldType, Model } from '../catalog/catalog.ts'
import { checkWarehouse } from './check-warehouse.ts'

let engine: Engine

beforeAll(async () => {
  engine = await openDuckdbEngine([
    'CREATE TABLE accounts (id INTEGER, plan TEXT, created_at TIMESTAMP, seats TEXT)',
    "INSERT INTO accounts VALUES (1, 'pro', '2024-01-01', '3')",
    'CREATE TABLE tickets (id INTEGER)',
    'CREATE TABLE seats (account_id INTEGER, day DATE)',
    "INSERT INTO seats VALUES (1, '2024-01-01'), (1, '2024-01-02'), (2, '2024-01-01'), (NULL, '2024-01-01'), (NULL, '2024-01-02')",
    "CREATE TABLE odd (id INTEGER, day DATE, mood ENUM ('sad', 'happy'))",
    "INSERT INTO odd VALUES (1, '2024-01-01', 'sad')",
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

async function check(found: Model, calendar = utcCalendar, others: Catalog['models'] = {}): Promise<readonly string[]> {
  const catalog: Catalog = { models: { account: found, ...others }, calendar, events: [] }
  const diagnostics = await checkWarehouse(catalog, engine.warehouse)
  return diagnostics.map(({ severity, message, candidates }) => [severity, message, ...candidates].join(' | '))
}

test('a key that is not unique is told, unless the table has too many rows to look', async () => {
  const columns = { account_id: 'number', day: 'date' } as const
  expect(await check(model({ table: 'seats' }, columns, ['account_id']))).toEqual([
    'warning | the key `account_id` of model `account` is not unique: 1 value of it stands in 2 rows',
  ])
  expect(await check(model({ table: 'seats' }, columns, ['account_id', 'day']))).toEqual([])
})

test('a catalog that fits gives no diagnostics, whatever the case and the schema that it writes', async () => {
  const columns = { ID: 'number', plan: 'text', created_at: 'timestamp' } as const
  expect(await check(model({ table: 'Accounts' }, columns))).toEqual([])
  expect(await check(model({ table: 'main.accounts' }, columns))).toEqual([])
})

test('a table of another schema is not the one of that name', async () => {
  const [message] = await check(model({ table: 'nowhere.accounts' }, { id: 'number' }))
  expect(message).toMatch(/^error \| model `account` reads the table `nowhere.accounts`, which is not in/)
})

const tallinn: Calendar = { ...utcCalendar, timezone: 'Europe/Tallinn' }

test('dates and instants that stand in for each other are warnings, a date in UTC is none', async () => {
  const dates = model({ table: 'odd' }, { day: 'timestamp' })
  expect(await check(dates)).toEqual([])
  expect(await check(dates, tallinn)).toEqual([
    'warning | field `day` of model `account` is declared timestamp, but column `day` is date: its days begin at midnight in UTC, which may be another day in Europe/Tallinn',
  ])
  expect(await check(model({ table: 'accounts' }, { created_at: 'date' }))).toEqual([
    'warning | field `created_at` of model `account` is declared date, but column `created_at` is timestamp: its days are those of UTC, and two instants of a day do not make one group',
  ])
})

test('an enumeration is a warning, since it does not sort as text', async () => {
  expect(await check(model({ table: 'odd' }, { mood: 'text' }))).toEqual([
    'warning | field `mood` of model `account` is declared text, but column `mood` is enum, which sorts by the order of its declaration and not as text',
  ])
})

test('columns of both sides of a relation are looked for', async () => {
  const account: Model = {
    ...model({ table: 'accounts' }, { id: 'number' }),
    relations: {
      tickets: {
        name: 'tickets',
        label: 'tickets',
        to: 'ticket',
        cardinality: 'many',
        pairs: [{ own: 'idd', other: 'account_id' }],
        valid: undefined,
        through: undefined,
      },
    },
  }
  const ticket: Model = { ...model({ table: 'tickets' }, { id: 'number' }), name: 'ticket' }
  expect(await check(account, utcCalendar, { ticket })).toEqual([
    'error | relation `tickets` of model `account` is column `idd`, which is not in table `accounts` | id',
    'error | relation `tickets` of model `account` is column `account_id`, which is not in table `tickets` | id',
    'warning | table `tickets` of model `ticket` has no rows',
  ])
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
