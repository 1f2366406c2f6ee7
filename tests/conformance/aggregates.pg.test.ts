import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { findDifference } from './compare-rows.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

const emails = Array.from({ length: 101 }, (_, at) => `user${String(at).padStart(3, '0')}`)
const users = emails.flatMap((email, at) => [`('${email}', 'all')`, ...(at < 100 ? [`('${email}', 'few')`] : [])])

/**
 * Account A has invoices of 10, 20, 30 and 40, of which the last two were paid at one moment; B has one of 5, C none; one of 70 belongs
 * to nobody and was never paid.
 */
const statements = [
  'CREATE TABLE accounts (id int, name text, plan text, country text, mrr double precision, is_active boolean)',
  'CREATE TABLE users (email text, role text)',
  `INSERT INTO users VALUES ${users.join(', ')}`,
  'CREATE TABLE invoices (id int, amount double precision, status text, paid_at timestamp, account_id int)',
  `INSERT INTO accounts VALUES (1, 'A', 'pro', 'EE', 1, true), (2, 'B', 'free', 'EE', 3, NULL), (3, 'C', 'pro', NULL, NULL, false)`,
  `INSERT INTO invoices VALUES (1, 10, 'paid', '2026-01-01', 1), (2, 20, 'open', '2026-01-02', 1), (3, 30, 'void', '2026-01-03', 1),
    (4, 40, 'paid', '2026-01-03', 1), (5, 5, NULL, '2026-02-01', 2), (6, 70, 'paid', NULL, NULL)`,
]

const engines = useEngines(statements)

type Rows = readonly (readonly (string | number | boolean | null)[])[]

test.each<[string, string, Rows]>([
  [
    // Sorted: 5 10 20 30 40 70. Place 0.9 × 5 = 4.5, between 40 and 70; place 0.25 × 5 = 1.25, a quarter between 10 and 20.
    'a percentile lies between the two values around its place',
    'from invoice\ngroup all: p90 = percentile(amount, 90), p25 = percentile(amount, 25), least = percentile(amount, 0), most = percentile(amount, 100)',
    [[55, 12.5, 5, 70]],
  ],
  [
    // A: mean 25, squares 225 + 25 + 25 + 225 = 500, over 3.
    'deviation and variance are those of a sample, and need two values',
    'from invoice\ngroup by account: v = variance(amount), s = stddev(amount)',
    [
      ['A', 500 / 3, Math.sqrt(500 / 3)],
      ['B', null, null],
      [null, null, null],
    ],
  ],
  [
    'of rows that come last together, the smallest value counts; a row without an order does not',
    'from invoice\ngroup by account: first = first(status by paid_at), last = last(status by paid_at), paid = last(amount by paid_at where status = "paid")',
    [
      ['A', 'paid', 'paid', 40],
      ['B', null, null, null],
      [null, null, null, null],
    ],
  ],
  [
    'the most frequent value is the smallest of several',
    'from invoice\ngroup by account: often = mode(status), amount = mode(amount)',
    [
      ['A', 'paid', 10],
      ['B', null, 5],
      [null, 'paid', 70],
    ],
  ],
  [
    'a list holds different values in order',
    'from invoice\ngroup by account: all = list(status), unpaid = list(status where status != "paid")',
    [
      ['A', 'open, paid, void', 'open, void'],
      ['B', null, null],
      [null, 'paid', null],
    ],
  ],
  [
    'any, all and none are never empty, and an empty condition does not hold',
    'from account\ngroup by country: some = any(is_active), every = all(is_active), no = none(is_active where plan = "free"), share = share(is_active)',
    [
      ['EE', true, false, true, 0.5],
      [null, false, false, true, 0],
    ],
  ],
  [
    'over no rows, all and none hold and a share is empty',
    'from account\nwhere mrr > 100\ngroup all: some = any(is_active), every = all(is_active), no = none(is_active), share = share(is_active)',
    [[false, true, true, null]],
  ],
  [
    // Days 1, 2, 3, 3, 32: (10 + 40 + 90 + 120 + 160) / 41; the row without a time has no weight.
    'a weight says how often a value counts',
    'from invoice\ngroup all: w = weighted_avg(amount, days_between(2025-12-31, paid_at)), same = weighted_avg(amount, 2)',
    [[420 / 41, 175 / 6]],
  ],
  [
    // A: amounts 10 20 30 40 on days 1 2 3 3: dx -15 -5 5 15, dy -1.25 -.25 .75 .75; 35 / √(500 · 2.75).
    'a correlation needs both values, and both to change',
    'from invoice\ngroup by account: c = correlation(amount, days_between(2025-12-31, paid_at)), flat = correlation(amount, 1)',
    [
      ['A', 35 / Math.sqrt(500 * 2.75), null],
      ['B', null, null],
      [null, null, null],
    ],
  ],
  [
    'each is worked out for a row from its related rows',
    'from account\nadd p = percentile(invoices.amount, 50)\nadd l = last(invoices.status by paid_at)\nadd w = weighted_avg(invoices.amount, invoices.amount where status = "paid")\nadd paid = all(invoices.status = "paid")\nshow name, p, l, w, paid',
    // (10² + 40²) / 50 = 34.
    [
      ['A', 25, 'paid', 34, false],
      ['B', 5, null, null, false],
      ['C', null, null, null, true],
    ],
  ],
  [
    // A 100 and B 5 are in EE; 70 belongs to nobody.
    'an aggregate may keep fewer keys apart than its group',
    'from invoice\ngroup by account.country, status: s = sum(amount), of_country = sum(amount per country), of_all = sum(amount per all), n = count(per status), middle = median(amount per country)',
    [
      ['EE', 'open', 20, 105, 175, 1, 20],
      ['EE', 'paid', 50, 105, 175, 3, 20],
      ['EE', 'void', 30, 105, 175, 1, 20],
      ['EE', null, 5, 105, 175, 1, 20],
      [null, 'paid', 70, 70, 175, 3, 70],
    ],
  ],
  [
    'what the keys of a group determine may be kept apart, too',
    'from invoice\ngroup by account: s = sum(amount), of_country = sum(amount per account.country)',
    [
      ['A', 100, 105],
      ['B', 5, 105],
      [null, 70, 70],
    ],
  ],
  [
    'a row may be held against the rows that share its columns',
    'from account\nadd share = mrr / sum(mrr per country)\nadd same = mrr / total(mrr per country)\nadd n = count(per all)\nadd often = mode(plan per country)\nshow name, share, same, n, often',
    [
      ['A', 0.25, 0.25, 3, 'free'],
      ['B', 0.75, 0.75, 3, 'free'],
      ['C', null, null, 3, 'pro'],
    ],
  ],
  [
    'a list of more than a hundred says that there are more',
    'from user\ngroup by role: emails = list(email)\nsort role',
    [
      ['all', `${emails.slice(0, 100).join(', ')}, …`],
      ['few', emails.slice(0, 100).join(', ')],
    ],
  ],
])('%s', async (_what, text, rows) => {
  for (const { warehouse } of engines) {
    const { columns, ...emitted } = expectAccepted(compile(text, { ...languageContext, dialect: warehouse.dialect }))
    const found = await runEmitted(warehouse, emitted, columns)
    expect(findDifference(rows, found.rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
})
