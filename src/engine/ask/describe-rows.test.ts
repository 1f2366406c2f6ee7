import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { readCatalog } from '../../catalog/read-catalog.ts'
import { compile } from '../../dsl/compile.ts'
import type { Cell } from '../../warehouse/warehouse.ts'
import { describeRows } from './describe-rows.ts'

const folder = fileURLToPath(new URL('../../../examples/saas/catalog', import.meta.url))
const catalog = expectAccepted(readCatalog(folder))
const context = { catalog, calendar: catalog.calendar, asOf: '2026-09-30', dialect: 'duckdb' } as const

function describe(text: string, rows: readonly (readonly Cell[])[], truncated = false): string {
  const compiled = expectAccepted(compile(text, context))
  return describeRows(compiled, { columns: compiled.columns, rows, rowCount: rows.length, truncated }, catalog)
}

test('a single number is said with its unit', () => {
  expect(describe('from account\ngroup all: accounts = count()\nchart number accounts', [[1234]])).toBe(
    'accounts: 1,234',
  )
  expect(describe('from metric revenue where paid_at in last month\nchart number revenue', [[12_345.6]])).toBe(
    'revenue: 12.3k EUR',
  )
  expect(describe('from metric activation_rate', [[0.482]])).toBe('activation_rate: 48%')
})

test('a unit that only says the name again is left out', () => {
  expect(describe('from metric tickets where opened_at in last week', [[12]])).toBe('tickets: 12')
})

test('a series is said by its latest value', () => {
  const text =
    'from account\nadd n = count(users)\ngroup by month(created_at): avg_users = avg(n)\nchart line month, avg_users'
  const rows = [
    ['2026-08-01', 4.25],
    ['2026-07-01', 3.9],
    ['2026-09-01', null],
  ]
  expect(describe(text, rows)).toBe('avg_users by month: 3 rows, latest 4.3 in Aug 2026')
})

test('a breakdown is said by its highest value, with the label of the catalog', () => {
  const rows = [
    ['DE', 5],
    ['EE', 7],
    [null, 9],
  ]
  const text = 'from account\ngroup by country: accounts = count()'
  expect(describe(text, rows.slice(0, 2))).toBe('accounts by country: 2 rows, highest 7 for Estonia')
  expect(describe(text, rows)).toBe('accounts by country: 3 rows, highest 9 for (empty)')
})

test('several keys, lists, no rows and cut rows are said as what they are', () => {
  expect(describe('from account\ngroup by country, plan: n = count()', [['EE', 'team', 3]])).toBe(
    'n by country, plan: 1 row',
  )
  expect(describe('from account\nwhere plan = "team"\nshow name', [['A'], ['B']], true)).toBe(
    'more than 2 rows of account',
  )
  expect(describe('from account\nwhere plan = "team"', [])).toBe('no rows: from account')
})
