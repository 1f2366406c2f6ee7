import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import type { Cell } from '../../src/warehouse/warehouse.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { findDifference } from './compare-rows.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

/** Months with a gap in March, a month without amounts (June), a row without a time; accounts that tie, one without a value. */
const statements = [
  'CREATE TABLE accounts (id int, name text, plan text, country text, source text, mrr double precision, is_active boolean, renews_on date, created_at timestamp, activated_at timestamp, owner_id int)',
  'CREATE TABLE invoices (id int, amount double precision, status text, paid_at timestamp, account_id int)',
  'CREATE TABLE deals (id int, stage text, amount double precision, closed_at date)',
  `INSERT INTO accounts (id, name, plan, mrr, created_at) VALUES
    (1, 'A', 'pro', 30, '2026-01-05'), (2, 'B', 'pro', 10, '2026-01-06'), (3, 'C', 'free', 30, '2026-01-01'),
    (4, 'D', 'free', NULL, '2026-01-02'), (5, 'E', 'free', 20, '2026-01-03')`,
  `INSERT INTO invoices (id, amount, status, paid_at) VALUES
    (1, 6, 'paid', '2025-12-31 23:59:59'), (2, 10, 'paid', '2026-01-10'), (3, 20, 'paid', '2026-02-28'),
    (4, 30, 'paid', '2026-04-01'), (5, 10, 'paid', '2026-04-30'), (6, 50, 'open', '2026-05-31'), (7, NULL, 'open', '2026-06-01'),
    (8, 7, 'paid', NULL)`,
  `INSERT INTO deals (id, stage, amount, closed_at) VALUES
    (1, 'won', 1, '2024-02-29'), (2, 'won', 2, '2024-03-01'), (3, 'won', 4, '2024-03-30'), (4, 'won', 8, '2024-03-31'), (5, 'won', 16, '2025-02-28')`,
]

const engines = useEngines(statements)

type Rows = readonly (readonly Cell[])[]

const monthly = 'from invoice\ngroup by month(paid_at): s = sum(amount)\n'
const months = ['2025-12-01', '2026-01-01', '2026-02-01', '2026-04-01', '2026-05-01', '2026-06-01', null] as const
/** One value a month: 6, 10, 20, no March, 40, 50, nothing in June, and 7 without a time. */
const along = (...values: readonly Cell[]): Rows => months.map((month, at) => [month, values[at] ?? null])
const letters = 'ABCDE'
const byName = (...values: readonly Cell[]): Rows => values.map((value, at) => [letters[at] ?? null, value])

test.each<[string, string, Rows]>([
  ['`next` is the month after, not the next row', 'next(s)', along(10, 20, null, 50, null, null, null)],
  ['`change` needs both months', 'change(s)', along(null, 4, 10, null, 10, null, null)],
  // 10 / 6 - 1, 20 / 10 - 1, 50 / 40 - 1
  ['`pct_change` is a share of the earlier value', 'pct_change(s)', along(null, 2 / 3, 1, null, 0.25, null, null)],
  ['a stretch may be longer than the period', 'change(s, 1 quarter)', along(null, null, null, 30, 30, null, null)],
  [
    '`running_sum` passes over gaps and empty values, and a row without a time has none',
    'running_sum(s)',
    along(6, 16, 36, 76, 126, 126, null),
  ],
  ['`restart year` starts anew each year', 'running_sum(s restart year)', along(6, 10, 30, 70, 120, 120, null)],
  ['`running_max` keeps the largest', 'running_max(s)', along(6, 10, 20, 40, 50, 50, null)],
  ['`running_min` keeps the smallest', 'running_min(s restart quarter)', along(6, 10, 10, 40, 40, 40, null)],
  ['`running_count` counts values', 'running_count(s)', along(1, 2, 3, 4, 5, 5, null)],
  // April: 20 and 40; May: 40 and 50; June: 40 and 50
  [
    '`moving_avg` over periods leaves out those that are missing',
    'moving_avg(s, 3)',
    along(6, 8, 12, 30, 45, 45, null),
  ],
  ['`moving_sum` over a stretch', 'moving_sum(s, 2 quarters)', along(6, 16, 36, 76, 126, 120, null)],
])('%s', async (_what, value, rows) => {
  await expectRows(`${monthly}add x = ${value}\nshow month, x`, rows)
})

test.each<[string, string, Rows]>([
  ['`rank` is 1 for the largest, and equal values share a place', 'rank(mrr)', byName(1, 4, 1, null, 3)],
  ['`rank asc` is 1 for the smallest', 'rank(mrr asc)', byName(3, 1, 3, null, 2)],
  ['`dense_rank` leaves no place out', 'dense_rank(mrr)', byName(1, 3, 1, null, 2)],
  ['ranks are taken apart per column', 'rank(mrr per plan)', byName(1, 2, 1, null, 2)],
  // Four rows have a value: two halves of two. A and C tie, and E comes before B.
  ['`ntile` takes only rows with a value', 'ntile(mrr, 2)', byName(1, 2, 1, null, 2)],
  ['the first parts are the larger ones', 'ntile(mrr, 3 asc)', byName(2, 1, 3, null, 1)],
  ['`row_number` counts in the order of the rows', 'row_number()', byName(1, 2, 3, 4, 5)],
  ['`row_number` by a value numbers rows without one last', 'row_number(by mrr desc per plan)', byName(1, 2, 1, 3, 2)],
  ['functions across rows stand inside each other', 'rank(running_sum(mrr))', byName(5, 4, 2, 2, 1)],
])('%s', async (_what, value, rows) => {
  await expectRows(`from account\nadd x = ${value}\nshow name, x\nsort name`, rows)
})

test('a running sum follows the sort where rows are not one period each', async () => {
  await expectRows(
    'from account\ngroup by plan: mrr = sum(mrr)\nsort mrr desc\nadd x = running_sum(mrr) / total(mrr)\nshow plan, x',
    [
      ['free', 50 / 90],
      ['pro', 1],
    ],
  )
})

test('a month back over days ends where the month before had the same day, or its last', async () => {
  const text =
    'from deal\ngroup by day(closed_at): s = sum(amount)\nadd x = moving_sum(s, 1 month)\nadd y = moving_sum(s, 1 year)\nshow day, x, y'
  // 30 and 31 March 2024 go back to 1 March; 28 February 2025 goes back to 29 February 2024.
  await expectRows(text, [
    ['2024-02-29', 1, 1],
    ['2024-03-01', 3, 3],
    ['2024-03-30', 6, 7],
    ['2024-03-31', 14, 15],
    ['2025-02-28', 16, 31],
  ])
})

test('a rank may stand in a condition and in a sort', async () => {
  await expectRows('from account\nwhere rank(mrr) <= 3\nsort rank(mrr) desc, name\nshow name', [['E'], ['A'], ['C']])
})

async function expectRows(text: string, expected: Rows): Promise<void> {
  for (const { warehouse } of engines) {
    const { columns, ...emitted } = expectAccepted(compile(text, { ...languageContext, dialect: warehouse.dialect }))
    const { rows } = await runEmitted(warehouse, emitted, columns)
    expect(findDifference(expected, rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
}
