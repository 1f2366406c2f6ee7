import type { ColumnType } from '../../src/dsl/plan/plan.ts'
import type { Row, Value } from '../oracle/values.ts'
import type { FixtureTable } from './fixture.ts'

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  number: 'DOUBLE PRECISION',
  text: 'TEXT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}

/** An instant as tables of the oracle hold it; without a time of day, the start of the day. */
const read = (cell: Value, type: ColumnType): Value =>
  type === 'timestamp' && typeof cell === 'string'
    ? Date.parse(cell.length === 10 ? `${cell}T00:00:00Z` : `${cell.replace(' ', 'T')}:00Z`)
    : cell

/** A table from the names and types of its columns, as `id number, name text`, and rows in that order. */
function table(name: string, columns: string, rows: readonly (readonly Value[])[]): FixtureTable {
  const typed = columns.split(', ').map((column) => {
    const [own = '', type = 'text'] = column.split(' ') as [string, ColumnType]
    return { name: own, type, sqlType: own === 'id' || own.endsWith('_id') ? 'INTEGER' : sqlTypes[type] }
  })
  return {
    name,
    columns: typed,
    rows: rows.map((cells): Row => {
      return Object.fromEntries(typed.map((column, at) => [column.name, read(cells[at] ?? null, column.type)]))
    }),
  }
}

const accounts = table(
  'accounts',
  'id number, name text, plan text, country text, source text, industry text, seats number, mrr number, is_active boolean, renews_on date, created_at timestamp, activated_at timestamp, owner_id number, parent_id number',
  [
    [1, 'Acme', 'pro', 'EE', 'paid_search', 'software', 2, 1500, true, '2026-10-01', '2026-01-10', '2026-01-12', 1, 2],
    [
      2,
      'Birch',
      'enterprise',
      'DE',
      'organic',
      'finance',
      40,
      4000,
      true,
      '2026-11-01',
      '2026-01-20',
      '2026-02-25',
      3,
      null,
    ],
    [3, 'Cedar', 'pro', 'EE', 'organic', 'software', 5, 600, true, '2026-12-01', '2026-03-05', '2026-03-06', 5, 1],
    [4, 'Dune', 'free', 'FI', 'paid_search', 'retail', 2, 0, true, null, '2026-06-15', null, 6, 6],
    [5, 'Ember', 'enterprise', 'US', 'organic', 'finance', 30, 0, false, null, '2025-05-02', '2025-05-04', 7, null],
    [6, 'Fjord', 'pro', null, 'paid_search', 'retail', 8, 900, true, '2026-10-20', '2026-07-05', '2026-07-09', 8, 4],
    [7, 'Grove', 'free', 'EE', 'organic', null, 1, 0, true, null, '2026-08-20', '2026-08-21', 9, 3],
    [
      9,
      'Inlet',
      'enterprise',
      'FI',
      'organic',
      'retail',
      20,
      2000,
      true,
      '2026-09-30',
      '2026-02-10',
      '2026-02-11',
      12,
      null,
    ],
    [8, 'Haven', null, null, null, null, null, null, null, null, null, null, null, 99],
  ],
)

const users = table('users', 'id number, email text, role text, created_at timestamp, account_id number', [
  [1, 'ann@acme', 'admin', '2026-01-10', 1],
  [2, 'bob@acme', 'member', '2026-02-01', 1],
  [3, 'cho@birch', 'admin', '2026-01-20', 2],
  [4, 'dan@birch', 'member', '2026-07-01', 2],
  [5, 'eve@cedar', 'admin', '2026-03-05', 3],
  [6, 'fay@dune', 'admin', '2026-06-15', 4],
  [7, 'gus@ember', 'admin', '2025-05-02', 5],
  [8, 'hal@fjord', 'admin', '2026-07-05', 6],
  [9, 'ida@grove', 'admin', '2026-08-20', 7],
  [10, 'Ann@Acme ', 'member', '2026-08-01', 3],
  [11, null, null, '2026-09-01', null],
  [12, 'joe@inlet', 'admin', '2026-02-10', 9],
])

