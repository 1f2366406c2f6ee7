import { expect, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { addPeriods } from '../base/periods.ts'
import { parseCatalog } from '../catalog/parse-catalog.ts'
import { listReturns } from './cohorts/find-returns.ts'
import { planCohortScans } from './cohorts/plan-cohorts.ts'
import { writeCohortTest } from './cohorts/write-cohort-test.ts'
import { findWaitAccount, planDurationScans } from './durations/plan-durations.ts'
import { readWait } from './durations/read-wait.ts'
import { writeDurationTest } from './durations/write-duration-test.ts'
import { planOwnScans } from './plan-own-scans.ts'
import type { ModelProfile } from './series/draft-scans.ts'
import { templates } from './templates/index.ts'

const text = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number }
      plan: { type: text }
      created_at: { type: timestamp }
    relations: { users: { to: user, many: account_id } }
    semantics: { kind: account, created: created_at }
    metrics:
      signups: { measure: count(), time: created_at, slices: [plan] }
  user:
    table: users
    key: id
    label: User
    fields:
      id: { type: number }
      account_id: { type: number }
      joined_at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
      events: { to: event, many: user_id }
    semantics: { kind: user, created: joined_at }
    metrics:
      joined: { measure: count(), time: joined_at, slices: [account.plan] }
  event:
    table: events
    key: id
    fields:
      id: { type: number }
      user_id: { type: number }
      at: { type: timestamp }
    relations: { user: { to: user, one: user_id } }
    semantics: { kind: event, time: at }
    metrics:
      events: { measure: count(), time: at }
  ticket:
    table: tickets
    key: id
    fields:
      id: { type: number }
      account_id: { type: number }
      topic: { type: text }
      opened_at: { type: timestamp }
      solved_at: { type: timestamp }
      paid_on: { type: date }
      hours: { type: number }
    relations: { account: { to: account, one: account_id } }
    metrics:
      solving: { measure: 'median(hours_between(opened_at, solved_at))', time: solved_at, slices: [topic, account.plan] }
      solving_on_average: { measure: 'avg(hours_between(opened_at, solved_at))', time: solved_at }
      solving_bugs: { measure: 'avg(hours_between(opened_at, solved_at) where topic = "bug")', time: opened_at }
      paying: { measure: 'percentile(days_between(opened_at, paid_on), 90)', time: opened_at }
      hours: { measure: avg(hours), time: opened_at }
`

const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const today = '2026-10-01'

const profile = (model: string, time: string, of: Partial<ModelProfile> = {}): ModelProfile => ({
  model,
  time,
  history: { grain: 'day', periods: 400, today },
  missing: [],
  valueCounts: { plan: 3, 'account.plan': 3, topic: 4 },
  ...of,
})
const profiles = [
  profile('account', 'created_at', { history: { grain: 'week', periods: 156, today } }),
  profile('user', 'joined_at'),
  profile('event', 'at'),
  profile('ticket', 'opened_at'),
  profile('ticket', 'solved_at', { brokenFields: ['account.plan'] }),
]
const cohortsOf = (changed: readonly ModelProfile[]) =>
  planCohortScans({
    catalog,
    templates,
    profiles: profiles.map((one) => changed.find(({ model, time }) => model === one.model && time === one.time) ?? one),
  })

test('accounts and users come back over the shortest way to events', () => {
  expect(listReturns(catalog)).toMatchObject([
    { model: 'account', began: 'created_at', path: ['users', 'events'], events: 'event', time: 'at', fields: ['plan'] },
    { model: 'user', began: 'joined_at', path: ['events'], fields: ['account.plan'] },
  ])
})

test('cohorts are months where few begin, weeks where some do each day; as a whole and by each field', () => {
  const scans = cohortsOf([])
  expect(scans.map(({ model, dimensions, grain }) => [model, ...dimensions, grain].join(' '))).toEqual([
    'account month',
    'account plan month',
    'user week',
    'user account.plan week',
  ])
  expect(scans[1]!.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from account
    where created_at in last 13 months
    retention by month(created_at), value = plan on users.events for 6 months
    "
  `)
})

