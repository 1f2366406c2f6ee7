import { test } from 'vitest'
import { exampleCompany } from './example-company.ts'
import { expectRows, type Rows } from './expect-rows.ts'
import { writeTables } from './fixture.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(writeTables(exampleCompany))

// Plans of accounts over time are in `example-company.ts`: Acme's overlap in June 2026, Birch has none in April, Ember left in January.
test.each<[what: string, text: string, answer: Rows]>([
  [
    'rows that last have what holds today; what begins tomorrow does not yet',
    'from account\nshow name, plan_at.plan, plan_at.price',
    [
      ['Acme', 'enterprise', 1500],
      ['Birch', 'enterprise', 4000],
      ['Cedar', 'pro', 600],
      ['Dune', null, null],
      ['Ember', null, null],
      ['Fjord', 'pro', 900],
      ['Grove', null, null],
      ['Haven', null, null],
      ['Inlet', null, null],
    ],
  ],
  [
    'of two that overlap the one counts that began last, and no row is doubled',
    'as of 2026-06-15\nfrom account\nwhere plan_at is not empty\nshow name, plan_at.price',
    [
      ['Acme', 1500],
      ['Birch', 4000],
      ['Cedar', 600],
    ],
  ],
  [
    'on the day on which one ends the next holds',
    'from account\nwhere name = "Acme"\nshow as_of(plan_at.plan, 2026-01-31) as a, as_of(plan_at.plan, 2026-02-01) as b, as_of(plan_at.plan, 2026-01-09) as c',
    [['free', 'pro', null]],
  ],
  [
    'what happened has what held when it happened',
    'from invoice\ngroup by account.plan_at.plan: n = count(), amount = sum(amount)',
    [
      ['enterprise', 6, 1500 + 1500 + 4000 + 4000 + 3000 + 3000],
      ['pro', 7, 1500 + 12_000 + 600 + 600 + 600 + 900 + 900],
      [null, 2, 250 + 2000],
    ],
  ],
  [
    'another time may be named',
    'from invoice\nwhere paid_at is not empty\ngroup by as_of(account.plan_at.plan, paid_at): n = count()',
    [
      ['enterprise', 5],
      ['pro', 5],
      [null, 2],
    ],
  ],
  [
    'a metric looks at its own time',
    'from metric revenue by account.plan_at.plan',
    [
      ['enterprise', 1500 + 1500 + 4000 + 3000 + 3000],
      ['pro', 1500 + 12_000 + 600 + 600 + 900],
      [null, 250 + 2000],
    ],
  ],
  [
    'each month has what held on its first day',
    'from account\nwhere name in ("Acme", "Birch")\nrepeat every month from 2026-01-01 to 2026-07-01\nshow name, month, as_of(plan_at.plan, month)',
    [
      ['Acme', '2026-01-01', null],
      ['Acme', '2026-02-01', 'pro'],
      ['Acme', '2026-03-01', 'pro'],
      ['Acme', '2026-04-01', 'pro'],
      ['Acme', '2026-05-01', 'pro'],
      ['Acme', '2026-06-01', 'enterprise'],
      ['Birch', '2026-01-01', null],
      ['Birch', '2026-02-01', 'pro'],
      ['Birch', '2026-03-01', 'pro'],
      ['Birch', '2026-04-01', null],
      ['Birch', '2026-05-01', 'enterprise'],
      ['Birch', '2026-06-01', 'enterprise'],
    ],
  ],
  [
    'in the condition of an aggregate a related row has what held when it happened',
    'from account\nwhere name in ("Acme", "Birch", "Cedar")\nadd n = count(invoices where account.plan_at.plan = "pro")\nshow name, n',
    [
      ['Acme', 1],
      ['Birch', 1],
      ['Cedar', 3],
    ],
  ],
])('%s', async (_what, text, answer) => {
  await expectRows(engines, text, answer)
})
