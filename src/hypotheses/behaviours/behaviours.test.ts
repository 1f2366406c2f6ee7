import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { compile } from '../../dsl/compile.ts'
import { planOwnScans } from '../plan-own-scans.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { templates } from '../templates/index.ts'
import { buildStrata, readDoings, readFirstDays } from './build-strata.ts'
import { listBehaviours } from './list-behaviours.ts'
import { findBehaviour, listStrataFields } from './plan-behaviours.ts'
import { writeBehaviourTest } from './write-behaviour-test.ts'

const write = (semantics: string, key = '') => `models:
  account:
    table: accounts
    key: id
    label: Account
    fields:
      id: { type: number }
      plan: { type: text }
      created_at: { type: timestamp }
    relations: { users: { to: user, many: account_id } }
    semantics: { kind: account${semantics} }
    metrics:
      signups: { measure: count(), time: created_at, slices: [plan] }
  user:
    table: users
    key: id
    label: User
    fields:
      id: { type: number${key} }
      role: { type: text }
      team: { type: text }
      account_id: { type: number }
      joined_on: { type: date }
    relations:
      account: { to: account, one: account_id }
      events: { to: event, many: user_id }
    semantics: { kind: user, created: joined_on }
    metrics:
      joined: { measure: count(), time: joined_on, slices: [team, account.plan, role] }
  event:
    table: events
    key: id
    fields:
      id: { type: number }
      user_id: { type: number }
      name: { type: text }
      platform: { type: text }
      mail: { type: text, pii: true }
      at: { type: timestamp }
    relations: { user: { to: user, one: user_id } }
    semantics: { kind: event, name: name, time: at }
    metrics:
      events: { measure: count(), time: at, slices: [platform, mail, user.role, name] }
`
const read = (text: string) => expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const ofUsers = read(write(''))
const ofAccounts = read(write(', created: created_at'))

const profile = (model: string, time: string, of: Partial<ModelProfile> = {}): ModelProfile => ({
  model,
  time,
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  rowsPerDay: 20,
  valueCounts: { plan: 3, 'account.plan': 3, role: 2, team: 12, name: 9, platform: 4, mail: 20 },
  ...of,
})
const plan = (catalog = ofUsers, users: Partial<ModelProfile> = {}, events: Partial<ModelProfile> = {}) => {
  const profiles = [
    profile('account', 'created_at'),
    profile('user', 'joined_on', users),
    profile('event', 'at', events),
  ]
  return planOwnScans({ catalog, profiles, templates }).own.filter(({ scan }) => scan.reads === 'behaviours')
}