/** What each person did: the person, the event, its times, and where when not on the web. */
const doings: readonly (readonly [user: number | null, name: string, times: string, platform?: string])[] = [
  [1, 'signed_up', '2026-01-10 09:00'],
  [1, 'login', '2026-01-10 09:05, 2026-02-03 09:00, 2026-03-02 10:00, 2026-05-04 09:30, 2026-08-03 08:00'],
  [1, 'login', '2026-08-17 09:00, 2026-09-07 09:00, 2026-09-08 09:10, 2026-09-08 09:40, 2026-09-08 14:00'],
  [1, 'created_project', '2026-01-11 10:00'],
  [1, 'invited_teammate', '2026-01-11 10:00'],
  [1, 'report_created', '2026-01-20 10:00'],
  [2, 'login', '2026-02-01 12:00, 2026-02-20 12:00, 2026-08-10 12:00, 2026-09-08 09:20', 'mobile'],
  [3, 'signed_up', '2026-01-20 08:00'],
  [3, 'login', '2026-01-21 08:00, 2026-02-25 08:00, 2026-04-10 08:00, 2026-06-01 08:00'],
  [3, 'report_created', '2026-02-25 09:00'],
  [4, 'signed_up', '2026-07-01 08:00'],
  [4, 'created_project', '2026-07-02 08:00'],
  [4, 'login', '2026-07-02 08:30, 2026-07-20 08:30, 2026-08-20 16:00, 2026-08-21 16:20'],
  [4, 'invited_teammate', '2026-07-20 09:00'],
  [5, 'signed_up', '2026-03-05 11:00'],
  [5, 'login', '2026-03-06 11:00, 2026-04-02 11:00, 2026-09-01 11:00, 2026-09-01 11:30, 2026-09-02 11:00'],
  [5, 'created_project', '2026-03-05 12:00, 2026-04-02 12:00'],
  [6, 'signed_up', '2026-06-15 15:00'],
  [7, 'login', '2025-05-03 10:00, 2025-12-01 10:00, 2026-01-05 10:00'],
  [8, 'signed_up', '2026-07-05 07:00'],
  [8, 'created_project', '2026-07-06 07:00', 'mobile'],
  [8, 'invited_teammate', '2026-07-06 07:30', 'mobile'],
  [8, 'login', '2026-07-06 07:20, 2026-08-01 07:00, 2026-09-10 07:00', 'mobile'],
  [8, 'report_created', '2026-07-10 07:00'],
  [9, 'signed_up', '2026-08-20 13:00'],
  [9, 'login', '2026-08-21 13:00, 2026-09-03 13:00'],
  [9, 'created_project', '2026-08-21 13:10'],
  [12, 'signed_up', '2026-02-10 10:00'],
  [12, 'login', '2026-02-11 10:00, 2026-07-15 10:00'],
  [null, 'login', '2026-09-09 03:00'],
]

const events = table(
  'events',
  'id number, user_id number, name text, at timestamp, platform text',
  doings
    .flatMap(([user, name, times, platform = 'web']) => times.split(', ').map((at) => [user, name, at, platform]))
    .map((row, at) => [at + 1, ...row]),
)

