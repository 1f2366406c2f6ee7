import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../../tests/support/marked-source.ts'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { compile } from '../compile.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'
import { parse } from '../text/parse.ts'

const compileText = (text: string) => expectAccepted(compile(text, languageContext))
const sentence = (text: string) => compileText(text).steps.at(-1)?.sentence
const columns = (text: string) => compileText(text).columns.map(({ name }) => name)

test.each([
  ['from account\nshow plan, country\nunique', 'Keep one row for each combination of plan, country'],
  [
    'from account\npivot plan rest as "none" by month(created_at): signups = count()',
    'For each month, work out the number of accounts, one column for each plan (Free, Pro, Enterprise, none)',
  ],
  [
    'from account\ngroup by plan: n = count(), mrr = sum(mrr)\nunpivot n, mrr as what, amount',
    'Make a row of each of n, mrr: its name as what, its value as amount',
  ],
  [
    'from account\ngroup by plan, country: n = count()\ntotals as "All" per plan',
    'Add a row of totals for each plan, called “All”, worked out from all rows below the group',
  ],
  [
    'from invoice\ncompare paid_at in last month to last month 1 year ago by account.plan: revenue = sum(amount)',
    "For each account's plan, compare the total amount: paid at in the last full month (Aug 2026), against the last full month, 1 year earlier (Aug 2025)",
  ],
  ['from account\nsample 20', 'Keep 20 of the accounts, picked as if at random, the same ones each time'],
  [
    'from account\ncompare plan = "pro" to "free": n = count()',
    'Compare the number of accounts: where plan is Pro, against where plan is Free',
  ],
])('%j is said in plain words', (text, words) => {
  expect(sentence(text)).toBe(words)
})

test.each([
  ['pivot plan: n = count()', ['free', 'pro', 'enterprise']],
  ['pivot plan in ("pro") by country: n = count(), m = sum(mrr)', ['country', 'pro_n', 'pro_m']],
  ['pivot is_active by plan: count()', ['plan', 'true', 'false']],
  ['compare 2026 to 2025: signups()', ['signups', 'signups_before', 'signups_change', 'signups_change_pct']],
  [
    'compare source = "paid_search" to "organic" by plan: n = count()',
    ['plan', 'n_paid_search', 'n_organic', 'n_change', 'n_change_pct'],
  ],
])('%s gives columns of deterministic names', (step, names) => {
  expect(columns(`from account\n${step}`)).toEqual(names)
})

test('two periods are compared, a stretch stands in parentheses', () => {
  const text = 'from invoice\ncompare paid_at in (2026-01 to 2026-03) to (2025-01 to 2025-03 1 year ago): n = count()\n'
  expect(format(expectAccepted(parse(text)))).toBe(text)
  const years = 'from invoice\ncompare paid_at in 2026 to 2025: n = count()\n'
  expect(expectAccepted(parse(years)).steps[1]).toMatchObject({
    sides: { first: { kind: 'period', period: '2026' }, second: { kind: 'period', period: '2025' } },
  })
})

