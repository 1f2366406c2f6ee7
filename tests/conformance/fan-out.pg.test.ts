import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import type { Rows } from './expect-rows.ts'
import { fewAccounts } from './few-accounts.ts'
import { readTables, writeTables } from './fixture.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(writeTables(fewAccounts))

/** What each account has of two kinds of related rows, which multiply one another where they are joined. */
const each = 'from account\nadd paid = sum(invoices.amount)\nadd people = count(users)\n'

/**
 * Paid and people by hand: the first A 100 + 50 + 40 and two, the second A 30 and nobody, C 20 and one, D and E nothing and nobody. An invoice
 * and a user belong to no account that is there.
 */
const answers: readonly (readonly [step: string, text: string, answer: Rows])[] = [
  [
    'add and show',
    `${each}sort mrr desc\nshow name, mrr, paid, people`,
    [
      ['E', 200, null, 0],
      ['A', 100, 190, 2],
      ['A', 50, 30, 0],
      ['D', 0, null, 0],
      ['C', null, 20, 1],
    ],
  ],
  ['where', 'from account\nwhere sum(invoices.amount) > 25 and count(users) < 2\nshow name, mrr', [['A', 50]]],
  [
    'where any and none',
    'from account\nwhere any(invoices where amount < 45) and none(users where role = "member")\nsort mrr desc\nshow name, mrr',
    [
      ['A', 50],
      ['C', null],
    ],
  ],
  [
    'group all',
    `${each}group all: n = count(), mrr = sum(mrr), paid = sum(paid), people = sum(people), mean = avg(people)`,
    [[5, 350, 240, 3, 0.6]],
  ],
  [
    'group by',
    `${each}group by plan: n = count(), mrr = sum(mrr), paid = sum(paid), people = sum(people)\nsort n desc, paid desc, mrr desc`,
    [
      ['pro', 2, 150, 220, 2],
      ['free', 1, null, 20, 1],
      ['enterprise', 1, 200, null, 0],
      [null, 1, 0, null, 0],
    ],
  ],
  [
    'group by a path, from the many',
    'from invoice\ngroup by account.plan: n = count(), amount = sum(amount), accounts = count_distinct(account)\nsort n desc, amount desc',
    [
      ['pro', 4, 220, 2],
      ['free', 1, 20, 1],
      [null, 1, 10, 0],
    ],
  ],
  [
    'group, then again',
    `${each}group by plan, country: people = sum(people), paid = sum(paid)\ngroup all: groups = count(), people = sum(people), paid = sum(paid)`,
    [[5, 3, 240]],
  ],
  [
    'sort and limit',
    `${each}sort people desc\nlimit 2\nshow name, paid, people`,
    [
      ['A', 190, 2],
      ['C', 20, 1],
    ],
  ],
  [
    'top',
    `${each}top 2 by paid\nshow name, paid, people`,
    [
      ['A', 190, 2],
      ['A', 30, 0],
    ],
  ],
  [
    'top with the rest',
    `${each}group by country: paid = sum(paid), people = sum(people)\ntop 1 by paid rest as "Other"`,
    [
      ['EE', 210, 3],
      ['Other', 30, 0],
    ],
  ],
  [
    'totals',
    `${each}where plan is not empty\ngroup by plan: paid = sum(paid), mean = avg(people)\ntotals as "All"\nshow plan, paid, mean\nwhere plan in ("pro", "All")\nsort plan`,
    [
      ['All', 240, 0.75],
      ['pro', 220, 1],
    ],
  ],
  [
    'pivot',
    `${each}where country is not empty\npivot plan in ("pro", "free") by country: paid = sum(paid)\nsort country`,
    [
      ['DE', 30, null],
      ['EE', 190, 20],
    ],
  ],
  [
    'unpivot',
    `${each}where name = "C"\nshow name, paid, people\nunpivot paid, people as what, value\nsort what`,
    [
      ['C', 'paid', 20],
      ['C', 'people', 1],
    ],
  ],
  ['unique', `${each}show people\nunique\nsort people`, [[0], [1], [2]]],
  [
    'fill',
    `${each}where created_at is not empty\ngroup by month(created_at): people = sum(people), paid = sum(paid)\nfill month with 0 from 2025-12 to 2026-03`,
    [
      ['2025-12-01', 0, 0],
      ['2026-01-01', 2, 190],
      ['2026-02-01', 1, 50],
      ['2026-03-01', 0, null],
    ],
  ],
  [
    'expand, with what the account has',
    `${each}expand users\nsort users.role, paid desc\nshow name, users.role as role, paid`,
    [
      ['A', 'admin', 190],
      ['C', 'admin', 20],
      ['A', 'member', 190],
    ],
  ],
  [
    'expand, counted',
    `from account\nexpand users\ngroup all: rows = count(), accounts = count_distinct(id), most = max(mrr)`,
    [[3, 2, 100]],
  ],
  [
    'rows of one beside the sum of others',
    'from user\nadd amount = sum(account.invoices.amount)\nsort amount desc, role\nshow role, amount, account.mrr as mrr',
    [
      ['admin', 190, 100],
      ['member', 190, 100],
      ['admin', 20, null],
      ['member', null, null],
    ],
  ],
  [
    'over two relations at once',
    'from account\nadd pairs = count(invoices.account.users)\nsort pairs desc, mrr\nshow name, pairs\nlimit 2',
    [
      ['A', 2],
      ['C', 1],
    ],
  ],
]

test.each(answers)('%s', async (_, text, answer) => {
  const { plan } = expectAccepted(planExploration(text, languageContext))
  const expected = interpret(plan, readTables(fewAccounts))
  expect(findDifference(answer, expected), `interpreted: ${JSON.stringify(expected)}`).toBeUndefined()
  for (const { warehouse } of engines) {
    const emitted = emit(plan, warehouse.dialect)
    const { rows } = await runEmitted(warehouse, emitted, plan.columns)
    expect(findDifference(answer, rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
})

test.each([
  ['from account\nexpand users\ngroup all: mrr = sum(mrr)', 'repeated-value'],
  ['from account\nexpand users\ngroup all: mean = avg(mrr)', 'repeated-value'],
  ['from account\nexpand users\nexpand invoices', 'expand-here'],
  ['from account\ngroup by plan: n = avg(users)', 'to-many-in-group'],
  ['from account\nshow name, users.role', 'to-many-outside-aggregate'],
  ['from account\nadd x = sum(invoices.amount * users.id)', 'several-relations'],
])('%s is refused: it would count twice', (text, code) => {
  expect(planExploration(text, languageContext).diagnostics.map((one) => one.code)).toContain(code)
})
