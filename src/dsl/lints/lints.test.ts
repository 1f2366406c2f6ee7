import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { compile } from '../compile.ts'
import { lintRows } from './lint-rows.ts'

const compileText = (text: string) => expectAccepted(compile(text, { ...languageContext, asOf: '2026-09-15' }))
const lint = (text: string) => compileText(text).lints.map(({ code, message }) => `${code}: ${message}`)

const days = 'from event\ngroup by day(at): n = count()\n'

test.each([
  ['of a ratio', 'rate = count(where activated_at is not empty) / count()'],
  ['of a ratio in percent', 'rate = 100 * (sum(mrr) / sum(seats))'],
  ['of an average', 'rate = avg(mrr)'],
])('an average %s of each group is told', (_, measure) => {
  const text = `from account\ngroup by country: ${measure}\ngroup all: mean = avg(rate)`
  expect(lint(text)).toEqual([
    'ratio-averaged: `rate` is a ratio or an average of each row, and `avg(rate)` weighs all rows alike',
  ])
})

test('a ratio of two columns of a group is one, too, and one of a row is not', () => {
  const grouped = 'from account\ngroup by country: n = count(), money = sum(mrr)\nadd each = money / n\n'
  expect(lint(`${grouped}group all: mean = avg(each)`)).toHaveLength(1)
  expect(lint(`${grouped}show country, each\ngroup all: mean = avg(each)`)).toHaveLength(1)
  expect(lint(`${grouped}group all: mean = weighted_avg(each, n)`)).toEqual([])
  expect(lint(`${grouped}group all: mean = avg(money)`)).toEqual([])
  expect(lint('from account\nadd each = mrr / seats\ngroup all: mean = avg(each)')).toEqual([])
})

test('what `previous` looks back to is told where most rows lack it', () => {
  const monthly = (range: string, back: string) =>
    lint(`from event\nwhere at in ${range}\ngroup by month(at): n = count()\nadd before = previous(n${back})`)
  expect(monthly('last 12 months', ', 12 months')).toEqual([
    'previous-cut: `previous(n, 12 months)` looks back 12 months, and rows before 2025-09-01 are left out above',
  ])
  expect(monthly('last 23 months', ', 12 months')).toHaveLength(1)
  expect(monthly('last 24 months', ', 12 months')).toEqual([])
  expect(monthly('last 24 months', '')).toEqual([])
  expect(lint(`${days}where day in last 7 days\nadd before = pct_change(n, 7 days)`)).toHaveLength(1)
  expect(lint(`${days}add before = previous(n, 7 days)\nwhere day in last 7 days`)).toEqual([])
  expect(lint(`${days}where day in last 7 days\nadd after = next(n, 7 days)`)).toEqual([])
})

test('an aggregate that looks back is told of the rows that a condition has left out', () => {
  const active = 'group by day(at): n = count_distinct(user over 30 days)'
  expect(lint(`from event\nwhere at in last 90 days\n${active}`)).toEqual([
    'window-cut: `count_distinct(user over 30 days)` looks back 30 days, and rows before 2026-06-17 are left out above',
  ])
  expect(lint(`from event\nwhere at before 2026-06-17\n${active}`)).toEqual([])
  expect(lint(`from event\n${active}\nwhere day in last 90 days`)).toEqual([])
})

test('a last period that is not over is told where it is drawn or tested', () => {
  const chart = 'group by month(at): n = count()\nchart line month, n'
  const told = ['period-incomplete: the last month is not over on 15 Sep 2026, and would look like a fall']
  expect(lint(`from event\n${chart}`)).toEqual(told)
  expect(lint(`from event\nwhere at in last 3 months including this\n${chart}`)).toEqual(told)
  expect(lint(`from event\nwhere at in last 3 months\n${chart}`)).toEqual([])
  expect(lint(`from event\nwhere at in next 3 months including this\n${chart}`)).toEqual([])
  expect(lint(`from event\ngroup by month(at): n = count()\nwhere month in last 3 months\nchart bar month, n`)).toEqual(
    [],
  )
  expect(lint(`from event\ngroup by month(at): n = count()\ntest level_shift n over month`)).toEqual(told)
  expect(lint(`${days}test level_shift n over day`)).toHaveLength(1)
})