test('nothing is read from before the events begin or from before their last long hole', () => {
  const first = (changed: ModelProfile) => cohortsOf([changed]).find(({ model }) => model === 'user')?.from
  expect(first(profile('event', 'at'))).toBe('2025-12-22')
  const hole = (from: string, length: number) => Array.from({ length }, (_, at) => addPeriods(from, at, 'day'))
  expect(first(profile('event', 'at', { missing: [...hole('2026-02-03', 5), ...hole('2026-05-02', 4)] }))).toBe(
    '2026-05-11',
  )
  expect(first(profile('event', 'at', { missing: [...hole('2026-05-02', 3), '2026-05-06'] }))).toBe('2025-12-22')
  expect(first(profile('event', 'at', { history: { grain: 'day', periods: 60, today } }))).toBeUndefined()
  expect(first(profile('event', 'at', { missing: hole('2026-08-30', 4) }))).toBeUndefined()
})

test('a metric about a waiting time tells both of its moments', () => {
  const { metrics } = catalog.models.ticket!
  const waits = Object.values(metrics).map((metric) => readWait(catalog, metric))
  const solving = { fn: 'hours_between', began: 'opened_at', ended: 'solved_at' }
  expect(waits).toEqual([
    solving,
    solving,
    undefined,
    { fn: 'days_between', began: 'opened_at', ended: 'paid_on' },
    undefined,
  ])
})

test('waits are read once a pair of moments, by when they began, without fields that lost their values', () => {
  const { scans } = planDurationScans({ catalog, profiles, templates })
  expect(scans.map(({ metrics, dimensions, from }) => [...metrics, ...dimensions, from].join(' '))).toEqual([
    'solving topic account.plan 2025-12-25',
    'paying 2025-12-25',
  ])
  const broken = [profile('ticket', 'opened_at', { brokenFields: ['account.plan', 'paid_on'] })]
  const { scans: left } = planDurationScans({ catalog, profiles: broken, templates })
  expect(left.map(({ dimensions }) => dimensions)).toEqual([['topic']])
  expect(scans[1]!.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from ticket
    where opened_at in last 280 days
    add happened = if(paid_on is not empty and paid_on < today(), 1, 0)
    add waited = days_between(opened_at, if(happened = 1, paid_on, today() - 1 day))
    show day(opened_at) as began, waited, happened, account.id as account
    "
  `)
})

test('of many rows a day fewer days are read, and of too many none, which is said', () => {
  const plan = (rowsPerDay: number) =>
    planDurationScans({ catalog, profiles: [profile('ticket', 'opened_at', { rowsPerDay })], templates })
  expect(plan(500).scans[0]?.from).toBe('2025-12-25')
  expect(plan(1500).scans[0]?.from).toBe('2026-06-23')
  expect(plan(2000)).toMatchObject({ scans: [], leftOut: [{ what: 'ticket.solving' }, { what: 'ticket.paying' }] })
})

test('hypotheses alone ask for one value, and test what the shared scan tests', () => {
  const [, user] = listReturns(catalog)
  const slice = [{ field: 'account.plan', value: 'pro' }]
  expect(
    writeCohortTest(catalog, { returning: user!, history: { grain: 'week', periods: 40, today }, slice }),
  ).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from user
    where account.plan = "pro" and joined_at in last 40 weeks
    retention by week(joined_at) on events for 12 weeks
    test retention_shift retained over cohort by period, cohort_size
    "
  `)
  const metric = catalog.models.ticket!.metrics.solving!
  const subject = { metric, wait: readWait(catalog, metric)!, account: findWaitAccount(catalog, metric), slice }
  const history = { grain: 'day', periods: 280, today } as const
  expect(
    writeDurationTest(catalog, { ...subject, history }, 28)
      .split('\n')
      .slice(2),
  ).toEqual([
    'where account.plan = "pro" and opened_at in last 280 days',
    'add happened = if(solved_at is not empty and solved_at < now(), 1, 0)',
    'add waited = hours_between(opened_at, if(happened = 1, solved_at, now()))',
    'show day(opened_at) as began, waited, happened, account.id as account',
    'test duration_shift waited over began by happened, account with recent = 28',
    '',
  ])
})

test('the most that each scan asks is counted before it is known which values have enough rows', () => {
  const counts = planOwnScans({ catalog, profiles, templates }).own.map(({ hypotheses }) => hypotheses)
  expect(counts).toEqual([
    { account_changed: 1 },
    { account_changed: 1 },
    { cohort_retention: 1 },
    { cohort_retention: 3 },
    { cohort_retention: 1 },
    { cohort_retention: 3 },
    { duration_changed: 16 },
    { duration_changed: 2 },
    { metrics_lead_lag: 10 },
    { distribution_drifted: 1 },
  ])
})
