import { expect, test } from 'vitest'
import { utcCalendar } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { noHistory } from '../data/plan-history.ts'
import { templates } from '../templates/index.ts'
import type { ModelProfile } from './draft-scans.ts'
import { type PlanInput, planScans } from './plan-scans.ts'

const metric = (name: string, slices: readonly string[]): Metric => ({
  name,
  model: 'account',
  label: name,
  description: undefined,
  measure: 'count()',
  time: 'created_at',
  good: 'up',
  slices,
  unit: undefined,
  format: 'number',
})
const metrics = {
  signups: metric('signups', ['source', 'plan', 'country']),
  trials: metric('trials', ['plan', 'source']),
}
const catalog = {
  models: { account: { name: 'account', metrics, fields: {}, relations: {} } },
  calendar: utcCalendar,
  events: [],
} as unknown as Catalog
const profile: ModelProfile = {
  model: 'account',
  time: 'created_at',
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: ['2026-09-02'],
  valueCounts: { source: 6, plan: 4, country: 90 },
}
const shape = { kind: 'count', weight: undefined, isAdditive: true } as const
const input: PlanInput = {
  catalog,
  profiles: [profile],
  shapes: { 'account.signups': shape, 'account.trials': shape },
  templates,
  detectors: new Set(['level_shift', 'outlier']),
  budget: { hypotheses: 20_000, seconds: 600 },
  history: noHistory,
  draw: (_, a, b) => a / (a + b),
}

test('one scan a set of fields serves every metric that names it, wholes first', () => {
  const { scans } = planScans(input)
  expect(scans.map(({ dimensions, metrics: served }) => [dimensions.join('+'), served.join('+')])).toEqual([
    ['', 'signups+trials'],
    ['source', 'signups+trials'],
    ['plan', 'signups+trials'],
    ['country', 'signups'],
    ['source+plan', 'signups+trials'],
    ['plan+country', 'signups'],
  ])
})

test('a scan is an exploration over whole days, with its holes and bounds beside it', () => {
  expect(planScans(input).scans[4]).toMatchObject({
    id: 's004-account-created-at-source-plan',
    from: '2025-08-27',
    to: '2026-10-01',
    missing: ['2026-09-02'],
    text: [
      'as of 2026-10-01',
      'from account',
      'where created_at in last 400 days',
      'group by day(created_at), source, plan: rows = count(), signups = count(), trials = count()',
      '',
    ].join('\n'),
  })
})

test('pairs with too many combinations are left out and said', () => {
  expect(planScans(input).leftOut).toEqual([
    {
      what: 'account by source and country',
      why: '540 values are more than the 400 that are looked at',
      isUsual: true,
    },
  ])
})

test('the budget cuts from the end, and says so', () => {
  const { scans, leftOut } = planScans({ ...input, budget: { hypotheses: 30, seconds: 600 } })
  expect(scans.map(({ dimensions }) => dimensions.join('+'))).toEqual(['', 'source'])
  expect(leftOut).toContainEqual({
    what: 'account by plan',
    why: 'the budget of 30 hypotheses is used up (`engine.budget.hypotheses`)',
  })
})

test('so does a budget of bytes, of which scans of single accounts take what is left', () => {
  const readBytes = (text: string) => (text.includes('source') ? 600e6 : 200e6)
  const plan = (bytes: number) =>
    planScans({ ...input, readBytes, budget: { hypotheses: 20_000, seconds: 600, bytes } })
  expect(plan(10e9)).toEqual(planScans(input))
  const { scans, leftOut } = plan(1.05e9)
  expect(scans.map(({ dimensions }) => dimensions.join('+'))).toEqual(['', 'source', 'plan'])
  expect(leftOut).toContainEqual({
    what: 'account by country',
    why: 'the budget of 1.1 GB read is used up, as estimated from tables and columns',
  })
})

test('hypotheses are counted by template, whether they are asked or left out', () => {
  const { hypotheses, hypothesesLeftOut } = planScans(input)
  const count = (plan: Readonly<Record<string, number>>) => Object.values(plan).reduce((all, one) => all + one, 0)
  const cut = planScans({ ...input, budget: { hypotheses: 30, seconds: 600 } })
  expect(count(cut.hypotheses)).toBeLessThanOrEqual(30)
  expect(count(cut.hypotheses) + cut.hypothesesLeftOut).toBe(count(hypotheses) + hypothesesLeftOut)
})

test('a model that could not be profiled is not asked', () => {
  expect(planScans({ ...input, profiles: [] }).scans).toEqual([])
})

test('what is held at one time is not asked of weeks, and said so', () => {
  const seats: Metric = { ...metric('seats', ['plan']), measure: 'sum(seats)', overTime: 'last' }
  const held = { ...catalog, models: { account: { ...catalog.models.account!, metrics: { ...metrics, seats } } } }
  const asked = { ...input, catalog: held, shapes: { ...input.shapes, 'account.seats': shape } }
  const balances = ({ leftOut }: ReturnType<typeof planScans>) =>
    leftOut.map(({ what }) => what).filter((what) => what.includes('seats'))
  expect(balances(planScans(asked))).toEqual([])
  const weekly = { ...profile, history: { grain: 'week', periods: 60, today: '2026-10-01' } } as const
  const plan = planScans({ ...asked, profiles: [weekly] })
  expect(plan.scans.some(({ metrics: served }) => served.includes('seats'))).toBe(false)
  expect(balances(plan)).toEqual(['account.seats'])
})
