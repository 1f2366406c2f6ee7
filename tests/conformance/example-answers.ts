import { empty, follow, type Rows } from './answer-rows.ts'
import { revenueAnswers } from './revenue-answers.ts'

/** What examples answer about the company of `example-company.ts`, worked out by hand. */
export const exampleAnswers: Readonly<Record<string, Rows>> = {
  ...revenueAnswers,
  // In June Acme's plans overlap: the one that began last counts. What nobody is billed for has no plan.
  'revenue-by-plan-then.hunch': [
    ['2026-06-01', 'enterprise', 1500],
    ['2026-07-01', 'pro', 600],
    ['2026-08-01', 'enterprise', 1500 + 4000],
    ['2026-08-01', 'pro', 600 + 900],
    ['2026-08-01', null, 250],
    ['2026-09-01', 'enterprise', 4000],
    ['2026-09-01', 'pro', 900],
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
  'duplicate-people.hunch': [['ann@acme', 2, 2, '2026-01-10T00:00:00Z']],
  // One of the 22 logins is nobody's.
  'feature-adoption.hunch': [
    ['login', 7, 22, 22 / 7],
    ['created_project', 3, 3, 1],
    ['signed_up', 3, 3, 1],
    ['invited_teammate', 2, 2, 1],
    ['report_created', 1, 1, 1],
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
  // Only Cho began with a report; Bob, Gus, Fay and Joe did nothing but log in, and Bob still does.
  'first-feature.hunch': [
    ['created_project', 5, 1],
    [null, 4, 1 / 4],
    ['report_created', 1, 0],
  ],
  // Normal: 30, 1 and 23 hours, and one without a reply. Urgent: 6 and 3.
  'first-reply.hunch': [
    ['normal', 4, 23, 30, 1],
    ['urgent', 2, 4.5, 6, 0],
  ],
  'lost-their-champion.hunch': [
    ['Birch', 4000, '2026-08-21T16:20:00Z'],
    ['Inlet', 2000, '2026-07-15T10:00:00Z'],
  ],
  'never-logged-in.hunch': [
    ['fay@dune', 'Dune', '2026-06-15T00:00:00Z'],
    ['Ann@Acme ', 'Cedar', '2026-08-01T00:00:00Z'],
    [null, null, '2026-09-01T00:00:00Z'],
  ],
  'open-tickets-over-time.hunch': [
    ['2026-06-22', 0, 0],
    ['2026-06-29', 1, 0],
    ['2026-07-06', 0, 0],
    ['2026-07-13', 0, 0],
    ['2026-07-20', 0, 0],
    ['2026-07-27', 0, 0],
    ['2026-08-03', 2, 0],
    ['2026-08-10', 0, 0],
    ['2026-08-17', 1, 1],
    ['2026-08-24', 0, 0],
    ['2026-08-31', 1, 1],
    ['2026-09-07', 2, 1],
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
  'roles-by-plan.hunch': [
    ['enterprise', 'admin', 3, 3],
    ['enterprise', 'member', 1, 1],
    ['pro', 'admin', 3, 3],
    ['pro', 'member', 2, 2],
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
  'signups-against-last-year.hunch': [
    ['organic', 3, 1, 2, 2],
    ['paid_search', 2, 0, 2, null],
  ],
  // Dan and Hal after exactly a day, Eve after an hour; Ann and Ida took longer.
  'straight-to-a-project.hunch': [
    ['signed_up', 1, 8, 1, null, null],
    ['created_project', 2, 3, 3 / 8, 3 / 8, 1],
  ],
  'plans-by-country.hunch': [
    ['DE', 0, 0, 1, 0],
    ['EE', 1, 2, 0, 0],
    ['FI', 1, 0, 1, 0],
    ['US', 0, 0, 1, 0],
    [null, 0, 1, 0, 1],
  ],
  // Acme and Birch were there in August and September, Inlet in July.
  'quiet-large-accounts.hunch': [['Inlet', 'enterprise', 2000]],
  'revenue-against-the-month-before.hunch': [
    ['enterprise', 4000, null, 4000, null],
    ['pro', 1500 + 900, 600, 1800, 3],
    [null, 250, null, 250, null],
  ],
  'revenue-by-plan-with-total.hunch': [
    ['enterprise', 12_000 + 4000 + 2000, 3, 6000, false],
    ['pro', 3 * 1500 + 2 * 600 + 900, 6, 1100, false],
    [null, 250, 1, 250, false],
    ['all plans', 18_000 + 6600 + 250, 10, 2485, true],
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
  'win-rate.hunch': [
    ['Kai', 3, 3, 1, 23_200],
    ['Lea', 3, 2, 2 / 3, 52_000],
    ['Mia', 1, 0, 0, 0],
  ],
  // From 18 May to 16 July, and from then to 14 September.
  'usage-falling.hunch': [
    ['Inlet', 2000, 1, 0],
    ['Fjord', 900, 5, 2],
    ['Dune', 0, 1, 0],
  ],
  // Within 4 hours: 2, 3 and 1; then 6 and 23; then 30 and 48.
  'waiting-times.hunch': [
    ['1. < 4', 3, 0, 3 / 7],
    ['2. 4–24', 2, 1 / 2, 2 / 7],
    ['3. 24+', 2, 1 / 2, 2 / 7],
  ],
  'who-works-with-whom.hunch': [
    ['Kai', 'Acme'],
    ['Kai', 'Cedar'],
    ['Kai', 'Ember'],
    ['Kai', 'Fjord'],
    ['Kai', 'Inlet'],
    ['Lea', 'Birch'],
    ['Lea', 'Cedar'],
  ],
}
