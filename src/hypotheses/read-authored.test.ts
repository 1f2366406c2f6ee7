import { expect, test } from 'vitest'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
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
])('what is no hypothesis is told why: %s', (code, text) => {
  expect(read(text).diagnostics.map((one) => one.code)).toContain(code)
})
