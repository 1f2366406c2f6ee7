import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'

const mend = (text: string) => {
  const { tree } = expectAccepted(planExploration(text, languageContext))
  return format({ ...tree, header: {} }).trimEnd()
}

test.each([
  ['row_number() over (partition by country order by mrr desc)', 'row_number(by mrr desc per country)'],
  ['row_number() over (order by created_at)', 'row_number(by created_at)'],
  ['rank() over (order by mrr desc nulls last)', 'rank(mrr)'],
  ['dense_rank() over (partition by plan, country order by mrr)', 'dense_rank(mrr asc per plan, country)'],
  ['ntile(4) over (order by mrr)', 'ntile(mrr, 4 asc)'],
  ['sum(mrr) over (partition by country)', 'sum(mrr per country)'],
  ['count(*) over ()', 'count(per all)'],
  ['mrr / sum(mrr) over ()', 'mrr / sum(mrr per all)'],
  ['lag(mrr) over (partition by country order by created_at)', 'previous(mrr by created_at per country)'],
  ['lead(mrr, 1) over (order by created_at)', 'next(mrr by created_at)'],
  ['lead(mrr by created_at)', 'next(mrr by created_at)'],
  ['case when mrr > 3 then "a" when mrr > 1 then "b" else "c" end', 'when(mrr > 3: "a", mrr > 1: "b", else: "c")'],
  ['case plan when "pro" then 1 end + 1', 'when(plan = "pro": 1) + 1'],
  ['case when mrr > 3 then 1 else null end', 'when(mrr > 3: 1)'],
  ['created_at::date', 'date(created_at)'],
  ['seats::numeric(10, 2) / 3', 'round(number(seats), 2) / 3'],
  ['(mrr > 3)::int', 'round(number(mrr > 3))'],
  ['seats::text', 'text(seats)'],
  ['cast(name as double precision)', 'number(name)'],
  ['cast(created_at as timestamp with time zone)', 'created_at'],
  ['extract(year from created_at)', 'year_of(created_at)'],
  ['extract(dow from created_at)', 'day_of_week(created_at) % 7'],
  ['date_part("month", created_at)', 'month_of_year(created_at)'],
  ["to_char(created_at, 'YYYY-MM')", 'month(created_at)'],
  ['date_format(created_at, "%Y-%m-%d")', 'day(created_at)'],
  ['strftime("%Y", created_at)', 'year(created_at)'],
  ['dateadd(day, 7, created_at)', 'created_at + 7 days'],
  ['dateadd("month", -1, renews_on)', 'renews_on - 1 month'],
  ['date_add(created_at, interval 7 day)', 'created_at + 7 days'],
  ["created_at - interval '2 weeks'", 'created_at - 2 weeks'],
  ["created_at > '2025-01-01'::date", 'created_at > 2025-01-01'],
  ['created_at > 7 days ago', 'created_at > today() - 7 days'],
  ['created_at > 3 hours ago', 'created_at > now() - 3 hours'],
  ['days_between(created_at, current_date())', 'days_between(created_at, today())'],
  ['greatest(mrr, seats)', 'max_of(mrr, seats)'],
  ['least(mrr, seats, 3)', 'min_of(mrr, seats, 3)'],
  ['nullif(mrr, 0)', 'when(mrr != 0: mrr)'],
  ['coalesce(mrr, seats, 0)', 'mrr ?? seats ?? 0'],
  ['isnull(mrr, 0)', 'mrr ?? 0'],
  ['left(name, 3)', 'substring(name, 1, 3)'],
  ['lpad(name, 5, "0")', 'pad(name, 5, "0")'],
  ["name || ' (' || plan || ')'", 'concat(name, " (", plan, ")")'],
  ['is_active || mrr > 3', 'is_active or mrr > 3'],
  ['created_at >= current_date - 7 days', 'created_at >= today() - 7 days'],
  ["created_at > date '2025-01-01'", 'created_at > 2025-01-01'],
  ["created_at > timestamp '2025-01-01 10:00:00'", 'created_at > 2025-01-01T10:00:00'],
  ['created_at > 2025-01-01 9:30', 'created_at > 2025-01-01T09:30'],
  ['created_at > last 30 days', 'created_at in last 30 days'],
  ['created_at >= yesterday', 'created_at >= today() - 1 day'],
  ['extract(epoch from (activated_at - created_at))', 'seconds_between(created_at, activated_at)'],
  ['datediff("second", created_at, activated_at)', 'seconds_between(created_at, activated_at)'],
  ['isnull(mrr)', 'mrr is empty'],
  ['mod(seats, 2)', 'seats % 2'],
  ["concat_ws(' ', name, plan)", 'concat(name, " ", plan)'],
  ['arg_max(invoices.amount, invoices.paid_at)', 'last(invoices.amount by paid_at)'],
  ['sum(invoices.amount, where status = "paid")', 'sum(invoices.amount where status = "paid")'],
  ["string_agg(users.email, ', ')", 'list(users.email)'],
  ['exists(users.account where plan = "pro")', 'any(users.account where plan = "pro")'],
  ["renews_on in ('2025-01-01', '2025-02-01')", 'renews_on in (2025-01-01, 2025-02-01)'],
])('%s is %s', (written, meant) => {
  expect(mend(`from account\nadd x = ${written}`)).toBe(`from account\nadd x = ${meant}`)
  // What is mended is canonical, and says the same.
  expect(mend(`from account\nadd x = ${meant}`)).toBe(`from account\nadd x = ${meant}`)
})

