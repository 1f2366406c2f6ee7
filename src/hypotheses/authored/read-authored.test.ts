import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readAuthored, toHypothesis } from './read-authored.ts'

const context = { catalog: languageContext.catalog, asOf: '2026-10-01' }
const read = (text: string, name = 'hypotheses/paid-search.hunch') => readAuthored({ name, text }, context)

const metric = `# Sign-ups that paid search brought
from metric signups by week where source = "paid_search" and created_at in last 52 weeks
fill week with 0
test level_shift signups over week
`

test('a metric by period with a test is a hypothesis, called by its first comment', () => {
  const outcome = read(metric)
  expect(outcome.ok && toHypothesis(outcome.value, '2026-10-01')).toMatchObject({
    template: 'paid-search.hunch',
    origin: 'authored',
    model: 'account',
    metric: 'paid-search',
    measure: 'count()',
    detector: 'level_shift',
    grain: 'week',
    statement: 'Sign-ups that paid search brought',
    subject: { label: 'Sign-ups that paid search brought', good: 'up' },
  })
})

test('its key stays from day to day, its text has the day', () => {
  const outcome = read(metric)
  if (!outcome.ok) throw new Error('it is right')
  const [today, tomorrow] = [toHypothesis(outcome.value, '2026-10-01'), toHypothesis(outcome.value, '2026-10-02')]
  expect(today.key).toBe(tomorrow.key)
  expect(tomorrow.text).toContain('as of 2026-10-02')
})

test('a grouping of its own is one too; without a comment the file gives the name', () => {
  const outcome = read(
    'from account\nwhere created_at in last 90 days\ngroup by day(created_at): sales_led = count(where source = "outbound")\nfill day with 0\ntest outlier sales_led over day\n',
    'hypotheses/sales-led.hunch',
  )
  expect(outcome.ok && outcome.value).toMatchObject({
    title: 'Sales led',
    model: 'account',
    measure: 'count(where source = "outbound")',
    metric: undefined,
    grain: 'day',
  })
})

test.each([
  ['hypothesis-untested', 'from metric signups by week where created_at in last 52 weeks\n'],
  ['hypothesis-detector', `${metric.replace('level_shift', 'peer_outlier')}`],
  [
    'hypothesis-many',
    'from account\ngroup by day(created_at), source: n = count()\ntest outlier n over day by source\n',
  ],
  ['hypothesis-shape', 'from account\nadd n = 1\ntest outlier n over created_at\n'],
  ['hypothesis-shape', 'from account\nadd n = 1\ntest duration_shift n over created_at\n'],
  ['hypothesis-shape', 'from account\ngroup by day(created_at): n = count()\ntest drift n over day\n'],
  ['hypothesis-shape', 'from account\ngroup by plan: n = count()\nadd m = 1\ntest association n over m\n'],
  ['hypothesis-shape', 'from metric signups by week\nadd n = 1\ntest lead_lag signups over week by n\n'],
  ['hypothesis-shape', 'from account\nadd n = 1\ntest retention_shift n over created_at by source, n\n'],
])('what is no hypothesis is told why: %s', (code, text) => {
  expect(read(text).diagnostics.map((one) => one.code)).toContain(code)
})

test('cohorts and waiting times are asked about by their own tests', () => {
  const cohorts = read(
    'from user\nwhere created_at in last 40 weeks\nretention by week(created_at) on events where name = "login" for 12 weeks\ntest retention_shift retained over cohort by period, cohort_size\n',
  )
  expect(cohorts.ok && [toHypothesis(cohorts.value, '2026-10-01'), cohorts.diagnostics]).toMatchObject([
    {
      model: 'user',
      measure: 'retained / cohort_size',
      detector: 'retention_shift',
      grain: 'week',
      subject: { format: 'percent' },
    },
    [],
  ])
  const waits = read(
    'from ticket\nwhere opened_at in last 200 days\nadd happened = if(closed_at is not empty, 1, 0)\nadd waited = hours_between(opened_at, if(happened = 1, closed_at, now()))\nshow day(opened_at) as began, waited, happened\ntest duration_shift waited over began by happened with recent = 14\n',
  )
  expect(waits.ok && toHypothesis(waits.value, '2026-10-01')).toMatchObject({
    model: 'ticket',
    measure: 'waited',
    detector: 'duration_shift',
    grain: 'day',
    subject: { unit: 'hours', format: 'duration' },
  })
})

test('goals and funnels are asked about by their own tests', () => {
  const pace = read(
    'from account\nwhere source = "ads" and created_at in last 300 days\ngroup by day(created_at): n = count()\nfill day with 0\ntest pace n over day with goal = 900, period = "quarter", good = "down"\n',
  )
  expect(pace.ok && toHypothesis(pace.value, '2026-10-01')).toMatchObject({
    measure: 'count()',
    detector: 'pace',
    grain: 'day',
    subject: { good: 'down' },
  })
  const funnel = read(
    'from user\nwhere created_at in last 250 days\nadd went_on = if(any(events where name = "login" and at < this.created_at + 9 days), 1, 0)\nshow day(created_at) as began, went_on, account.id as account\ntest funnel_shift went_on over began by account with recent = 28, window = 9\n',
  )
  expect(funnel.ok && toHypothesis(funnel.value, '2026-10-01')).toMatchObject({
    model: 'user',
    measure: 'went_on',
    detector: 'funnel_shift',
    subject: { format: 'percent' },
  })
})

test.each([
  ['no goal', 'from metric signups by day where created_at in last 300 days\ntest pace signups over day\n'],
  [
    'weeks',
    'from metric signups by week where created_at in last 30 weeks\ntest pace signups over week with goal = 9, period = "month"\n',
  ],
  [
    'distinct counts',
    'from account\nwhere created_at in last 300 days\ngroup by day(created_at): n = count_distinct(source)\ntest pace n over day with goal = 9, period = "month"\n',
  ],
  ['counts of a day', 'from user\ngroup by day(created_at): n = count()\ntest funnel_shift n over day\n'],
])('what is no goal or funnel is told how to write one: %s', (_, text) => {
  const [found] = read(text).diagnostics
  expect([found?.code, /test (pace|funnel_shift)/.test(found?.hint ?? '')]).toEqual(['hypothesis-shape', true])
})
