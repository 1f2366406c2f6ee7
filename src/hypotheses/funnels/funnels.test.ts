import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { compile } from '../../dsl/compile.ts'
import { planOwnScans } from '../plan-own-scans.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { templates } from '../templates/index.ts'
import { listSteps } from './list-steps.ts'
import { writeFunnelTest } from './write-funnel-test.ts'

const text = `models:
  account:
    table: accounts
    key: id
    label: Account
    fields: { id: { type: number } }
    semantics: { kind: account }
  user:
    table: users
    key: id
    label: User
    fields:
      id: { type: number }
      plan: { type: text }
      account_id: { type: number }
      joined_on: { type: date }
    relations:
      account: { to: account, one: account_id }
      events: { to: event, many: user_id }
    semantics: { kind: user, created: joined_on }
    metrics:
      joined: { measure: count(), time: joined_on, slices: [plan] }
    funnels:
      activation:
        events: events
        stages: [project_created, { name: Paid plan, where: 'name = "paid" and amount > 0' }]
        within: 14 days
  event:
    table: events
    key: id
    fields:
      id: { type: number }
      user_id: { type: number }
      name: { type: text, values: { project_created: Project created, paid: Paid } }
      amount: { type: number }
      at: { type: timestamp }
    semantics: { kind: event, name: name, time: at }
    metrics:
      events: { measure: count(), time: at }
`
const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const { activation: funnel } = catalog.models.user!.funnels!
const profile = (model: string, time: string, of: Partial<ModelProfile> = {}): ModelProfile => ({
  model,
  time,
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  valueCounts: { plan: 3 },
  ...of,
})
const plan = (users: Partial<ModelProfile>, events: Partial<ModelProfile> | undefined = {}) => {
  const profiles = [profile('user', 'joined_on', users), ...(events ? [profile('event', 'at', events)] : [])]
  const { own, leftOut } = planOwnScans({ catalog, profiles, templates })
  return { scans: own.filter(({ scan }) => scan.reads === 'funnel'), leftOut }
}

test('a funnel is read once: those whose days are over, with the stages that each reached', () => {
  const { scans, leftOut } = plan({})
  expect(leftOut).toEqual([])
  expect(
    scans.map(({ hypotheses, scan: { metrics, dimensions, from, to } }) => [metrics, dimensions, from, to, hypotheses]),
  ).toEqual([
    // two steps, the whole and three values, two windows
    [['activation'], ['plan'], '2025-12-11', '2026-09-17', { funnel_step_shifted: 16 }],
  ])
  expect(scans[0]!.scan.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from user
    where joined_on >= 2025-12-11 and joined_on < 2026-09-17
    add stage_1 = min(events.at where name = "project_created" and at >= this.joined_on and at < this.joined_on + 14 days)
    add stage_2 = min(events.at where (name = "paid" and amount > 0) and at >= this.stage_1 and at < this.joined_on + 14 days)
    add reached = if(stage_2 is not empty, 2, if(stage_1 is not empty, 1, 0))
    show day(joined_on) as began, reached, account.id as account, plan as value_0
    "
  `)
})

test('nothing is read from before the events were kept, nor of too few days', () => {
  const history = { grain: 'day', periods: 150, today: '2026-10-01' } as const
  expect(plan({}, { history }).scans[0]?.scan.from).toBe('2026-05-04')
  expect(plan({}, { missing: ['2026-06-01'] })).toMatchObject({
    scans: [],
    leftOut: [
      {
        what: 'the funnel user.activation',
        why: '107 days of beginnings have their 14 days behind them; 112 are needed',
      },
    ],
  })
  expect(plan({ rowsPerDay: 1000 }).scans[0]?.scan.from).toBe('2026-04-20')
  expect(plan({ rowsPerDay: 9000 }).leftOut[0]?.why).toMatch(/^those who began are compared row by row/)
  expect(plan({}, undefined as never)).toMatchObject({ scans: [{}] })
})

test('each step is a question of its own that compiles', () => {
  const steps = listSteps(catalog, funnel!)
  expect(steps.map(({ subject: { name, label, measure } }) => [name, label, measure])).toEqual([
    [
      'activation_1_project_created',
      'Activation, User to Project created',
      'count(reached >= 1) / count(reached >= 0)',
    ],
    ['activation_2_paid_plan', 'Activation, Project created to Paid plan', 'count(reached >= 2) / count(reached >= 1)'],
  ])
  const subject = {
    funnel: funnel!,
    days: { from: '2026-01-01', to: '2026-09-17' },
    today: '2026-10-01',
    account: 'account.id',
    slice: [{ field: 'plan', value: 'pro' }],
  }
  for (const { stage } of steps) {
    const asked = writeFunnelTest(catalog, subject, stage, 28)
    const compiled = compile(asked, { catalog, calendar: catalog.calendar, asOf: '2026-10-01', dialect: 'duckdb' })
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.ok && compiled.value.test).toMatchObject({
      detector: 'funnel_shift',
      measure: 'went_on',
      options: { recent: 28, window: 14 },
    })
  }
})