test.each([
  ['sum(mrr) over (order by created_at)', '`sum(…) over (…)` is said without `over` here'],
  [
    'avg(mrr) over (order by created_at rows between 6 preceding and current row)',
    '`avg(…) over (…)` is said without `over` here',
  ],
  ['row_number() over (order by mrr, name)', '`row_number(…) over (…)` is said without `over` here'],
  ['lag(mrr, 2) over (order by created_at)', '`lag(…) over (…)` is said without `over` here'],
  ['extract(epoch from created_at)', 'there is no part `epoch` of a time'],
  ['name::jsonb', 'there is no type `jsonb` to turn a value into'],
  ['cast(name as uuid)', 'there is no type `uuid` to turn a value into'],
])('%s is told how it is said', (written, message) => {
  const { diagnostics } = planExploration(`from account\nadd x = ${written}`, languageContext)
  expect(diagnostics).toMatchObject([{ code: 'foreign-words', message, fixes: [] }])
})

test.each([
  ['where exists (select 1 from users)', 'a value holds no steps of its own'],
  ['where mrr = (select max(mrr) from account)', 'a value holds no steps of its own'],
  ['union', 'there is no step `union`'],
  ['with t as (select 1)', 'there is no step `with`'],
  ['rename mrr as revenue', 'there is no step `rename`'],
  ['limit 10 offset 5', '`limit` takes a number, and no `offset`'],
  ['limit 1 per plan', '`limit` takes a number, and no `per`'],
  ['top 3 name by mrr', '`top` keeps whole rows, and is followed by `by`'],
  ['sort name nulls first', 'empty values come last in both directions'],
  ['show *, mrr * 2 as x', 'all columns are shown where no `show` chooses some'],
])('%s is told how it is said', (step, message) => {
  const { diagnostics } = planExploration(`from account\n${step}`, languageContext)
  expect(diagnostics).toMatchObject([{ code: 'foreign-words', message, fixes: [] }])
})

test.each([
  ['let x = mrr * 2', 'add x = mrr * 2'],
  ['add mrr * 2 as x', 'add x = mrr * 2'],
  ['where mrr > 3, plan = "pro" or plan = "free"', 'where mrr > 3\nwhere plan = "pro" or plan = "free"'],
  ['group by (plan, country): n = count()', 'group by plan, country: n = count()'],
  ['group by plan:\n  n = count()\n  total = sum(mrr)', 'group by plan: n = count(), total = sum(mrr)'],
  ['group by plan: p = percentile_cont(0.9) within group (order by mrr)', 'group by plan: p = percentile(mrr, 90)'],
  ['sort name desc nulls last', 'sort name desc'],
  ['sort mrr desc\ntop 3', 'sort mrr desc\nlimit 3'],
])('the step %s is %s', (written, meant) => {
  expect(mend(`from account\n${written}`)).toBe(`from account\n${meant}`)
})

test.each([
  ['from account a\nwhere a.mrr > 3', 'from account\nwhere mrr > 3'],
  ['from user as u\nshow u.email, u.account.plan', 'from user\nshow email, account.plan'],
  ['from account\nwhere account.plan = "pro"', 'from account\nwhere plan = "pro"'],
])('%s names columns of its rows', (written, meant) => {
  expect(mend(written)).toBe(meant)
})

test('all columns are shown without `show *`, and a comment may start as in SQL', () => {
  expect(mend('-- all of them\nfrom account\nshow *')).toBe('# all of them\nfrom account')
})

test.each([
  ['from user\njoin account', 'leave this line out, and write `account.name` where the value is needed'],
  ['from account\njoin users', '`count(users)` or `any(users where …)`'],
  ['from account\ngroup by plan\nadd x = sum(mrr)', 'behind the colon: `group by plan: x = max(mrr)`'],
  ['from account\ngroup by plan\nhaving count(*) > 3', 'as `n = count()` behind its colon'],
  ['from account\ngroup by rollup(plan): n = count()', 'Write the keys alone, and `totals` on the line below'],
  ['from account\nshow sum(mrr)', 'as `group all: n = sum(mrr)` for one row'],
])('the hint for %s says what to write', (text, hint) => {
  const { diagnostics } = planExploration(text, languageContext)
  expect(diagnostics.map((one) => one.hint)).toEqual([expect.stringContaining(hint)])
})

test('columns may be called as what other languages keep for themselves', () => {
  const text = 'from account\nadd case = mrr\nadd interval = case + 1\nadd cast = interval\nshow case, interval, cast'
  expect(mend(text)).toBe(text)
})
