import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import type { ParameterValues } from '../../src/dsl/exploration.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import type { Cell } from '../../src/warehouse/warehouse.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { fewAccounts } from './few-accounts.ts'
import { readTables, writeTables } from './fixture.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

type Rows = readonly (readonly Cell[])[]

const tables = readTables(fewAccounts)
const engines = useEngines(writeTables(fewAccounts))

async function expectRows(exploration: string, rows: Rows, parameters: ParameterValues = {}): Promise<void> {
  const { plan } = expectAccepted(planExploration(exploration, { ...languageContext, parameters }))
  expect(findDifference(rows, interpret(plan, tables)), 'by hand').toBeUndefined()
  for (const { warehouse } of engines) {
    const emitted = emit(plan, warehouse.dialect)
    const found = await runEmitted(warehouse, emitted, plan.columns)
    expect(findDifference(rows, found.rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
}

const paid = 'block paid\nfrom invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\n\n'
const signups = 'from account\ngroup by month(created_at): n = count()\n'

test.each<[string, string, Rows]>([
  [
    'a join keeps all rows that are there',
    `${paid}${signups}join block paid on month`,
    [
      ['2026-01-01', 1, 100],
      ['2026-02-01', 2, 90],
      ['2026-03-01', 1, null],
      [null, 1, null],
    ],
  ],
  [
    '`keep matching` keeps those with a match',
    `${paid}${signups}join block paid on month keep matching`,
    [
      ['2026-01-01', 1, 100],
      ['2026-02-01', 2, 90],
    ],
  ],
  [
    '`keep all` keeps rows of both',
    `${paid}${signups}join block paid on month keep all`,
    [
      ['2025-02-01', null, 20],
      ['2026-01-01', 1, 100],
      ['2026-02-01', 2, 90],
      ['2026-03-01', 1, null],
      [null, 1, null],
    ],
  ],
  [
    'an empty key meets an empty key',
    'block plans\nfrom account\ngroup by plan: n = count()\n\nfrom account\njoin block plans on plan\nshow name, plan, n',
    [
      ['A', 'pro', 2],
      ['A', 'pro', 2],
      ['C', 'free', 1],
      ['D', null, 1],
      ['E', 'enterprise', 1],
    ],
  ],
  [
    'relations meet by their key, not by the name that they show',
    'block people\nfrom user\ngroup by account: users = count()\n\nfrom invoice\ngroup by account: n = count()\njoin block people on account keep all',
    [
      ['A', 3, 2],
      ['A', 1, null],
      ['C', 1, 1],
      [null, null, 1],
      [null, 1, null],
    ],
  ],
  [
    'one row is put beside all',
    'block every\nfrom account\ngroup all: of = count()\n\nfrom account\ngroup by plan: n = count()\njoin block every\nadd share = n / of\nshow plan, share',
    [
      ['enterprise', 0.2],
      ['free', 0.2],
      ['pro', 0.4],
      [null, 0.2],
    ],
  ],
  [
    'appended rows meet by the names of columns',
    'block unpaid\nfrom invoice\nwhere status = "open"\nshow status as name, amount\n\nfrom account\nwhere plan = "pro"\nshow name, mrr\nappend block unpaid',
    [
      ['A', 50, null],
      ['A', 100, null],
      ['open', null, 40],
    ],
  ],
  [
    'a block of accounts still knows their relations',
    'block pro\nfrom account\nwhere plan = "pro"\n\nfrom block pro\nadd users = count(users)\nadd revenue = sum(invoices.amount)\nshow name, users, revenue',
    [
      ['A', 2, 190],
      ['A', 0, 30],
    ],
  ],
  [
    'accounts meet what is grouped by account',
    'block spend\nfrom invoice\ngroup by account: revenue = sum(amount)\n\nfrom account\njoin block spend on account\nshow name, revenue',
    [
      ['A', 190],
      ['A', 30],
      ['C', 20],
      ['D', null],
      ['E', null],
    ],
  ],
  [
    'invoices meet accounts of a block',
    'block pro\nfrom account\nwhere plan = "pro"\n\nfrom invoice\njoin block pro on account keep matching: mrr\ngroup by mrr: n = count()',
    [
      [50, 1],
      [100, 3],
    ],
  ],
  [
    // Of md5('1') … md5('5'), those of 4 (a87f…), 1 (c4ca…) and 2 (c81e…) come first.
    '`sample` picks by a hash of the key',
    'from account\nsample 3\nshow name, mrr',
    [
      ['A', 100],
      ['A', 50],
      ['D', 0],
    ],
  ],
  ['`unique` keeps one of the same', 'from account\nshow plan\nunique', [['enterprise'], ['free'], ['pro'], [null]]],
])('%s', async (_what, exploration, rows) => {
  await expectRows(exploration, rows)
})

test('a parameter is as written, or as given', async () => {
  const least = 'param least number = 100\nfrom account\nwhere mrr > least\nshow name, mrr'
  await expectRows(least, [['E', 200]])
  const all = [
    ['A', 100],
    ['A', 50],
    ['E', 200],
  ]
  await expectRows(least, all, { least: '40' })
})

test.each<[string, string, Rows]>([
  [
    'each value becomes a column, and all others one',
    'from invoice\nwhere status = "paid"\npivot account.plan in ("pro", "free") rest as "other" by month(paid_at): revenue = sum(amount), n = count()',
    [
      ['2025-02-01', null, 0, 20, 1, null, 0],
      ['2026-01-01', 100, 1, null, 0, null, 0],
      ['2026-02-01', 80, 2, null, 0, 10, 1],
    ],
  ],
  [
    'the catalog knows which values there are',
    'from account\ngroup by country, plan: n = count()\npivot plan: sum(n)',
    [
      ['DE', null, 1, null],
      ['EE', 1, 1, null],
      [null, null, null, 1],
    ],
  ],
  [
    'columns become rows, empty ones too',
    'from account\ngroup by plan: n = count(), mrr = sum(mrr)\nunpivot n, mrr as what, amount',
    [
      ['enterprise', 'mrr', 200],
      ['enterprise', 'n', 1],
      ['free', 'mrr', null],
      ['free', 'n', 1],
      ['pro', 'mrr', 150],
      ['pro', 'n', 2],
      [null, 'mrr', 0],
      [null, 'n', 1],
    ],
  ],
  [
    'totals are those of all rows: 210 over 5 invoices, of 3 accounts',
    'from invoice\nwhere status = "paid"\ngroup by account.plan: n = count(), mean = avg(amount), accounts = count_distinct(account)\ntotals as "All"',
    [
      ['free', 1, 20, 1, false],
      ['pro', 3, 60, 2, false],
      [null, 1, 10, 0, false],
      ['All', 5, 42, 3, true],
    ],
  ],
  [
    'totals may be per key',
    'from invoice\nwhere status = "paid"\ngroup by month(paid_at), account.plan: revenue = sum(amount)\ntotals per month',
    [
      ['2025-02-01', 'free', 20, false],
      ['2025-02-01', null, 20, true],
      ['2026-01-01', 'pro', 100, false],
      ['2026-01-01', null, 100, true],
      ['2026-02-01', 'pro', 80, false],
      ['2026-02-01', null, 10, false],
      ['2026-02-01', null, 90, true],
    ],
  ],
  [
    // A sum of no rows counts as 0 for what changed; what it changed by from nothing is no number.
    'two ranges side by side',
    'from invoice\nwhere status = "paid"\ncompare paid_at in 2026-02 to 2025-02 by account.plan: revenue = sum(amount), n = count()',
    [
      ['free', null, 20, -20, -1, 0, 1, -1, -1],
      ['pro', 80, null, 80, null, 2, 0, 2, null],
      [null, 10, null, 10, null, 1, 0, 1, null],
    ],
  ],
  [
    // The mean of (100, 50) against that of nothing.
    'two values side by side',
    'from account\ncompare plan = "pro" to "free": n = count(), mrr = avg(mrr)',
    [[2, 1, 1, 1, 75, null, null, null]],
  ],
  ['metrics bring their time', 'from account\ncompare 2026-02 to 2026-01: signups()', [[2, 1, 1, 1]]],
  [
    'the rest of a relation is told apart by its key',
    'from invoice\nwhere status = "paid"\ngroup by account: revenue = sum(amount)\ntop 1 by revenue rest as "Other"',
    [
      ['A', 150],
      ['Other', 60],
    ],
  ],
  [
    'the rest may be per key',
    'from invoice\nwhere status = "paid"\ngroup by month(paid_at), account: revenue = sum(amount)\ntop 1 by revenue per month rest as "Other"',
    [
      ['2025-02-01', 'C', 20],
      ['2026-01-01', 'A', 100],
      ['2026-02-01', 'A', 50],
      ['2026-02-01', 'Other', 40],
    ],
  ],
])('%s', async (_what, exploration, rows) => {
  await expectRows(exploration, rows)
})
