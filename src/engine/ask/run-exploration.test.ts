import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureStatements } from '../../../tests/conformance/fixture.ts'
import { fixtureCatalog } from '../../../tests/conformance/fixture-catalog.ts'
import { type Engine, openDuckdbEngine } from '../../../tests/conformance/open-engines.ts'
import { Rejection } from '../../base/diagnostic.ts'
import { type QueryContext, runExploration } from './run-exploration.ts'

let engine: Engine
let context: QueryContext

const calendar = { timezone: 'Europe/Tallinn', weekStarts: 1, fiscalYearStarts: 1 }

beforeAll(async () => {
  engine = await openDuckdbEngine(fixtureStatements)
  // Half past eleven in the evening in UTC is the next day in Tallinn.
  const now = () => Date.parse('2025-05-31T23:30:00Z')
  context = { catalog: fixtureCatalog(calendar), calendar, warehouse: engine.warehouse, now }
})

afterAll(() => engine.close())

test('an exploration runs with its columns, its SQL and the day of the clock in the calendar zone', async () => {
  const result = await runExploration(context, 'from account\ngroup by active: accounts = count()')
  expect(result).toMatchObject({
    columns: [
      { name: 'active', type: 'boolean' },
      { name: 'accounts', type: 'number' },
    ],
    rowCount: 3,
    truncated: false,
    asOf: '2025-06-01',
    fixes: [],
    parameters: [],
  })
  expect(result.rows.map(([active]) => active)).toEqual([false, true, null])
  expect(result.exploration).toContain('as of 2025-06-01')
  expect(result.sql).toContain('FROM accounts')
})

test('the day that is asked for wins over the clock, and steps can be cut', async () => {
  const text = 'from account\nwhere created_at in last 2 months\ngroup all: n = count()'
  const whole = await runExploration(context, text, { asOf: '2024-11-15' })
  expect(whole).toMatchObject({ asOf: '2024-11-15', rowCount: 1 })
  expect(whole.parameters).toEqual(['2024-08-31T21:00:00Z', '2024-10-31T22:00:00Z'])
  const rows = await runExploration(context, text, { asOf: '2024-11-15', upToStep: 1 })
  expect(rows.columns.map(({ name }) => name)).toContain('created_at')
  expect(rows.rowCount).toBe(whole.rows[0]?.[0])
})

test('rows past the limit are cut and said to be', async () => {
  const result = await runExploration(context, 'from account\nsort name', { limits: { rowsMax: 4 } })
  expect([result.rowCount, result.truncated]).toEqual([4, true])
})

test('what is wrong in the text is rejected with diagnostics, before anything runs', async () => {
  const run = runExploration(context, 'from account\nwhere plann = "pro" and zzz > 3')
  await expect(run).rejects.toBeInstanceOf(Rejection)
})

test('a field declared a date over a timestamp gives days', async () => {
  const { accounts, ...rest } = { accounts: context.catalog.models.account!, ...context.catalog.models }
  const day = { ...accounts.fields.created_at!, type: 'date' as const }
  const account = { ...accounts, fields: { ...accounts.fields, created_at: day } }
  const dated = { ...context, catalog: { ...context.catalog, models: { ...rest, account } } }
  const { rows } = await runExploration(dated, 'from account\nshow created_at\nsort created_at\nlimit 1')
  expect(rows).toEqual([['2024-03-10']])
})
