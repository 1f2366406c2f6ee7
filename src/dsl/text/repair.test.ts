import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from './format.ts'

/** What somebody wrote, and the steps that are compiled for it. */
const repairs: readonly (readonly [what: string, written: string, meant: string])[] = [
  [
    '`==` and `<>`',
    'from account\nwhere plan == "pro" and source <> "organic"',
    'from account\nwhere plan = "pro" and source != "organic"',
  ],
  [
    '`&&`, `||` and `!`',
    'from account\nwhere is_active && !(mrr > 3) || mrr = 1',
    'from account\nwhere is_active and not mrr > 3 or mrr = 1',
  ],
  [
    '`is null` and `= null`',
    'from account\nwhere activated_at is not null and owner.role = null',
    'from account\nwhere activated_at is not empty and owner.role is empty',
  ],
  [
    'values without quotes',
    'from account\nwhere plan = pro and source in (organic, "referral")',
    'from account\nwhere plan = "pro" and source in ("organic", "referral")',
  ],
  [
    'brackets, `is` and a `when` without `else`',
    'from account\nwhere plan in ["pro", "free"] and name is "x" and name is not "y"\nadd size = when(mrr > 100: "large", "small")',
    'from account\nwhere plan in ("pro", "free") and name = "x" and name != "y"\nadd size = when(mrr > 100: "large", else: "small")',
  ],
  [
    'conditions of aggregates elsewhere',
    'from invoice\ngroup all: a = sum(amount) filter (where status = "paid"), b = sumif(amount, status = "open"), c = avg(status = "paid")',
    'from invoice\ngroup all: a = sum(amount where status = "paid"), b = sum(amount where status = "open"), c = share(status = "paid")',
  ],
  [
    'the distance of two times beside a length of time',
    'from account\nwhere activated_at - created_at < 7 days and 2 hours >= activated_at - created_at',
    'from account\nwhere activated_at < created_at + 7 days and activated_at <= created_at + 2 hours',
  ],
  [
    'a period beside its number',
    'from account\nwhere month(created_at) = 3 and hour(created_at) >= 9',
    'from account\nwhere month_of_year(created_at) = 3 and hour_of_day(created_at) >= 9',
  ],
  [
    'texts that are added up',
    'from account\nadd x = plan + "/" + mrr\nadd y = concat(plan, mrr)',
    'from account\nadd x = concat(plan, "/", text(mrr))\nadd y = concat(plan, text(mrr))',
  ],
  [
    'an average over all rows in a condition',
    'from invoice\ngroup by account: paid = sum(amount)\nwhere paid > 10 * avg(paid)',
    'from invoice\ngroup by account: paid = sum(amount)\nwhere paid > 10 * avg(paid per all)',
  ],
  [
    'the total of an aggregate within its group',
    'from account\ngroup by plan: part = count() / total(count())',
    'from account\ngroup by plan: part = count() / count(per all)',
  ],
  [
    'a number of periods',
    'from account\ngroup by day(created_at): n = count()\nadd x = n / previous(n, 7)',
    'from account\ngroup by day(created_at): n = count()\nadd x = n / previous(n, 7 days)',
  ],
  [
    'a unit without its time, and a range that includes today',
    'from account\nwhere created_at in last 30 days including today\ngroup by month: n = count()\nhead 3',
    'from account\nwhere created_at in last 30 days including this\ngroup by month(created_at): n = count()\nlimit 3',
  ],
  [
    'arrows between stages',
    'from user\nfunnel events: "signed_up" -> "report_created" => "login"',
    'from user\nfunnel events: "signed_up" then "report_created" then "login"',
  ],
  [
    'a column by the function alone that it is named after',
    'from account\ngroup by hour_of_day(created_at): n = count()\nsort hour_of_day',
    'from account\ngroup by hour_of_day(created_at): n = count()\nsort hour_of_day_created_at',
  ],
  [
    'values and labels in other letters',
    'from account\nwhere plan in ("Pro", "ENTERPRISE")',
    'from account\nwhere plan in ("pro", "enterprise")',
  ],
  [
    '`count(*)` and `count(distinct x)`',
    'from account\ngroup by plan: n = count(*), c = count(distinct country)',
    'from account\ngroup by plan: n = count(), c = count_distinct(country)',
  ],
  [
    'percentiles of other languages',
    'from invoice\ngroup all: a = p90(amount), b = quantile(amount, 0.35), c = percentile(amount, 0.999)',
    'from invoice\ngroup all: a = percentile(amount, 90), b = percentile(amount, 35), c = percentile(amount, 99.9)',
  ],
  [
    'aggregates of other languages',
    'from account\ngroup all: a = stdev(mrr), b = string_agg(plan), c = bool_or(is_active), d = corr(mrr, mrr)',
    'from account\ngroup all: a = stddev(mrr), b = list(plan), c = any(is_active), d = correlation(mrr, mrr)',
  ],
  [
    'dates in quotes',
    'from account\nwhere created_at >= "2025-01" and renews_on between "2025-01-01" and \'2025-02-01\' and created_at < "2025-03-14 09:30"',
    'from account\nwhere created_at >= 2025-01 and renews_on between 2025-01-01 and 2025-02-01 and created_at < 2025-03-14T09:30',
  ],
  [
    'the unit of a period elsewhere',
    'from account\nadd a = end_of(created_at, month)\nadd b = end_of(quarter(renews_on))\nadd c = start_of("month", renews_on)',
    'from account\nadd a = end_of(month, created_at)\nadd b = end_of(quarter, renews_on)\nadd c = start_of("month", renews_on)',
  ],
  [
    'the last by a falling order',
    'from invoice\ngroup all: x = first(status by paid_at desc)',
    'from invoice\ngroup all: x = last(status by paid_at)',
  ],
  [
    'a path that goes without saying in an aggregate',
    'from account\nadd x = last(invoices.status by invoices.paid_at where invoices.amount > 3)',
    'from account\nadd x = last(invoices.status by paid_at where amount > 3)',
  ],
  [
    'a missing path prefix',
    'from invoice\ngroup by country: n = count()',
    'from invoice\ngroup by account.country: n = count()',
  ],
  [
    'a missing path prefix of several parts',
    'from event\ngroup by plan: n = count()',
    'from event\ngroup by user.account.plan: n = count()',
  ],
  [
    'the prefix of expanded rows',
    'from account\nexpand users\ngroup by role: n = count()',
    'from account\nexpand users\ngroup by users.role: n = count()',
  ],
  ['a model for its relation', 'from account\nadd n = count(user)', 'from account\nadd n = count(users)'],
  ['a table, plural, label or synonym for its model', 'from customers\nlimit 3', 'from account\nlimit 3'],
  ['singular and plural of a field', 'from account\nshow names, countries', 'from account\nshow name, country'],
  [
    '`asc` and `desc` in other words',
    'from account\nsort mrr DESCENDING, name asc',
    'from account\nsort mrr desc, name',
  ],
  [
    'trailing commas and semicolons',
    'from account;\ngroup by plan,: n = count(),',
    'from account\ngroup by plan: n = count()',
  ],
  ['code fences', '```hunch\nfrom account\nlimit 3\n```', 'from account\nlimit 3'],
  ['pipes', 'from account | where is_active\n  |> limit 3', 'from account\nwhere is_active\nlimit 3'],
  ['curly quotes', 'from account\nwhere plan = “pro”', 'from account\nwhere plan = "pro"'],
  [
    'verbs of SQL',
    'from account\nselect name, mrr\norder by mrr desc\nhaving mrr > 3',
    'from account\nshow name, mrr\nsort mrr desc\nwhere mrr > 3',
  ],
  ['a model in other letters', 'from Accounts\nlimit 3', 'from account\nlimit 3'],
  [
    'a name behind its value in a group',
    'from account\ngroup by month(created_at) as m: count() as n',
    'from account\ngroup by m = month(created_at): n = count()',
  ],
  ['`top` without `by`', 'from account\ntop 5 mrr', 'from account\ntop 5 by mrr'],
  [
    'conditions that are counted or added up',
    'from account\ngroup by plan: large = count(mrr > 100), active = sum(is_active), both = count(mrr > 100 where is_active)',
    'from account\ngroup by plan: large = count(where mrr > 100), active = count(where is_active), both = count(where mrr > 100 and is_active)',
  ],
  [
    'an order or a condition in the place of another',
    'from account\ngroup by plan: latest = last(name, created_at), active = share(where is_active)',
    'from account\ngroup by plan: latest = last(name by created_at), active = share(is_active)',
  ],
  [
    '`group` with its keys behind',
    'from account\ngroup n = count(), avg(mrr) by plan, month(created_at)',
    'from account\ngroup by plan, month(created_at): n = count(), avg(mrr)',
  ],
  ['`group` without `by`', 'from account\ngroup plan: n = count()', 'from account\ngroup by plan: n = count()'],
  [
    '`like`',
    'from account\nwhere name like "%soft%" or name like "A%"',
    'from account\nwhere name contains "soft" or name starts with "A"',
  ],
  [
    '`date_trunc` and other calls',
    'from account\ngroup by date_trunc("month", created_at): m = average(mrr), n = coalesce(sum(mrr), 0)',
    'from account\ngroup by month(created_at): m = avg(mrr), n = sum(mrr) ?? 0',
  ],
  ['functions in capitals', 'from account\ngroup by plan: n = SUM(mrr)', 'from account\ngroup by plan: n = sum(mrr)'],
  ['a reversed `between`', 'from account\nwhere mrr between 10 and 1', 'from account\nwhere mrr between 1 and 10'],
  [
    'a metric without its parentheses',
    'from account\ngroup by plan: n = signups',
    'from account\ngroup by plan: n = signups()',
  ],
  [
    'a chart column misspelt',
    'from account\ngroup by month(created_at): revenue = sum(mrr)\nchart line months, revenu',
    'from account\ngroup by month(created_at): revenue = sum(mrr)\nchart line month, revenue',
  ],
  [
    'series left out of `fill`',
    'from account\ngroup by month(created_at), plan: n = count()\nfill month with 0',
    'from account\ngroup by month(created_at), plan: n = count()\nfill month per plan with 0',
  ],
  [
    'two columns of one name',
    'from user\ngroup by month(created_at), m = month(account.created_at), month(account.activated_at): n = count()',
    'from user\ngroup by month(created_at), m = month(account.created_at), month_2 = month(account.activated_at): n = count()',
  ],
  [
    'a relation counted in a group',
    'from account\ngroup by plan: n = count(users)',
    'from account\ngroup by plan: n = sum(count(users))',
  ],
  ['a relation shown as a value', 'from invoice\nshow account, amount', 'from invoice\nshow account.name, amount'],
  [
    'several columns in one `add`, names first in `show`',
    'from account\nadd a = mrr + 1, b = a * 2\nshow name, c = b',
    'from account\nadd a = mrr + 1\nadd b = a * 2\nshow name, b as c',
  ],
  ['steps set in below `from`', 'from account\n  where is_active\n  limit 3', 'from account\nwhere is_active\nlimit 3'],
]

test.each(repairs)('mends %s', (_what, written, meant) => {
  const { tree, fixes } = expectAccepted(planExploration(written, languageContext))
  expect(format({ ...tree, header: {} })).toBe(`${meant}\n`)
  if (!written.includes('\n  where')) expect(fixes.length).toBeGreaterThan(0)
})

test('tells what was mended', () => {
  const { fixes } = expectAccepted(planExploration('from accounts\nwhere plan == "Pro"\nlimit 3;', languageContext))
  expect(fixes).toEqual(['== → =', 'mark at the end of the line left out', 'accounts → account', '"Pro" → "pro"'])
})

test('mends nothing when it is not the only way', () => {
  const outcome = planExploration('from user\nshow account.mr', languageContext)
  expect(outcome.ok).toBe(false)
  expect(outcome.diagnostics).toMatchObject([{ code: 'unknown-name', candidates: ['mrr'], fixes: [] }])
})