test('a last period is known to be over by what was kept of the times behind it', () => {
  const kept = (range: string, rest: string) => lint(`from event\nwhere at in ${range}\n${rest}`)
  for (const rest of [
    'sessions per user gap 30 minutes\ngroup by month(started_at): n = count()\nchart line month, n',
    'group by day(at): n = count()\ngroup by month(day): n = sum(n)\nchart line month, n',
    'add month = month(at)\ngroup by month: n = count()\nchart line month, n',
    'show month(at), id\ngroup by month: n = count()\nchart line month, n',
  ]) {
    expect(kept('last 3 months', rest)).toEqual([])
    expect(kept('last 3 months including this', rest)).toHaveLength(1)
  }
  const signups = (range: string) =>
    `from user\nwhere created_at in ${range}\ngroup by month(created_at): n = count()\n`
  const logins = 'from event\nwhere at in last 3 months\ngroup by month(at): n = count()\n'
  const appended = (range: string) =>
    `block signed_up\n${signups(range)}\n${logins}append block signed_up\nchart bar month, n`
  expect(lint(appended('last 3 months'))).toEqual([])
  expect(lint(appended('this month'))).toHaveLength(1)
})

test('what a period ends with, what lasts, and a lifecycle are as whole in the last period as in others', () => {
  const lasting = 'from subscription\nrepeat every month from started_at to ended_at\n'
  expect(lint(`${lasting}group by month: n = count()\nchart line month, n`)).toEqual([])
  expect(lint(`${lasting}group by quarter(month): n = count()\nchart line quarter, n`)).toHaveLength(1)
  const balances = 'from balance\ngroup by account, month(day): credits = last(credits by day)\n'
  const sum = 'group by month: credits = sum(credits)\nchart area month, credits'
  expect(lint(`${balances}${sum}`)).toHaveLength(1)
  expect(lint(`${balances}fill month per account with previous\n${sum}`)).toEqual([])
  expect(lint('from balance\ngroup by month(day): credits = last(credits by day)\nchart line month, credits')).toEqual(
    [],
  )
  expect(lint('from user\nlifecycle by month on events\nchart bar month, new')).toEqual([])
})

test('the sum of what another row holds is told', () => {
  expect(lint('from user\ngroup by role: money = sum(account.mrr)')).toEqual([
    'shared-value: one row of `account` stands beside several here, and `sum(account.mrr)` adds it up for each',
  ])
  expect(lint('from user\ngroup by role: money = sum(account.mrr * 12)')).toHaveLength(1)
  expect(lint('from user\ngroup by role: money = max(account.mrr)')).toEqual([])
  expect(lint('from account\ngroup by plan: money = sum(mrr)')).toEqual([])
  expect(lint('from invoice\ngroup by status: money = sum(amount / account.seats)')).toEqual([])
})

test('the sum over time of what is held is told', () => {
  const told = ['sum-over-time: `credits` is held and not gained, and `sum(credits)` adds up all times of it']
  expect(lint('from balance\ngroup by month(day): credits = sum(credits)')).toEqual(told)
  expect(lint('from balance\ngroup by account: credits = sum(credits)')).toEqual(told)
  expect(lint('from account\nadd credits = sum(balances.credits)')).toHaveLength(1)
  expect(lint('from account\nadd credits = sum(balances.credits where day = 2026-08-31)')).toEqual([])
  expect(lint('from balance\ngroup by day: credits = sum(credits)')).toEqual([])
  expect(lint('from balance\nwhere day = 2026-08-31\ngroup by account: credits = sum(credits)')).toEqual([])
  expect(lint('from balance\ngroup by month(day): credits = avg(credits)')).toEqual([])
  expect(lint('from metric credits_left by month')).toEqual([])
})

test('a metric of what is held is asked for by its periods', () => {
  const outcome = compile('from balance\ngroup by month(day): credits = credits_left()', languageContext)
  expect(outcome.diagnostics).toMatchObject([
    { code: 'over-time-here', hint: 'Start with it, as in `from metric credits_left by month`.' },
  ])
})

test('hours and minutes of `repeat` do not reach far, and say so', () => {
  const repeat = (unit: string) => `repeat every ${unit} from created_at to activated_at\ngroup by ${unit}: n = count()`
  expect(lint(`from account\n${repeat('hour')}`)).toEqual([
    'repeat-reach: hours are counted back to 26 Jul 2025 only, 10,000 of them',
  ])
  expect(lint(`from account\nwhere created_at since 2026-01-01\n${repeat('hour')}`)).toEqual([])
  expect(lint(`from account\n${repeat('day')}`)).toEqual([])
  const [, step] = compileText(`from account\n${repeat('day')}`).steps
  expect(step?.sentence).toContain(', from 1 May 1999; up to 15 Sep 2026')
})

test('a chart with more series than can be told apart is told by its rows', () => {
  const compiled = compileText('from event\ngroup by month(at), platform: n = count()\nchart line month, n by platform')
  const rows = (count: number) => Array.from({ length: count }, (_, at) => ['2026-01-01', `p${at}`, 1])
  expect(lintRows(compiled, rows(50))).toEqual([])
  const [told] = lintRows(compiled, rows(51))
  expect(told).toMatchObject({ code: 'series-many', severity: 'warning' })
  expect(compiled.text.slice(told?.span?.start, told?.span?.end)).toBe('chart line month, n by platform')
})
