import { empty, type Rows } from './answer-rows.ts'

/** Answers by hand about what customers pay, for `example-answers.ts`. */
export const revenueAnswers: Readonly<Record<string, Rows>> = {
  'account-sizes.hunch': [
    ['1000 to 2999', 2, 1500 + 2000, 2 / 7],
    ['3000 and more', 1, 4000, 1 / 7],
    ['nothing', 2, 0, 2 / 7],
    ['up to 999', 2, 600 + 900, 2 / 7],
  ],
  'country-in-its-plan.hunch': [
    ['enterprise', 'DE', 4000, 6000, 9000, 4 / 6, 4 / 9],
    ['enterprise', 'FI', 2000, 6000, 9000, 2 / 6, 2 / 9],
    ['pro', 'EE', 1500 + 600, 3000, 9000, 21 / 30, 21 / 90],
    ['pro', null, 900, 3000, 9000, 9 / 30, 9 / 90],
  ],
  'credits-at-month-end.hunch': [
    ['2026-07-01', 100 + 500, 2],
    ['2026-08-01', 60 + 450 + 10, 3],
  ],
  'customers-lost.hunch': [
    ...empty('2025-06', 7, 1, 0, 0),
    ['2026-01-01', 1, 1, 1],
    ['2026-02-01', 1, 0, 0],
    ['2026-03-01', 3, 0, 0],
    ...empty('2026-04', 3, 4, 0, 0),
    ['2026-07-01', 5, 0, 0],
    ['2026-08-01', 6, 1, 1 / 6],
  ],
  // Estonia: 9, 19, 11, 2 and 29 days; the second and the last were late. On the last day of the term is in time.
  'days-to-pay.hunch': [
    ['DE', 2, (23 + 30) / 2, 0],
    ['US', 1, 13, 0],
    ['EE', 5, 11, 2 / 5],
    ['FI', 1, 4, 0],
    [null, 2, 1 / 2, 0],
  ],
  'few-customers-much-revenue.hunch': [
    [1, 1, 16_000, 16_000 / 30_600, 16_000 / 30_600],
    [2, 1, 6000, 6000 / 30_600, 22_000 / 30_600],
    [3, 1, 4500, 4500 / 30_600, 26_500 / 30_600],
    [4, 1, 2000, 2000 / 30_600, 28_500 / 30_600],
    [5, 1, 1200, 1200 / 30_600, 29_700 / 30_600],
    [6, 1, 900, 900 / 30_600, 1],
  ],
  'first-purchase-cohorts.hunch': [
    ['2025-06-01', 1, 6000, 6000],
    ['2026-02-01', 1, 4500, 4500],
    ['2026-03-01', 2, 16_000 + 2000, 9000],
    ['2026-04-01', 1, 1200, 1200],
    ['2026-08-01', 1, 900, 900],
  ],
  // Ember pays 3000 up to December; then Acme, Birch, Inlet and Cedar, of whom Cedar pays 300 less from July.
  'gross-revenue-retention.hunch': [
    ...empty('2025-08', 5, 1),
    ...empty('2026-01', 3, 0),
    ...empty('2026-04', 3, 1),
    ...empty('2026-07', 2, 7600 / 7900),
  ],
  'grown-and-shrunk.hunch': [
    ['Acme', 1000, 1500, 0.5],
    ['Cedar', 900, 600, -1 / 3],
  ],
  'larger-than-usual.hunch': [['Acme', 'pro', 1500, (1500 + 600 + 900) / 3, 1.5]],
  // One of three enterprise subscriptions ended in twelve months, and three of six of the other plan.
  'lifetime-value.hunch': [
    ['enterprise', 3000, 1 / 36, 3000 * 36],
    ['pro', 1000, 1 / 24, 1000 * 24],
  ],
  // The first fourteen days of August: 1500, 900 and 250.
  'month-so-far.hunch': [[0, 2650, 0]],
  'monthly-or-yearly.hunch': [
    ['DE', 4000, 4000, 1],
    ['EE', 1500 + 600, 0, 0],
    ['FI', 2000, 0, 0],
    [null, 900, 900, 1],
  ],
  // Only Ember was there a year before, with 3000 from May 2025; it left in January.
  'net-revenue-retention.hunch': empty('2026-05', 5, 0),
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
  'paying-within-60-days.hunch': [
    ['2026-01-01', 2, 2, 1],
    ['2026-02-01', 1, 1, 1],
    ['2026-03-01', 1, 1, 1],
    ['2026-06-01', 1, 0, 0],
    ['2026-07-01', 1, 1, 1],
    ['2026-08-01', 1, 0, 0],
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
  'recurring-revenue-movements.hunch': [
    ['2025-05-01', 3000, 0, 0, 0],
    ...empty('2025-06', 7, 0, 0, 0, 0),
    ['2026-01-01', 1000, 0, 0, -3000],
    ['2026-02-01', 4000 + 2000, 0, 0, 0],
    ['2026-03-01', 900, 0, 0, 0],
    ...empty('2026-04', 2, 0, 0, 0, 0),
    ['2026-06-01', 200, 500, 0, 0],
    ['2026-07-01', 900, 0, -300, 0],
    ['2026-08-01', 0, 0, 0, -200],
  ],
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
  // In the second quarter Cedar paid 600 and Acme 1500; in the first Acme 1500, Birch 12000 and Inlet 2000.
  'revenue-against-last-quarter.hunch': [
    ['pro', 2100, 1500, 600, 2100 / 1500 - 1, 2, 1, 1, 1],
    ['enterprise', null, 14_000, -14_000, -1, 0, 2, -2, -1],
  ],
  'revenue-by-fiscal-quarter.hunch': [
    [2025, 2, 3000, 1 / 2],
    [2025, 4, 3000, 1 / 2],
    [2026, 1, 1500 + 14_000, 15_500 / 24_850],
    [2026, 2, 600 + 1500, 2100 / 24_850],
    [2026, 3, 600 + 6650, 7250 / 24_850],
  ],
  'revenue-with-totals.hunch': [
    ['enterprise', 'DE', 16_000, 1, false],
    ['enterprise', 'FI', 2000, 1, false],
    ['enterprise', 'all', 18_000, 2, true],
    ['pro', 'EE', 4500 + 1200, 2, false],
    ['pro', null, 900, 1, false],
    ['pro', 'all', 6600, 3, true],
    [null, null, 250, 0, false],
    [null, 'all', 250, 0, true],
  ],
  // What was paid less what was given back: 4000, 15000, 600, 0, 900, 0 and 2000 of seven accounts.
  'value-of-a-customer.hunch': [
    ['2025-01-01', 1, 6000 - 300, 5700],
    ['2026-01-01', 7, 22_500 / 7, 15_000],
    [null, 1, 0, 0],
  ],
}
