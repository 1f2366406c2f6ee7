import { test } from 'vitest'
import { exampleCompany } from './example-company.ts'
import { expectRows, type Rows } from './expect-rows.ts'
import { writeTables } from './fixture.ts'
import { useEngines } from './use-engines.ts'

const engines = useEngines(writeTables(exampleCompany))

const named = (counts: Readonly<Record<string, number | null>>, otherwise: number | null): Rows =>
  ['Acme', 'Birch', 'Cedar', 'Dune', 'Ember', 'Fjord', 'Grove', 'Haven', 'Inlet'].map((name) => [
    name,
    name in counts ? counts[name]! : otherwise,
  ])

/**
 * Features: Acme has reports (which stands twice) and alerts, Birch reports and single sign-on, Cedar reports; halves of pairs and strangers
 * count for nobody. Above Acme is Birch, above Cedar Acme, above Grove Cedar; Dune and Fjord are above each other; above Haven is a stranger.
 */
test.each<[what: string, text: string, answer: Rows]>([
  [
    'a pair that stands twice counts once',
    'from account\nadd x = count(features)\nshow name, x',
    named({ Acme: 2, Birch: 2, Cedar: 1 }, 0),
  ],
  [
    'conditions look at the rows beyond the bridge',
    'from account\nadd x = sum(features.cost where area = "insight")\nshow name, x',
    named({ Acme: 10 + 20, Birch: 10, Cedar: 10 }, null),
  ],
  [
    'a bridge is crossed from either end',
    'from feature\nadd a = count(accounts)\nadd pro = count(accounts where plan = "pro")\nadd people = count(accounts.users)\nshow name, a, pro, people',
    [
      ['reports', 3, 2, 2 + 2 + 2],
      ['alerts', 1, 1, 2],
      ['single sign-on', 1, 0, 2],
      ['audit log', 0, 0, 0],
    ],
  ],
  [
    'any, all and none over a bridge',
    'from account\nwhere any(features)\nshow name, any(features where area = "security") as a, all(features where cost < 20) as b, none(features where cost = 20) as c',
    [
      ['Acme', false, false, false],
      ['Birch', true, false, true],
      ['Cedar', false, true, true],
    ],
  ],
  [
    'whoever is met on several ways counts once',
    'from account\nadd x = count(features.accounts)\nshow name, x',
    named({ Acme: 3, Birch: 3, Cedar: 3 }, 0),
  ],
  [
    'and adds up once',
    'from account\nwhere name = "Acme"\nadd x = sum(features.accounts.mrr)\nshow name, x',
    [['Acme', 1500 + 4000 + 600]],
  ],
  [
    'to many, back to one, and to many again',
    'from account\nadd x = sum(users.account.invoices.amount)\nwhere x > 0\nshow name, x',
    [
      ['Acme', 4500],
      ['Birch', 20_000],
      ['Cedar', 1800],
      ['Ember', 6000],
      ['Fjord', 1800],
      ['Inlet', 2000],
    ],
  ],
  [
    'to one, and to many from there',
    'from user\nwhere email contains "acme"\nadd n = count(account.users)\nadd m = count(account.features where area = "insight")\nshow email, n, m',
    [
      ['ann@acme', 2, 2],
      ['bob@acme', 2, 2],
      ['Ann@Acme ', 2, 1],
    ],
  ],
  [
    'one row for each pair, of which neither side adds up',
    'from account\nexpand features\ngroup by features.area: n = count(), accounts = count_distinct(id), features = count_distinct(features)',
    [
      ['insight', 4, 3, 2],
      ['security', 1, 1, 1],
    ],
  ],
  [
    'a relation to the own model leads up',
    'from account\nwhere parent is not empty\nshow name, parent.name as above, parent.parent.name as on_top',
    [
      ['Acme', 'Birch', null],
      ['Cedar', 'Acme', 'Birch'],
      ['Dune', 'Fjord', 'Dune'],
      ['Fjord', 'Dune', 'Fjord'],
      ['Grove', 'Cedar', 'Acme'],
    ],
  ],
  [
    'and down',
    'from account\nadd x = count(children.children)\nshow name, x',
    named({ Acme: 1, Birch: 1, Dune: 1, Fjord: 1 }, 0),
  ],
  [
    '`this` is the row that is asked about',
    'from account\nadd x = count(children where mrr < this.mrr)\nshow name, x',
    named({ Acme: 1, Birch: 1, Cedar: 1, Fjord: 1 }, 0),
  ],
  [
    '`this` in a path over a row in between',
    'from user\nadd n = count(account.users where created_at > this.created_at)\nwhere n > 0\nshow email, n',
    [
      ['ann@acme', 1],
      ['cho@birch', 1],
      ['eve@cedar', 1],
    ],
  ],
  [
    '`this` may be empty: nothing is larger than that, and rows without are not lost',
    'from invoice\nwhere account.name = "Cedar"\nadd later = count(account.invoices where paid_at > this.paid_at)\nadd unpaid = count(account.invoices where this.paid_at is empty)\nshow issued_on, later, unpaid',
    [
      ['2026-04-01', 1, 0],
      ['2026-07-01', 0, 0],
      ['2026-08-01', 0, 3],
    ],
  ],
  [
    '`this` may be a column of a step, and stand in what is aggregated',
    'from account\nwhere name in ("Acme", "Birch")\nadd usual = avg(invoices.amount)\nadd above = sum(invoices.amount - this.usual where amount > this.usual)\nshow name, usual, above',
    [
      ['Acme', 1500, null],
      ['Birch', 20_000 / 3, 12_000 - 20_000 / 3],
    ],
  ],
  [
    '`this.this` is the row around that',
    'from account\nadd x = count(users where any(events where at >= this.created_at and at < this.this.activated_at))\nwhere x > 0\nshow name, x',
    [
      ['Acme', 1],
      ['Birch', 1],
      ['Cedar', 1],
      ['Ember', 1],
      ['Fjord', 1],
      ['Grove', 1],
      ['Inlet', 1],
    ],
  ],
  [
    'everything below a row, at any depth',
    'from account\nwhere under(parent where name = "Birch")\nshow name',
    [['Acme'], ['Cedar'], ['Grove']],
  ],
  [
    'everything above a row, at any depth',
    'from account\nwhere above(parent where name = "Grove")\nshow name',
    [['Acme'], ['Birch'], ['Cedar']],
  ],
  ['rings end upwards', 'from account\nwhere above(parent where name = "Dune")\nshow name', [['Dune'], ['Fjord']]],
  ['rings end', 'from account\nwhere under(parent where name = "Dune")\nshow name', [['Dune'], ['Fjord']]],
  [
    'a tree may be reached over a row, and counted in',
    'from invoice\ngroup by below = under(account.parent where plan = "enterprise"): n = count(), amount = sum(amount)',
    [
      [false, 9, 20_000 + 6000 + 1800 + 250 + 2000],
      [true, 6, 4500 + 1800],
    ],
  ],
  [
    'fractions below whole numbers stay fractions, though a tree is followed',
    'block one\nfrom account\nwhere name = "Inlet"\ngroup by name: n = count() / 4\n\nfrom account\nwhere under(parent where name = "Birch")\ngroup by name: n = count()\nappend block one',
    [
      ['Acme', 1],
      ['Cedar', 1],
      ['Grove', 1],
      ['Inlet', 0.25],
    ],
  ],
  [
    'whoever is below anybody is below somebody',
    'from account\nwhere not under(parent)\nshow name',
    [['Birch'], ['Ember'], ['Haven'], ['Inlet']],
  ],
])('%s', async (_what, text, answer) => {
  await expectRows(engines, text, answer)
})