const invoices = table(
  'invoices',
  'id number, account_id number, amount number, status text, issued_on date, due_on date, paid_at timestamp',
  [
    [1, 1, 1500, 'paid', '2026-02-01', '2026-02-15', '2026-02-10 10:00'],
    [2, 1, 1500, 'paid', '2026-06-01', '2026-06-15', '2026-06-20 10:00'],
    [3, 1, 1500, 'paid', '2026-08-01', '2026-08-15', '2026-08-12 10:00'],
    [4, 2, 12000, 'paid', '2026-02-25', '2026-03-25', '2026-03-20 10:00'],
    [5, 2, 4000, 'paid', '2026-08-01', '2026-08-31', '2026-08-31 23:30'],
    [6, 2, 4000, 'open', '2026-09-01', '2026-09-30', null],
    [7, 3, 600, 'paid', '2026-04-01', '2026-04-15', '2026-04-03 10:00'],
    [8, 3, 600, 'paid', '2026-07-01', '2026-07-15', '2026-07-30 10:00'],
    [9, 3, 600, 'open', '2026-08-01', '2026-08-15', null],
    [10, 5, 3000, 'paid', '2025-06-01', '2025-06-15', '2025-06-14 10:00'],
    [11, 5, 3000, 'paid', '2025-12-01', '2025-12-15', '2025-12-14 10:00'],
    [12, 6, 900, 'paid', '2026-08-05', '2026-08-19', '2026-08-06 10:00'],
    [13, 6, 900, 'open', '2026-09-05', '2026-09-19', null],
    [14, null, 250, 'paid', '2026-08-09', '2026-08-23', '2026-08-09 10:00'],
    [15, 9, 2000, 'paid', '2026-03-01', '2026-03-15', '2026-03-05 10:00'],
  ],
)

const refunds = table('refunds', 'id number, invoice_id number, amount number, reason text, refunded_at timestamp', [
  [1, 3, 500, 'outage', '2026-08-20 10:00'],
  [2, 5, 1000, 'outage', '2026-09-02 10:00'],
  [3, 8, 600, 'mistake', '2026-08-01 10:00'],
  [4, 11, 300, null, '2026-01-10 10:00'],
])

const tickets = table(
  'tickets',
  'id number, account_id number, category text, priority text, opened_at timestamp, first_reply_at timestamp, closed_at timestamp, score number',
  [
    [1, 1, 'billing', 'normal', '2026-06-10 09:00', '2026-06-10 11:00', '2026-06-11 09:00', 5],
    [2, 1, 'bug', 'urgent', '2026-08-20 10:00', '2026-08-20 16:00', '2026-08-22 09:00', 2],
    [3, 2, 'bug', 'urgent', '2026-09-01 10:00', '2026-09-01 13:00', null, null],
    [4, 2, 'bug', 'normal', '2026-07-01 10:00', '2026-07-02 16:00', '2026-07-05 10:00', 3],
    [5, 3, 'billing', 'normal', '2026-08-05 09:00', '2026-08-05 10:00', '2026-08-05 12:00', 4],
    [6, 3, 'question', 'normal', '2026-09-10 09:00', null, null, null],
    [7, 5, 'bug', 'urgent', '2025-12-20 09:00', '2025-12-22 09:00', '2026-01-04 09:00', 1],
    [8, 6, 'question', 'normal', '2026-08-06 08:00', '2026-08-07 07:00', '2026-08-08 09:00', 5],
  ],
)

const subscriptions = table(
  'subscriptions',
  'id number, account_id number, plan text, seats number, billing text, mrr number, started_at date, ended_at date, cancel_reason text',
  [
    [1, 5, 'enterprise', 30, 'month', 3000, '2025-05-10', '2026-01-15', 'too expensive'],
    [2, 1, 'pro', 2, 'month', 1000, '2026-01-15', '2026-06-01', null],
    [3, 1, 'pro', 2, 'month', 1500, '2026-06-01', null, null],
    [4, 2, 'enterprise', 40, 'year', 4000, '2026-02-25', null, null],
    [5, 3, 'pro', 8, 'month', 900, '2026-03-10', '2026-07-01', 'fewer people'],
    [6, 3, 'pro', 5, 'month', 600, '2026-07-01', null, null],
    [7, 6, 'pro', 8, 'year', 900, '2026-07-20', null, null],
    [9, 9, 'enterprise', 20, 'month', 2000, '2026-02-15', null, null],
    [8, 4, 'pro', 2, 'month', 200, '2026-06-20', '2026-08-20', 'missing feature'],
  ],
)