test('what is done first is read once for each field, of those whose windows are over', () => {
  expect(
    plan().map(({ hypotheses, scan: { dimensions, metrics, from, to } }) => [
      dimensions,
      metrics,
      from,
      to,
      hypotheses.behaviour_with_return,
    ]),
  ).toEqual([
    [['events.name', 'role', 'account.plan'], ['user_return'], '2025-11-10', '2026-08-17', 9],
    [['events.platform', 'role', 'account.plan'], ['user_return'], '2025-11-10', '2026-08-17', 4],
  ])
  expect(plan()[0]!.scan.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from user
    where joined_on >= 2025-11-10 and joined_on < 2026-08-17
    add first_events = count(events where at >= this.joined_on and at < this.joined_on + 14 days)
    add active_days = count_distinct(day(events.at) where at >= this.joined_on and at < this.joined_on + 14 days)
    add active_later = if(any(events where at >= this.joined_on + 7 days and at < this.joined_on + 14 days), 1, 0)
    add came_back = if(any(events where at >= this.joined_on + 14 days and at < this.joined_on + 45 days), 1, 0)
    where first_events > 0
    where account.id is empty or id = min(id per account.id)
    expand events
    where events.at >= joined_on and events.at < joined_on + 14 days
    group by member = id, value = events.name, first_events, active_days, active_later, came_back, of_0 = role, of_1 = account.plan: times = count()
    "
  `)
})

test('of accounts that begin and come back, their users are not asked about', () => {
  expect(listBehaviours(ofAccounts).map(({ returning, field }) => [returning.model, field])).toEqual([
    ['account', 'name'],
    ['account', 'platform'],
  ])
  expect(plan(ofAccounts)[0]!.scan.text).toContain('expand users.events\nwhere events.at >= created_at')
  expect(plan(ofAccounts)[0]!.scan.text).not.toContain('min(')
})

test('nothing is read of few members, of too many, from before the events were kept, or by a key that is private', () => {
  const spanOf = ([first]: ReturnType<typeof plan>) => first && [first.scan.from, first.scan.to]
  expect(plan(ofUsers, { rowsPerDay: 0.2 })).toEqual([])
  expect(spanOf(plan(ofUsers, { rowsPerDay: 200 }))).toEqual(['2026-06-28', '2026-08-17'])
  expect(spanOf(plan(ofUsers, {}, { missing: ['2026-06-01'] }))).toEqual(['2026-06-02', '2026-08-17'])
  expect(plan(ofUsers, {}, { missing: ['2026-08-01'] })).toEqual([])
  expect(plan(ofUsers, {}, { brokenFields: ['name'] }).map(({ scan }) => scan.dimensions[0])).toEqual([
    'events.platform',
  ])
  expect(plan(ofUsers, {}, { valueCounts: { name: 300 } })).toEqual([])
  expect(plan(read(write('', ', pii: true')))).toEqual([])
})

test('each thing done is a question of its own that compiles', () => {
  for (const catalog of [ofUsers, ofAccounts])
    for (const { scan } of plan(catalog)) {
      const behaviour = findBehaviour(catalog, scan)!
      const days = { from: scan.from, to: scan.to }
      const asked = writeBehaviourTest(catalog, { behaviour, days, strata: listStrataFields(scan) }, 'export "run"')
      for (const text of [scan.text, asked]) {
        const compiled = compile(text, { catalog, calendar: catalog.calendar, asOf: '2026-10-01', dialect: 'duckdb' })
        expect(compiled.diagnostics).toEqual([])
      }
      const people = catalog === ofAccounts ? ', active_users' : ''
      const within = `first_events, active_days, active_later${people}, of_0`
      expect(asked).toContain(`\ntest association came_back over did by ${within}`)
    }
})

const columns = ['member', 'value', 'did', 'came_back', 'first_events', 'of_0'].map((name) => ({
  name,
  type: 'text' as const,
}))

test('numbers are compared within a quarter of each other, texts as they are', () => {
  const rows = [
    [1, null, 1, 1, 6, 'pro'],
    [2, null, 0, 0, 7, 'pro'],
    [3, null, 0, 1, 7, 'pro'],
    [4, null, 1, 0, 5, 'pro'],
    [5, null, 1, 0, 6, null],
    [6, null, 1, 0, 0, null],
  ]
  const members = readFirstDays({ columns, rows, did: 'did', cameBack: 'came_back', within: ['first_events', 'of_0'] })
  expect(buildStrata(members).strata.map(({ exposed, unexposed }) => [exposed.entered, unexposed.entered])).toEqual([
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 2],
  ])
  expect(buildStrata(members).strata.at(-1)).toMatchObject({ exposed: { converted: 1 }, unexposed: { converted: 1 } })
  expect(buildStrata(members.toReversed())).toEqual(buildStrata(members))
})

test('the rows of a scan say of each value who did it', () => {
  const rows = [
    [1, 'login', null, 1, 2, 'pro'],
    [1, 'export', null, 1, 2, 'pro'],
    [2, 'login', null, 0, 1, 'free'],
    [3, null, null, 1, 1, 'free'],
  ]
  expect(readDoings({ columns, rows }, ['first_events', 'of_0'])).toEqual({
    members: [
      { cameBack: true, stratum: 'class 3\npro' },
      { cameBack: false, stratum: '1\nfree' },
      { cameBack: true, stratum: '1\nfree' },
    ],
    values: [
      { value: 'export', doers: new Set([0]) },
      { value: 'login', doers: new Set([0, 1]) },
    ],
  })
})
