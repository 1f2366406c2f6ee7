import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { findDifference } from './compare-rows.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

/**
 * Intervals of days in `subscriptions` and of instants in `accounts`, each with what is hard about it. Today is Tuesday 15 September 2026.
 */
const statements = [
  'CREATE TABLE subscriptions (id int, plan text, mrr double precision, started_at date, ended_at date, account_id int)',
  `INSERT INTO subscriptions VALUES
    (1, 'ends on the first of a month', 1, '2026-06-01', '2026-08-01', 1),
    (2, 'ends a day later', 2, '2026-06-01', '2026-08-02', 1),
    (3, 'still alive', 4, '2026-07-15', NULL, 1),
    (4, 'within one month', 8, '2026-07-10', '2026-07-20', 1),
    (5, 'ends where it begins', 16, '2026-07-10', '2026-07-10', 1),
    (6, 'ends before it begins', 32, '2026-07-10', '2026-07-05', 1),
    (7, 'never began', 64, NULL, '2026-08-05', 1),
    (8, 'begins tomorrow', 128, '2026-09-16', NULL, 1),
    (9, 'begins today', 256, '2026-09-15', NULL, 1),
    (10, 'ends in the future', 512, '2026-08-31', '2027-01-01', 1)`,
  'CREATE TABLE accounts (id int, name text, created_at timestamp, activated_at timestamp)',
  // Midnights in Tallinn are 21:00 of the day before in summer, 22:00 in winter.
  `INSERT INTO accounts VALUES
    (1, 'A', '2026-06-30 21:00:00', '2026-07-31 21:00:00'),
    (2, 'B', '2026-06-30 20:59:59', '2026-07-31 21:00:01'),
    (3, 'C', '2026-07-31 20:30:00', '2026-07-31 21:30:00'),
    (4, 'D', '2026-09-15 09:20:00', '2026-09-15 11:00:00')`,
]

const engines = useEngines(statements)

type Rows = readonly (readonly (string | number | boolean | null)[])[]

// Each answer is a sum of powers of two: it says which intervals were counted.
test.each<[what: string, text: string, answer: Rows]>([
  [
    'any part of a month counts, an end on its first day does not',
    'from subscription\nrepeat every month from started_at to ended_at\ngroup by month: ids = sum(mrr)',
    [
      ['2026-06-01', 1 + 2],
      ['2026-07-01', 1 + 2 + 4 + 8],
      ['2026-08-01', 2 + 4 + 512],
      ['2026-09-01', 4 + 256 + 512],
    ],
  ],
  [
    'at the start of a month: begun by its first day, and not ended on it',
    'from subscription\nrepeat every month at start from started_at to ended_at\ngroup by month: ids = sum(mrr)',
    [
      ['2026-06-01', 1 + 2],
      ['2026-07-01', 1 + 2],
      ['2026-08-01', 2 + 4],
      ['2026-09-01', 4 + 512],
    ],
  ],
  [
    'at the end of a month: still there on its last day, and no month that is not over',
    'from subscription\nrepeat every month at end from started_at to ended_at\ngroup by month: ids = sum(mrr)',
    [
      ['2026-06-01', 1 + 2],
      ['2026-07-01', 1 + 2 + 4],
      ['2026-08-01', 4 + 512],
    ],
  ],
  [
    'days go up to today',
    'from subscription\nrepeat every day from started_at to ended_at\nwhere day in 2026-07-31 to 2026-08-02 or day since 2026-09-14\ngroup by day: ids = sum(mrr)',
    [
      ['2026-07-31', 1 + 2 + 4],
      ['2026-08-01', 2 + 4],
      ['2026-08-02', 4],
      ['2026-09-14', 4 + 512],
      ['2026-09-15', 4 + 256 + 512],
    ],
  ],
  [
    'a day at its end is over when the next begins',
    'from subscription\nrepeat every day at end from started_at to ended_at\nwhere day in 2026-07-31 to 2026-08-02 or day since 2026-09-14\ngroup by day: ids = sum(mrr)',
    [
      ['2026-07-31', 1 + 2 + 4],
      ['2026-08-01', 2 + 4],
      ['2026-08-02', 4],
      ['2026-09-14', 4 + 512],
    ],
  ],
  [
    'months without any are filled in up to today',
    'from subscription\nwhere plan starts with "ends"\nwhere mrr < 3\nrepeat every month from started_at to ended_at\ngroup by month: ids = sum(mrr)\nfill month with 0',
    [
      ['2026-06-01', 3],
      ['2026-07-01', 3],
      ['2026-08-01', 2],
      ['2026-09-01', 0],
    ],
  ],
  [
    'instants are held against the clock of the time zone',
    'timezone Europe/Tallinn\nfrom account\nrepeat every month from created_at to activated_at\nshow name, month',
    [
      ['A', '2026-07-01'],
      ['B', '2026-06-01'],
      ['B', '2026-07-01'],
      ['B', '2026-08-01'],
      ['C', '2026-07-01'],
      ['C', '2026-08-01'],
      ['D', '2026-09-01'],
    ],
  ],
  [
    'at the start of a month by the clock of the time zone',
    'timezone Europe/Tallinn\nfrom account\nrepeat every month at start from created_at to activated_at\nshow name, month',
    [
      ['A', '2026-07-01'],
      ['B', '2026-07-01'],
      ['B', '2026-08-01'],
      ['C', '2026-08-01'],
    ],
  ],
  [
    'at the end of a month by the clock of the time zone',
    'timezone Europe/Tallinn\nfrom account\nrepeat every month at end from created_at to activated_at\nshow name, month',
    [
      ['A', '2026-07-01'],
      ['B', '2026-06-01'],
      ['B', '2026-07-01'],
      ['C', '2026-07-01'],
    ],
  ],
  [
    'hours are half-open too, and the period may be called otherwise',
    'from account\nwhere name = "D"\nrepeat every hour from created_at to activated_at as while_open\nshow name, while_open',
    [
      ['D', '2026-09-15T09:00:00Z'],
      ['D', '2026-09-15T10:00:00Z'],
    ],
  ],
  [
    'what is asked of an earlier day knows nothing of later ones',
    'as of 2026-07-16\nfrom subscription\nrepeat every month from started_at to ended_at\ngroup by month: ids = sum(mrr)',
    [
      ['2026-06-01', 1 + 2],
      ['2026-07-01', 1 + 2 + 4 + 8],
    ],
  ],
  [
    'grouped rows may have intervals of their own',
    'from subscription\ngroup by account_key = floor(mrr / 1000): first = min(started_at), last = max(ended_at)\nrepeat every quarter from first to last\ngroup by quarter: n = count()',
    [
      ['2026-04-01', 1],
      ['2026-07-01', 1],
    ],
  ],
])('%s', async (_what, text, answer) => {
  for (const { warehouse } of engines) {
    const { columns, ...emitted } = expectAccepted(compile(text, { ...languageContext, dialect: warehouse.dialect }))
    const { rows } = await runEmitted(warehouse, emitted, columns)
    expect(
      findDifference(answer, rows),
      `${warehouse.dialect}\n${emitted.sql}\n${JSON.stringify(rows)}`,
    ).toBeUndefined()
  }
})
