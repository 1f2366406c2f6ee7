import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { exampleFiles } from '../support/explorations.ts'
import { findDifference } from './compare-rows.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

/**
 * Rows small enough to work out every answer by hand. Account A has two users, B one, C and D none; D has no plan and was never
 * dated; C has no country; invoice 6 and user 4 belong to nobody.
 */
const statements = [
  'CREATE TABLE accounts (id int, name text, plan text, country text, source text, mrr double precision, is_active boolean, renews_on date, created_at timestamp, activated_at timestamp, owner_id int)',
  'CREATE TABLE users (id int, email text, role text, created_at timestamp, account_id int)',
  'CREATE TABLE events (id int, name text, "at" timestamp, user_id int)',
  'CREATE TABLE invoices (id int, amount double precision, status text, paid_at timestamp, account_id int)',
  'CREATE TABLE tickets (id int, opened_at timestamp, closed_at timestamp, account_id int)',
  'CREATE TABLE subscriptions (id int, mrr double precision, started_at date, ended_at date, account_id int)',
  'CREATE TABLE deals (id int, stage text, amount double precision, closed_at date)',
  `INSERT INTO accounts VALUES
    (1, 'A', 'pro', 'EE', 'paid_search', 1500, true, '2026-10-01', '2026-07-05', '2026-07-06', 1),
    (2, 'B', 'enterprise', 'EE', 'organic', 2500, true, NULL, '2026-07-20', NULL, 3),
    (3, 'C', 'enterprise', NULL, NULL, NULL, false, NULL, '2026-08-01', NULL, NULL),
    (4, 'D', NULL, 'FI', 'paid_search', 500, true, NULL, NULL, NULL, NULL)`,
  `INSERT INTO users VALUES (1, 'a@a', 'admin', '2026-07-05', 1), (2, 'b@a', NULL, '2026-07-06', 1), (3, 'c@b', 'admin', '2026-07-21', 2), (4, 'x', NULL, '2026-07-21', NULL)`,
  `INSERT INTO events VALUES (1, 'login', '2026-09-10', 1), (2, 'report_created', '2026-07-10', 1), (3, 'report_created', '2026-07-08', 2), (4, 'login', '2026-01-10', 3), (5, 'login', '2026-09-01', 4)`,
  `INSERT INTO invoices VALUES (1, 100, 'paid', '2026-07-10', 1), (2, 200, 'paid', '2026-08-10', 1), (3, 50, 'open', NULL, 1), (4, 700, 'paid', '2026-08-31 23:59:59', 2), (5, 10, 'paid', '2026-02-01', 4), (6, 20, 'paid', '2026-08-01', NULL)`,
  `INSERT INTO tickets VALUES (1, '2026-01-01', NULL, 1), (2, '2026-01-01', '2026-01-02', 1), (3, '2026-01-01', NULL, 2)`,
  `INSERT INTO deals VALUES (1, 'won', 100, '2026-03-01'), (2, 'won', 50, '2025-03-01'), (3, 'lost', 5, '2026-03-01'), (4, 'won', 7, '2025-12-01')`,
]

const engines = useEngines(statements)

type Rows = readonly (readonly (string | number | boolean | null)[])[]

async function expectRows(text: string, expected: Rows): Promise<void> {
  for (const { warehouse } of engines) {
    const { sql, parameters, columns } = expectAccepted(
      compile(text, { ...languageContext, dialect: warehouse.dialect }),
    )
    const { rows } = await runEmitted(warehouse, { sql, parameters }, columns)
    expect(findDifference(expected, rows), `${warehouse.dialect}\n${sql}`).toBeUndefined()
  }
}

/** The last rows of an example's answer that are not zeros filled in. */
const answers: Readonly<Record<string, Rows>> = {
  'average-team-size.hunch': [
    ['2026-07-01', 'enterprise', 1],
    ['2026-07-01', 'pro', 2],
    ['2026-08-01', 'enterprise', 0],
    [null, null, 0],
  ],
  'best-customers.hunch': [
    ['B', 700, 1],
    ['C', null, 0],
  ],
  'bookings-against-last-year.hunch': [[100, 50, 1]],
  'largest-plans-per-country.hunch': [
    ['EE', 'enterprise', 2500, 1],
    ['EE', 'pro', 1500, 1],
    ['FI', null, 500, 1],
  ],
  'revenue-by-country.hunch': [
    ['EE', 1000, 1000 / 1030],
    [null, 20, 20 / 1030],
    ['FI', 10, 10 / 1030],
  ],
  'sleeping-accounts.hunch': [['B', 'enterprise', 2500]],
  'time-to-first-report.hunch': [
    ['2026-07-01', 3],
    ['2026-08-01', null],
    [null, null],
  ],
}

