import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { compile } from '../../dsl/compile.ts'
import { planOwnScans } from '../plan-own-scans.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { templates } from '../templates/index.ts'
import { findDefinition } from './find-definition.ts'
import { writeLeadTest } from './write-lead-test.ts'

const text = `models:
  account:
    table: accounts
    key: id
    fields: { id: { type: number }, plan: { type: text }, joined_on: { type: date }, left_on: { type: date } }
    relations: { events: { to: event, many: account_id } }
    metrics:
      signups: { measure: count(), time: joined_on }
      paid: { measure: count(where plan = "pro") / count(), time: joined_on }
      left: { measure: count(), time: left_on }
      used: { measure: count(where any(events)), time: joined_on }
  event:
    table: events
    key: id
    fields: { id: { type: number }, account_id: { type: number }, name: { type: text }, at: { type: timestamp } }
    relations: { account: { to: account, one: account_id } }
    metrics:
      logins: { measure: count(where name = "login"), time: at }
      exports: { measure: 'count(where name in ("export", "print") and account.plan = "pro")', time: at }
      prints: { measure: count(where name = "print"), time: at }
  daily_event:
    sql: select account_id, at from events group by all
    key: account_id
    fields: { account_id: { type: number }, at: { type: timestamp } }
    metrics:
      days: { measure: count(), time: at }
  invoice:
    table: invoices
    key: id
    fields: { id: { type: number }, amount: { type: number }, issued_on: { type: date } }
    metrics:
      revenue: { measure: sum(amount), time: issued_on }
`
const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const metricOf = (name: string) =>
  Object.values(catalog.models)
    .flatMap(({ metrics }) => Object.values(metrics))
    .find((one) => one.name === name)!

test.each([
  ['signups', 'paid', 'both are of rows of account'],
  ['signups', 'left', 'both are of rows of account'],
  ['logins', 'exports', undefined],
  ['exports', 'prints', 'both are of rows of event'],
  ['logins', 'days', 'daily_event is made of the rows of event'],
  ['used', 'logins', 'the measure of one reads event, which the other counts'],
  ['signups', 'logins', 'rows of event belong to account, and come after it began'],
  ['revenue', 'days', undefined],
])('what goes together by definition is no pair: %s and %s', (first, second, why) => {
  expect(findDefinition(catalog, metricOf(first), metricOf(second))).toBe(why)
  expect(findDefinition(catalog, metricOf(second), metricOf(first))).toBe(why)
})

const profile = (model: string, time: string, of: Partial<ModelProfile> = {}): ModelProfile => ({
  model,
  time,
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  valueCounts: {},
  ...of,
})
const plan = (...profiles: readonly ModelProfile[]) => {
  const { own, leftOut } = planOwnScans({ catalog, profiles, templates })
  return { scans: own.filter(({ scan }) => scan.reads === 'leads'), leftOut }
}

test('pairs of one grain that have enough days in common are asked about, and nothing is read for them', () => {
  const weekly = { history: { grain: 'week', periods: 156, today: '2026-10-01' } } as const
  const { scans } = plan(
    profile('account', 'joined_on'),
    profile('invoice', 'issued_on', { history: { grain: 'day', periods: 90, today: '2026-09-28' } }),
    profile('event', 'at', weekly),
  )
  const pairsOf = (at: number) => scans[at]?.scan.pairs?.map(({ first, second }) => `${first.metric} ${second.metric}`)
  expect(scans.map(({ scan, hypotheses }) => [scan.grain, scan.text, hypotheses])).toEqual([
    ['day', '', { metrics_lead_lag: 3 }],
    ['week', '', { metrics_lead_lag: 2 }],
  ])
  expect(pairsOf(0)).toEqual(['signups revenue', 'paid revenue', 'used revenue'])
  expect(pairsOf(1)).toEqual(['logins exports', 'logins prints'])
  const short = { history: { grain: 'day', periods: 50, today: '2026-10-01' } } as const
  expect(plan(profile('account', 'joined_on'), profile('invoice', 'issued_on', short)).scans).toEqual([])
})

test('a pair is a question of its own that compiles', () => {
  const [first, second] = ['paid', 'revenue'].map(metricOf)
  const asked = writeLeadTest({
    sides: [
      { metric: first!, shape: shapeMeasure(first!) },
      { metric: second!, shape: shapeMeasure(second!) },
    ],
    history: { grain: 'day', periods: 90, today: '2026-09-28' },
    lags: 28,
  })
  expect(asked).toMatchInlineSnapshot(`
    "as of 2026-09-28
    block second
    from invoice
    where issued_on in last 90 days
    group by day(issued_on): revenue = sum(amount)
    fill day with 0

    from account
    where joined_on in last 90 days
    group by day(joined_on): paid = count(where plan = "pro") / count(), paid_weight = count()
    fill day
    join block second on day
    test lead_lag paid over day by revenue, paid_weight with lags = 28
    "
  `)
  const compiled = compile(asked, { catalog, calendar: catalog.calendar, asOf: '2026-09-28', dialect: 'duckdb' })
  expect(compiled.diagnostics).toEqual([])
})