const deals = table(
  'deals',
  'id number, account_id number, rep text, source text, stage text, amount number, opened_on date, closed_at date',
  [
    [1, 5, 'Kai', 'inbound', 'won', 36000, '2025-03-01', '2025-05-05'],
    [2, 1, 'Kai', 'inbound', 'won', 12000, '2025-12-20', '2026-01-14'],
    [3, 2, 'Lea', 'outbound', 'won', 48000, '2025-10-01', '2026-02-20'],
    [4, 3, 'Kai', 'inbound', 'won', 7200, '2026-03-01', '2026-03-09'],
    [5, 4, 'Lea', 'outbound', 'lost', 5000, '2026-02-01', '2026-05-01'],
    [6, 6, 'Kai', 'outbound', 'won', 10800, '2026-06-20', '2026-07-18'],
    [7, 2, 'Lea', 'outbound', 'won', 10800, '2026-07-01', '2026-08-15'],
    [8, 1, 'Mia', 'inbound', 'open', 6000, '2026-08-01', null],
    [9, null, 'Mia', 'outbound', 'lost', 3000, '2026-01-10', '2026-04-10'],
    [10, 9, 'Kai', 'inbound', 'won', 4000, '2026-02-20', '2026-04-20'],
    [11, 3, 'Lea', 'inbound', 'won', 4000, '2026-05-01', '2026-05-21'],
    [12, 6, 'Mia', 'inbound', 'proposal', 9000, '2026-08-26', null],
    [13, 4, 'Lea', 'outbound', 'proposal', 1500, '2026-07-17', null],
  ],
)

const balances = table('balances', 'account_id number, day date, credits number', [
  [1, '2026-07-31', 100],
  [1, '2026-08-15', 80],
  [1, '2026-08-31', 60],
  [2, '2026-07-31', 500],
  [2, '2026-08-31', 450],
  [3, '2026-08-10', 10],
])

/** Overlaps (Acme twice in June), gaps (Birch in April), a plan of nobody, and one that begins tomorrow. */
const planChanges = table(
  'plan_changes',
  'id number, account_id number, plan text, price number, from_on date, to_on date',
  [
    [1, 1, 'free', 0, '2026-01-10', '2026-02-01'],
    [2, 1, 'pro', 1000, '2026-02-01', '2026-07-01'],
    [3, 1, 'enterprise', 1500, '2026-06-01', null],
    [4, 2, 'pro', 2000, '2026-01-20', '2026-04-01'],
    [5, 2, 'enterprise', 4000, '2026-05-01', null],
    [6, 3, 'pro', 600, '2026-03-05', null],
    [7, null, 'pro', 1, '2026-01-01', null],
    [8, 6, 'enterprise', 900, '2026-09-16', null],
    [9, 6, 'pro', 900, '2026-07-05', null],
    [10, 5, 'enterprise', 3000, '2025-05-02', '2026-01-15'],
  ],
)

const features = table('features', 'id number, name text, area text, cost number', [
  [1, 'reports', 'insight', 10],
  [2, 'alerts', 'insight', 20],
  [3, 'single sign-on', 'security', 40],
  [4, 'audit log', 'security', null],
])

/** Which account has which feature; Acme's reports stand twice. */
const accountFeatures = table('account_features', 'account_id number, feature_id number', [
  [1, 1],
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 3],
  [3, 1],
  [3, null],
  [null, 2],
  [77, 2],
  [2, 88],
])

/**
 * A company small enough to answer every worked example by hand, as of 15 September 2026. One account that nothing is known of, one that
 * left, an invoice and a deal of nobody, a person without an account, an event of nobody, somebody who is there twice.
 */
export const exampleCompany: readonly FixtureTable[] = [
  accounts,
  users,
  events,
  invoices,
  refunds,
  tickets,
  subscriptions,
  deals,
  balances,
  planChanges,
  features,
  accountFeatures,
]
