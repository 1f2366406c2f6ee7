import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { templates } from '../templates/index.ts'
import { buildAccounts, recentPeriods } from './build-accounts.ts'
import { planAccountScans } from './plan-accounts.ts'
import { writeAccountTest } from './write-account-test.ts'

const write = (name: string) => `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number }
      name: { type: text${name} }
      created_at: { type: timestamp }
    semantics: { kind: account, name: name }
    metrics:
      signups: { measure: count(), time: created_at }
  event:
    table: events
    key: id
    fields:
      id: { type: number }
      account_id: { type: number }
      kind: { type: text }
      at: { type: timestamp }
    relations:
      account: { to: account, one: account_id }
    metrics:
      events: { measure: count(), time: at }
      actions: { measure: count(), time: at }
      users: { measure: count_distinct(id), time: at }
      logins: { measure: 'count(where kind = "login")', time: at }
calendar: { week_starts: monday }
`

const read = (name = '') => expectAccepted(parseCatalog([{ name: 'catalog.yaml', text: write(name) }]))
const profile: ModelProfile = {
  model: 'event',
  time: 'at',
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  valueCounts: {},
}

test('one scan a model serves its counts, each once, and what accounts do lately does not choose them', () => {
  const [scan, ...others] = planAccountScans({ catalog: read(), profiles: [profile], templates })
  expect(others).toEqual([])
  expect(scan).toMatchObject({
    from: '2025-12-22',
    to: '2026-09-28',
    dimensions: ['account.id', 'account.name'],
    metrics: ['events', 'logins'],
    reads: 'accounts',
  })
  expect(scan?.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from event
    where at in last 40 weeks
    group by week(at), account.id, account.name: rows = count(), events = count(), logins = count(where kind = "login")
    add rows_before = total(if(week < 2026-09-14, rows, 0) per id)
    where rows_before >= 20
    where rank(rows_before) <= 40000
    "
  `)
})

test('a hypothesis alone asks for the same accounts', () => {
  const catalog = read()
  const history = { grain: 'week', periods: 40, today: '2026-09-28' } as const
  const subject = { model: 'event', time: 'at', history, keys: ['account.id', 'account.name'] }
  expect(writeAccountTest(catalog, subject, catalog.models.event!.metrics.logins!)).toMatchInlineSnapshot(`
    "as of 2026-09-28
    from event
    where at in last 40 weeks
    group by week(at), account.id, account.name: rows = count(), logins = count(where kind = "login")
    add rows_before = total(if(week < 2026-09-14, rows, 0) per id)
    where rows_before >= 20
    where rank(rows_before) <= 40000
    test account_change logins over week by id, name
    "
  `)
})

test('names that are personal are left out; accounts themselves, short histories and small tables are not asked about', () => {
  const plan = (of: Partial<ModelProfile>, catalog = read()) =>
    planAccountScans({ catalog, profiles: [{ ...profile, ...of }], templates })
  expect(plan({}, read(', pii: true'))[0]?.dimensions).toEqual(['account.id'])
  expect(plan({ model: 'account', time: 'created_at' })).toEqual([])
  expect(plan({ history: { grain: 'day', periods: 60, today: '2026-10-01' } })).toEqual([])
  const catalog = read()
  const portrait = { ...catalog, models: { ...catalog.models, event: { ...catalog.models.event!, portrait: true } } }
  expect(plan({}, portrait)).toEqual([])
})

test('an account begins after its first event, and equal names are told apart', () => {
  const columns = ['week', 'id', 'name', 'n'].map((name) => ({ name }))
  const rows = [
    ['2026-09-07', 1, 'Acme', 3],
    ['2026-09-21', 1, 'Acme', 4],
    ['2026-08-31', 2, 'Acme', 1],
    ['2026-09-14', 3, null, 2],
    ['2026-09-14', null, null, 2],
  ]
  const weeks = ['2026-08-31', '2026-09-07', '2026-09-14', '2026-09-21']
  const built = buildAccounts({ columns, rows, period: 'week', keys: ['id', 'name'], measure: 'n' }, weeks, 'week')
  expect(built.labels).toEqual(['Acme (1)', 'Acme (2)', '3'])
  expect(built.counts.map((counts) => [...counts])).toEqual([
    [Number.NaN, Number.NaN, 0, 4],
    [Number.NaN, 0, 0, 0],
    [Number.NaN, Number.NaN, Number.NaN, 0],
  ])
  expect(built.recent).toBe(recentPeriods)
})