test.each(exampleFiles.filter(({ name }) => answers[name]))(
  '$name gives the rows worked out by hand',
  async ({ name, text }) => {
    await expectRows(text, answers[name] ?? [])
  },
)

test.each<[string, string, Rows]>([
  ['`!=` keeps empty values', 'from account\nwhere plan != "pro"\nshow name', [['B'], ['C'], ['D']]],
  ['`not` keeps what could not be told', 'from account\nwhere not mrr > 1000\nshow name', [['C'], ['D']]],
  ['`not in` keeps empty values', 'from account\nwhere country not in ("EE")\nshow name', [['C'], ['D']]],
  [
    'no related row is a count of 0',
    'from account\nadd n = count(users)\nshow name, n',
    [
      ['A', 2],
      ['B', 1],
      ['C', 0],
      ['D', 0],
    ],
  ],
  [
    'two relations never multiply each other',
    'from account\nadd i = sum(invoices.amount)\nadd t = count(tickets)\nadd u = count(users)\ngroup all: i = sum(i), t = sum(t), u = sum(u)',
    [[1060, 3, 3]],
  ],
  [
    'all holds where there is none',
    'from account\nshow name, all(users where role = "admin") as x, any(users where role = "admin") as y',
    [
      ['A', false, true],
      ['B', true, true],
      ['C', true, false],
      ['D', true, false],
    ],
  ],
  [
    'an empty key is a group',
    'from invoice\ngroup by account: n = count(), s = sum(amount)',
    [
      ['A', 3, 350],
      ['B', 1, 700],
      ['D', 1, 10],
      [null, 1, 20],
    ],
  ],
  [
    'the rest is worked out from its rows',
    'from invoice\ngroup by account.plan: n = count(), a = avg(amount)\ntop 1 by n rest as "Other"',
    [
      ['pro', 3, 350 / 3],
      ['Other', 3, 730 / 3],
    ],
  ],
  [
    'a to-one relation is empty where there is no such row, not where it has no name',
    'from account\nwhere owner is empty\nshow name',
    [['C'], ['D']],
  ],
  [
    'a to-many relation is empty where there are no rows',
    'from account\nwhere users is empty and invoices is not empty\nshow name',
    [['D']],
  ],
  ['division by zero is empty', 'from account\ngroup all: x = count() / count(where plan = "free")', [[null]]],
  [
    'a total may be per group',
    'from account\nadd share = mrr / total(mrr per country)\nwhere share > 0.1\nshow name, share',
    [
      ['A', 0.375],
      ['B', 0.625],
      ['D', 1],
    ],
  ],
  [
    'metrics of several models meet on their keys',
    'from metric signups, revenue by month\nwhere month since 2026-06\nfill month with 0',
    [
      ['2026-06-01', 0, 0],
      ['2026-07-01', 2, 100],
      ['2026-08-01', 1, 920],
    ],
  ],
  [
    '`previous` looks at the calendar, not at the row before',
    'from invoice\nwhere status = "paid"\ngroup by month(paid_at): s = sum(amount)\nadd p = previous(s), \nadd y = previous(s, 6 months)',
    [
      ['2026-02-01', 10, null, null],
      ['2026-07-01', 100, null, null],
      ['2026-08-01', 920, 100, 10],
    ],
  ],
  [
    '`previous` in an order that is said takes the row before, however long before; what has no place in it has no neighbours',
    'from invoice\nadd before = previous(amount by paid_at per account)\nadd more = change(amount by paid_at per account)\nsort id\nshow amount, before, more',
    [
      [100, null, null],
      [200, 100, 100],
      [50, null, null],
      [700, null, null],
      [10, null, null],
      [20, null, null],
    ],
  ],
  [
    'a limit cuts in the order of the sort above',
    'from account\nsort owner.email desc\nshow name, owner.email as owner\nlimit 2',
    [
      ['B', 'c@b'],
      ['A', 'a@a'],
    ],
  ],
  [
    'conditions are tried in order',
    'from account\nadd size = when(mrr > 2000: "big", mrr > 1000: "mid", else: "small")\ngroup by size: n = count(), owners = count_distinct(owner), m = median(mrr)',
    [
      ['big', 1, 1, 2500],
      ['mid', 1, 1, 1500],
      ['small', 2, 0, 500],
    ],
  ],
])('%s', async (_what, text, rows) => {
  await expectRows(text, rows)
})