test.each<[DiagnosticCode, string, string]>([
  [
    'pivot-values',
    'from account\npivot «country» by plan: n = count()',
    'the catalog does not know the values of `country`',
  ],
  [
    'name-case',
    'from account\npivot «country» in ("EE", "ee"): n = count()',
    'the columns `EE` and `ee` would differ by case only',
  ],
  [
    'name-taken',
    'from account\npivot «plan» rest as "source" by source: n = count()',
    'two columns would be called `source`',
  ],
  [
    'sample-here',
    'from account\nshow plan\n«sample 3»',
    'it is not known what tells these rows apart, by which some of them could be picked',
  ],
  ['unknown-name', 'from account\npivot plan: n = sum(«mr»)', 'an account has no `mr`'],
  [
    'to-many-outside-aggregate',
    'from account\npivot «users.role»: n = count()',
    '`users.role` leads to many rows for each account',
  ],
  [
    'unknown-name',
    'from account\ngroup by plan: n = count()\nunpivot n, «m» as what, amount',
    'there is no column `m` here',
  ],
  ['type-mismatch', 'from account\n«unpivot plan, mrr as what, value»', '`plan` is a text and `mrr` is a number'],
  [
    'totals-here',
    'from account\n«totals»',
    '`totals` stands right behind a `group by`, and sums over at least one of its keys',
  ],
  [
    'totals-here',
    'from account\ngroup by plan: n = count()\n«totals per plan»',
    '`totals` stands right behind a `group by`, and sums over at least one of its keys',
  ],
  [
    'totals-here',
    'from account\ngroup by month(created_at): n = count()\n«totals as "All"»',
    'the group has no text key that could hold the name of the totals',
  ],
  [
    'repeated-value',
    'from account\ngroup by plan, country: n = count()\ntotals\ngroup by plan: n = «sum(n)»',
    '`n` stands once for each row and once more for its total here, so that `sum` would count it several times',
  ],
  [
    'repeated-value',
    'from account\ngroup by plan: n = count(), m = sum(mrr), s = sum(seats)\nunpivot m, s as what, x\ngroup by plan: n = «sum(n)»',
    '`n` stands once for each what here, so that `sum` would count it several times',
  ],
  ['compare-time', 'from account\ncompare «2026 to 2025»: n = count()', 'it is not said of which time the ranges are'],
  ['compare-sides', 'from account\ncompare «plan = "pro" to "pro"»: n = count()', 'both sides are the same'],
  [
    'type-mismatch',
    'from account\ncompare created_at in 2026 to 2025: «last = max(created_at)»',
    '`last` is no number, which alone can change',
  ],
  ['not-aggregated', 'from account\ncompare created_at in 2026 to 2025: x = «mrr»', '`mrr` has many values in a group'],
  [
    'rest-here',
    'from account\ngroup by month(created_at): n = count()\n«top 3 by n rest as "Other"»',
    '`rest as` stands right behind a `group by`, of which a text key holds its name',
  ],
])('%s in %j', (code, marked, message) => {
  const { text, span } = readMarked(marked)
  const errors = planExploration(text, languageContext).diagnostics.filter(isError)
  expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
  expect(errors[0]?.span).toEqual(span)
  expect(errors[0]?.hint ?? '').toMatch(/^[A-Z`].*[.?]$/s)
})

const plans = 'block plans\nfrom account\ngroup by plan: n = count()\n\n'
test.each([
  ['`distinct`', 'from account\nshow plan\ndistinct', 'from account\nshow plan\nunique'],
  ['`select distinct`', 'from account\nselect distinct plan, country', 'from account\nshow plan, country\nunique'],
  ['`with x as`', 'with plans as\nfrom account\n\nfrom block plans', 'block plans\nfrom account\n\nfrom block plans'],
  ['`from` of a block', `${plans}from plans`, `${plans}from block plans`],
  ['`union all`', `${plans}from block plans\nunion all plans`, `${plans}from block plans\nappend block plans`],
  ['`union`', `${plans}from block plans\nunion block plans`, `${plans}from block plans\nappend block plans\nunique`],
  [
    'a join without its word',
    `${plans}from account\njoin plans on plan`,
    `${plans}from account\njoin block plans on plan`,
  ],
  [
    '`left join`',
    `${plans}from account\nleft join plans on account.plan = plans.plan`,
    `${plans}from account\njoin block plans on plan`,
  ],
  [
    '`inner join`',
    `${plans}from account\ninner join plans using (plan)`,
    `${plans}from account\njoin block plans on plan keep matching`,
  ],
  [
    '`full outer join`',
    `${plans}from account\ngroup by plan: m = count()\nfull outer join plans on plan`,
    `${plans}from account\ngroup by plan: m = count()\njoin block plans on plan keep all`,
  ],
  [
    'a value in capitals',
    'from account\npivot plan in ("Pro"): n = count()',
    'from account\npivot plan in ("pro"): n = count()',
  ],
  [
    'a time that only one column can be',
    'from user\ncompare this month to last month: n = count()',
    'from user\ncompare created_at in this month to last month: n = count()',
  ],
  [
    'a name that is taken',
    'from account\ngroup by plan: n = count(), m = sum(mrr)\nunpivot n, m as plan, amount',
    'from account\ngroup by plan: n = count(), m = sum(mrr)\nunpivot n, m as plan_2, amount',
  ],
])('mends %s', (_what, written, meant) => {
  const { tree, fixes } = expectAccepted(planExploration(written, languageContext))
  expect(format({ ...tree, header: {} })).toBe(`${meant}\n`)
  expect(fixes.length).toBeGreaterThan(0)
})
