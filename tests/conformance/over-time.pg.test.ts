import { test } from 'vitest'
import { exampleCompany } from './example-company.ts'
import { expectRows, type Rows } from './expect-rows.ts'
import { writeTables } from './fixture.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(writeTables(exampleCompany))

/**
 * Credits that are left: on 31 July Acme 100 and Birch 500; on 10 August Cedar 10, on the 15th Acme 80, on the 31st Acme 60 and Birch 450. The
 * sum over everything but time is by hand.
 */
test.each<[what: string, text: string, answer: Rows]>([
  [
    'the last of each month',
    'from metric credits_left by month',
    [
      ['2026-07-01', 100 + 500],
      ['2026-08-01', 60 + 450],
    ],
  ],
  ['the last of all', 'from metric credits_left', [[60 + 450]]],
  [
    'the last of each month by account: Cedar holds nothing on the last day of August',
    'from metric credits_left by month, account',
    [
      ['2026-07-01', 'Acme', 100],
      ['2026-07-01', 'Birch', 500],
      ['2026-08-01', 'Acme', 60],
      ['2026-08-01', 'Birch', 450],
    ],
  ],
  [
    'by day nothing is left out',
    'from metric credits_left by day',
    [
      ['2026-07-31', 600],
      ['2026-08-10', 10],
      ['2026-08-15', 80],
      ['2026-08-31', 510],
    ],
  ],
  [
    'the last time is one of the rows that are asked about',
    'from metric credits_left by month where account.name = "Cedar"',
    [['2026-08-01', 10]],
  ],
  [
    'a range ends before the last day',
    'from metric credits_left by quarter where day before 2026-08-31',
    [['2026-07-01', 80]],
  ],
  [
    'the first of each month',
    'from metric credits_first by month',
    [
      ['2026-07-01', 600],
      ['2026-08-01', 10],
    ],
  ],
  [
    'the average of each month, over its three days with rows',
    'from metric credits_mean by month',
    [
      ['2026-07-01', 600],
      ['2026-08-01', (10 + 80 + 510) / 3],
    ],
  ],
  [
    'averages of parts add up to that of the whole',
    'from metric credits_mean by month, account where day in 2026-08',
    [
      ['2026-08-01', 'Acme', (80 + 60) / 3],
      ['2026-08-01', 'Birch', 450 / 3],
      ['2026-08-01', 'Cedar', 10 / 3],
    ],
  ],
  [
    'beside one another',
    'from metric credits_left, credits_first, credits_mean by quarter',
    [['2026-07-01', 60 + 450, 100 + 500, (600 + 10 + 80 + 510) / 4]],
  ],
])('%s', (_, text, answer) => expectRows(engines, text, answer))
