import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { findDifference } from './compare-rows.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

/**
 * User 1 logs in on 1, 2 and 6 January, user 2 on the 2nd and on 10 February, user 3 on the 6th and on 31 January. Nothing happens on 3, 4
 * and 5 January, and one event has no time.
 */
const statements = [
  'CREATE TABLE users (id int, email text, role text, account_id int)',
  'CREATE TABLE events (id int, name text, "at" timestamp, user_id int)',
  `INSERT INTO users VALUES (1, 'a', 'admin', 1), (2, 'b', 'member', 1), (3, 'c', 'member', 2)`,
  `INSERT INTO events VALUES (1, 'a', '2026-01-01 10:00', 1), (2, 'b', '2026-01-02 10:00', 1), (3, 'a', '2026-01-02 23:30', 2),
    (4, 'a', '2026-01-06 00:00', 1), (5, 'b', '2026-01-06 12:00', 3), (6, 'a', '2026-01-31 10:00', 3), (7, 'b', '2026-02-10 10:00', 2),
    (8, 'a', NULL, 1)`,
]

const engines = useEngines(statements)

type Rows = readonly (readonly (string | number | boolean | null)[])[]

test.each<[string, string, Rows]>([
  [
    'a day on which nothing happened still has the users of the days before',
    'from event\nwhere at before 2026-01-07 or at is empty\ngroup by day(at): dau = count_distinct(user), three = count_distinct(user over 3 days), n = count(over 3 days), names = list(name over 2 days)',
    [
      ['2026-01-01', 1, 1, 1, 'a'],
      ['2026-01-02', 2, 2, 3, 'a, b'],
      ['2026-01-03', 0, 2, 3, 'a, b'],
      ['2026-01-04', 0, 2, 2, null],
      ['2026-01-05', 0, 0, 0, null],
      ['2026-01-06', 2, 2, 2, 'a, b'],
      [null, 1, 0, 0, null],
    ],
  ],
  [
    // The 30 days up to 31 January start with the 2nd, those up to 28 February with 30 January.
    'days within months count back from the end of each month',
    'from event\nwhere at is not empty\ngroup by month(at): n = count(), last = count(over 30 days), users = count_distinct(user over 30 days), two = count_distinct(user over 2 months), week = count(over 1 week)',
    [
      ['2026-01-01', 6, 5, 3, 3, 1],
      ['2026-02-01', 1, 2, 2, 3, 0],
    ],
  ],
  [
    'each series looks back over its own rows, in every period that any of them has',
    'from event\nwhere at is not empty\ngroup by month(at), user.role: n = count(), users = count_distinct(user over 2 months)',
    [
      ['2026-01-01', 'admin', 3, 1],
      ['2026-01-01', 'member', 3, 2],
      ['2026-02-01', 'admin', 0, 1],
      ['2026-02-01', 'member', 1, 2],
    ],
  ],
  [
    'a stretch may go together with another level of detail',
    'from event\nwhere at is not empty\ngroup by month(at), user.role: n = count(over 2 months per all), users = count_distinct(user over 2 months per all), own = count(per role)',
    [
      ['2026-01-01', 'admin', 6, 3, 3],
      ['2026-01-01', 'member', 6, 3, 4],
      ['2026-02-01', 'admin', 7, 3, 3],
      ['2026-02-01', 'member', 7, 3, 4],
    ],
  ],
  [
    // On 6 January users 1 and 3 came, and 1 and 2 were there in the four days before: 2 / 3.
    'rows behind the group may be kept without cutting what it looks back to',
    'from event\ngroup by day(at): dau = count_distinct(user), mau = count_distinct(user over 5 days)\nwhere day in 2026-01-06 to 2026-01-07\nadd stickiness = dau / mau',
    [
      ['2026-01-06', 2, 3, 2 / 3],
      ['2026-01-07', 0, 2, 0],
    ],
  ],
  [
    'what was not worked out is not filled with a number',
    'from event\nwhere at in 2026-01-06\ngroup by day(at): n = count(), two = count(over 2 days)\nfill day with 0 from 2026-01-05 to 2026-01-07',
    [
      ['2026-01-05', 0, null],
      ['2026-01-06', 2, 2],
      ['2026-01-07', 0, null],
    ],
  ],
  [
    'a ratio of the stretch is that of its rows',
    'from event\nwhere at is not empty\ngroup by month(at): a = share(name = "a" over 2 months), own = share(name = "a"), some = any(name = "b" over 1 year), mean = avg(hour_of_day(at) over 2 months)',
    [
      // a: 4 of 6, then 4 of 7; hours 10 10 23 0 12 10, then another 10.
      ['2026-01-01', 4 / 6, 4 / 6, true, 65 / 6],
      ['2026-02-01', 4 / 7, 0, true, 75 / 7],
    ],
  ],
])('%s', async (_what, text, rows) => {
  for (const { warehouse } of engines) {
    const compiled = expectAccepted(compile(text, { ...languageContext, dialect: warehouse.dialect }))
    const found = await runEmitted(warehouse, compiled, compiled.columns)
    expect(findDifference(rows, found.rows), `${warehouse.dialect}\n${compiled.sql}`).toBeUndefined()
  }
})
