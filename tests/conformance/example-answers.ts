type Cell = string | number | boolean | null
type Rows = readonly (readonly Cell[])[]

/** Months from `first` on, as `2025-09`, with nothing in them. */
const empty = (first: string, count: number, ...cells: readonly Cell[]): Rows =>
  Array.from({ length: count }, (_, at) => {
    const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + at
    return [`${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`, ...cells]
  })

/** The periods of a cohort from 0 on, by how many came in each. */
const follow = (cohort: string, size: number, came: readonly number[]): Rows =>
  came.map((count, period) => [cohort, period, size, count, count / size])

/** What examples answer about the company of `example-company.ts`, worked out by hand. */
export const exampleAnswers: Readonly<Record<string, Rows>> = {
  // Only Ember was there a year before, with 3000 from May 2025; it left in January.
  'net-revenue-retention.hunch': empty('2026-05', 5, 0),
  // Ember left in the middle of January, when Acme began; Cedar pays less from July, Dune came and went.
  'recurring-revenue-over-time.hunch': [
    ['2026-01-01', 1000, 1],
    ['2026-02-01', 1000 + 4000 + 2000, 3],
    ['2026-03-01', 7000 + 900, 4],
    ['2026-04-01', 7900, 4],
    ['2026-05-01', 7900, 4],
    ['2026-06-01', 7900 - 1000 + 1500 + 200, 5],
    ['2026-07-01', 8600 - 900 + 600 + 900, 6],
    ['2026-08-01', 9200 - 200, 5],
  ],
  'roles-by-plan.hunch': [
    ['enterprise', 'admin', 3, 3],
    ['enterprise', 'member', 1, 1],
    ['pro', 'admin', 3, 3],
    ['pro', 'member', 2, 2],
  ],
  'account-retention.hunch': [
    ...follow('2025-05-01', 1, [1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0]),
    // Acme logged in in January, February, March, May and August; Birch in all but March and May.
    ...follow('2026-01-01', 2, [2, 2, 1, 1, 1, 1, 1, 2]),
    ...follow('2026-02-01', 1, [1, 0, 0, 0, 0, 1, 0]),
    ...follow('2026-03-01', 1, [1, 1, 0, 0, 0, 0]),
    ...follow('2026-06-01', 1, [0, 0, 0]),
    ...follow('2026-07-01', 1, [1, 1]),
    ...follow('2026-08-01', 1, [1]),
  ],
  'account-sizes.hunch': [
    ['1000 to 2999', 2, 1500 + 2000, 2 / 7],
    ['3000 and more', 1, 4000, 1 / 7],
    ['nothing', 2, 0, 2 / 7],
    ['up to 999', 2, 600 + 900, 2 / 7],
  ],
  // Birch took from 20 January to 25 February; Dune was never set up.
  'activated-within-a-week.hunch': [
    ...empty('2025-09', 4, null, null, null),
    ['2026-01-01', 2, 1, 1 / 2],
    ['2026-02-01', 1, 1, 1],
    ['2026-03-01', 1, 1, 1],
    ...empty('2026-04', 2, null, null, null),
    ['2026-06-01', 1, 0, 0],
    ['2026-07-01', 1, 1, 1],
    ['2026-08-01', 1, 1, 1],
  ],
  'activation-by-source.hunch': [
    ['organic', 4, 4, 1],
    ['paid_search', 3, 2, 2 / 3],
  ],
  // Dan invited somebody on the 19th day. Two of the five people were never there.
  'activation-funnel.hunch': [
    ['signed_up', 'enterprise', 1, 1, 1, null, null],
    ['signed_up', 'free', 1, 1, 1, null, null],
    ['signed_up', 'pro', 1, 1, 1, null, null],
    ['signed_up', null, 1, 0, null, null, null],
    ['created_project', 'enterprise', 2, 1, 1, 1, 1],
    ['created_project', 'free', 2, 1, 1, 1, (24 * 60 + 10) / 1440],
    ['created_project', 'pro', 2, 1, 1, 1, 1],
    ['created_project', null, 2, 0, null, null, null],
    ['invited_teammate', 'enterprise', 3, 0, 0, 0, null],
    ['invited_teammate', 'free', 3, 0, 0, 0, null],
    ['invited_teammate', 'pro', 3, 1, 1, 1, 30 / 1440],
    ['invited_teammate', null, 3, 0, null, null, null],
  ],
  'active-on-many-days.hunch': [
    ['Acme', 3, 3],
    ['Grove', 2, 3],
    ['Birch', 2, 2],
    ['Fjord', 1, 1],
  ],
  'best-sellers.hunch': [
    ['2026-01-01', 'Lea', 48_000],
    ['2026-04-01', 'Kai', 4000],
    ['2026-04-01', 'Lea', 4000],
  ],
  'comings-and-goings.hunch': [
    ...empty('2025-09', 3, 0, 0, 0, 0, 0),
    ['2025-12-01', 1, 0, 0, 1, 0],
    ['2026-01-01', 3, 2, 1, 0, 0],
    ['2026-02-01', 4, 2, 2, 0, 1],
    ['2026-03-01', 2, 1, 1, 0, 3],
    ['2026-04-01', 2, 0, 1, 1, 1],
    ['2026-05-01', 1, 0, 0, 1, 2],
    ['2026-06-01', 1, 0, 0, 1, 1],
    ['2026-07-01', 3, 2, 0, 1, 1],
    ['2026-08-01', 5, 1, 2, 2, 1],
  ],
  'days-since-last-login.hunch': [
    ['last month', 3, 4000 + 600],
    ['last week', 2, 1500 + 900],
    ['before', 1, 2000],
    ['never', 1, 0],
  ],
  // Estonia: 9, 19, 11, 2 and 29 days; the second and the last were late. On the last day of the term is in time.
  'days-to-pay.hunch': [
    ['DE', 2, (23 + 30) / 2, 0],
    ['US', 1, 13, 0],
    ['EE', 5, 11, 2 / 5],
    ['FI', 1, 4, 0],
    [null, 2, 1 / 2, 0],
  ],
  'duplicate-people.hunch': [['ann@acme', 2, 2, '2026-01-10T00:00:00Z']],
  // One of the 22 logins is nobody's.
  'feature-adoption.hunch': [
    ['login', 7, 22, 22 / 7],
    ['created_project', 3, 3, 1],
    ['signed_up', 3, 3, 1],
    ['invited_teammate', 2, 2, 1],
    ['report_created', 1, 1, 1],
  ],
  'few-customers-much-revenue.hunch': [
    [1, 1, 16_000, 16_000 / 30_600, 16_000 / 30_600],
    [2, 1, 6000, 6000 / 30_600, 22_000 / 30_600],
    [3, 1, 4500, 4500 / 30_600, 26_500 / 30_600],
    [4, 1, 2000, 2000 / 30_600, 28_500 / 30_600],
    [5, 1, 1200, 1200 / 30_600, 29_700 / 30_600],
    [6, 1, 900, 900 / 30_600, 1],
  ],
  // Of the five of the first quarter only Bob was not there on the day after.
  'first-days.hunch': [
    ['2025-04-01', 1, 1, 1, 1],
    ['2025-04-01', 7, 1, 0, 0],
    ['2025-04-01', 30, 1, 0, 0],
    ['2026-01-01', 1, 5, 4, 4 / 5],
    ['2026-01-01', 7, 5, 0, 0],
    ['2026-01-01', 30, 5, 0, 0],
    ['2026-04-01', 1, 1, 0, 0],
    ['2026-04-01', 7, 1, 0, 0],
    ['2026-04-01', 30, 1, 0, 0],
  ],
  'first-purchase-cohorts.hunch': [
    ['2025-06-01', 1, 6000, 6000],
    ['2026-02-01', 1, 4500, 4500],
    ['2026-03-01', 2, 16_000 + 2000, 9000],
    ['2026-04-01', 1, 1200, 1200],
    ['2026-08-01', 1, 900, 900],
  ],
  // Normal: 30, 1 and 23 hours, and one without a reply. Urgent: 6 and 3.
  'first-reply.hunch': [
    ['normal', 4, 23, 30, 1],
    ['urgent', 2, 4.5, 6, 0],
  ],
  // One of three enterprise subscriptions ended in twelve months, and three of six of the other plan.
  'lifetime-value.hunch': [
    ['enterprise', 3000, 1 / 36, 3000 * 36],
    ['pro', 1000, 1 / 24, 1000 * 24],
  ],
  'lost-their-champion.hunch': [
    ['Birch', 4000, '2026-08-21T16:20:00Z'],
    ['Inlet', 2000, '2026-07-15T10:00:00Z'],
  ],
  'monthly-or-yearly.hunch': [
    ['DE', 4000, 4000, 1],
    ['EE', 1500 + 600, 0, 0],
    ['FI', 2000, 0, 0],
    [null, 900, 900, 1],
  ],
  'never-logged-in.hunch': [
    ['fay@dune', 'Dune', '2026-06-15T00:00:00Z'],
    ['Ann@Acme ', 'Cedar', '2026-08-01T00:00:00Z'],
    [null, null, '2026-09-01T00:00:00Z'],
  ],
  'new-and-lost-revenue.hunch': [
    ...empty('2025-09', 4, 0, 0, 0),
    ['2026-01-01', 1000, 3000, -2000],
    ['2026-02-01', 4000 + 2000, 0, 6000],
    ['2026-03-01', 900, 0, 900],
    ...empty('2026-04', 2, 0, 0, 0),
    ['2026-06-01', 1500 + 200, 1000, 700],
    ['2026-07-01', 600 + 900, 900, 600],
    ['2026-08-01', 0, 200, -200],
  ],
  'overdue-invoices.hunch': [['Cedar', 600, '2026-08-15', 31]],
  'paying-within-60-days.hunch': [
    ['2026-01-01', 2, 2, 1],
    ['2026-02-01', 1, 1, 1],
    ['2026-03-01', 1, 1, 1],
    ['2026-06-01', 1, 0, 0],
    ['2026-07-01', 1, 1, 1],
    ['2026-08-01', 1, 0, 0],
  ],
  'paying-again.hunch': [
    ['2025-04-01', 0, 1, 1, 1],
    ['2025-04-01', 1, 1, 0, 0],
    ['2025-04-01', 2, 1, 1, 1],
    ['2025-04-01', 3, 1, 0, 0],
    ['2025-04-01', 4, 1, 0, 0],
    ['2026-01-01', 0, 3, 3, 1],
    ['2026-01-01', 1, 3, 1, 1 / 3],
    ['2026-04-01', 0, 1, 1, 1],
  ],
  'places-of-sellers.hunch': [
    ['2025-07-01', 'Kai', 0, 1, null],
    ['2025-07-01', 'Lea', 0, 1, null],
    ['2025-10-01', 'Kai', 0, 1, 0],
    ['2025-10-01', 'Lea', 0, 1, 0],
    ['2026-01-01', 'Lea', 48_000, 1, 0],
    ['2026-01-01', 'Kai', 19_200, 2, -1],
    ['2026-04-01', 'Kai', 4000, 1, 1],
    ['2026-04-01', 'Lea', 4000, 1, 0],
  ],
  'quick-ratio.hunch': [
    ['2025-07-01', 0, 0, null],
    ['2025-10-01', 0, 0, null],
    ['2026-01-01', 7900, 3000, 7900 / 3000],
    ['2026-04-01', 1700, 1000, 1.7],
  ],
  'reasons-for-leaving.hunch': [
    ['too expensive', 1, 3000, 3000 / 5100],
    [null, 1, 1000, 1000 / 5100],
    ['fewer people', 1, 900, 900 / 5100],
    ['missing feature', 1, 200, 200 / 5100],
  ],
  'recurring-revenue-by-plan.hunch': [
    ['enterprise', 2, 6000, 3000, 3000, 6 / 9],
    ['pro', 3, 3000, 1000, 900, 3 / 9],
  ],
  'refund-rate.hunch': [
    ...empty('2025-09', 3, null, null, null),
    ['2025-12-01', 3000, 300, 0.1],
    ['2026-01-01', null, null, null],
    ['2026-02-01', 1500, 0, 0],
    ['2026-03-01', 14_000, 0, 0],
    ['2026-04-01', 600, 0, 0],
    ['2026-05-01', null, null, null],
    ['2026-06-01', 1500, 0, 0],
    ['2026-07-01', 600, 600, 1],
    ['2026-08-01', 6650, 1500, 1500 / 6650],
  ],
  'renewals-at-risk.hunch': [
    ['Birch', 4000, '2026-11-01', false, true],
    ['Inlet', 2000, '2026-09-30', true, false],
  ],
  'seats-in-use.hunch': [
    ['Inlet', 20, 1, 0, 0],
    ['Dune', 2, 1, 0, 0],
    ['Birch', 40, 2, 1, 1 / 40],
    ['Fjord', 8, 1, 1, 1 / 8],
    ['Cedar', 5, 2, 1, 1 / 5],
    ['Acme', 2, 2, 2, 1],
    ['Grove', 1, 1, 1, 1],
  ],
  'setup-in-any-order.hunch': [
    ['signed_up', 1, 8, 1, null],
    ['created_project', 2, 5, 5 / 8, 5 / 8],
    ['login', 3, 5, 5 / 8, 1],
  ],
  // Dan and Hal after exactly a day, Eve after an hour; Ann and Ida took longer.
  'straight-to-a-project.hunch': [
    ['signed_up', 1, 8, 1, null, null],
    ['created_project', 2, 3, 3 / 8, 3 / 8, 1],
  ],
  'support-load.hunch': [
    ['Cedar', 'pro', 2, 2 / 5, 2000 / 600],
    ['Fjord', 'pro', 1, 1 / 8, 1000 / 900],
    ['Acme', 'pro', 1, 1 / 2, 1000 / 1500],
    ['Birch', 'enterprise', 2, 2 / 40, 2000 / 4000],
  ],
  'support-per-customer.hunch': [
    ['pro', 3, 3000, 4, 1, 4 / 3],
    ['enterprise', 2, 6000, 2, 1, 1],
    ['free', 2, 0, null, null, null],
  ],
  // What was paid less what was given back: 4000, 15000, 600, 0, 900, 0 and 2000 of seven accounts.
  'value-of-a-customer.hunch': [
    ['2025-01-01', 1, 6000 - 300, 5700],
    ['2026-01-01', 7, 22_500 / 7, 15_000],
    [null, 1, 0, 0],
  ],
  'win-rate.hunch': [
    ['Kai', 3, 3, 1, 23_200],
    ['Lea', 3, 2, 2 / 3, 52_000],
    ['Mia', 1, 0, 0, 0],
  ],
}
