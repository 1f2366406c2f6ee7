import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { utcCalendar } from '../../base/periods.ts'
import type { MetricGoal } from '../../catalog/catalog.ts'
import { parsePlacedCatalog } from '../../catalog/parse-catalog.ts'
import { planOwnScans } from '../plan-own-scans.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { templates } from '../templates/index.ts'
import { buildGoal, readGoalOptions } from './build-goal.ts'
import { checkGoalMeasures } from './check-goal-measures.ts'
import { findCurrentGoals } from './find-current-goals.ts'

const text = `models:
  deal:
    table: deals
    key: id
    fields:
      id: { type: number }
      buyer: { type: number }
      amount: { type: number }
      at: { type: timestamp }
    metrics:
      revenue: { measure: sum(amount), time: at, goals: [{ value: 120000, period: quarter }, { value: 40000.5, period: month }] }
      size: { measure: avg(amount), time: at, goals: [{ value: 80, period: year }] }
      buyers: { measure: count_distinct(buyer), time: at, goals: [{ value: 80, period: month }] }
      deals: { measure: count(), time: at }
`
const { catalog, places } = expectAccepted(parsePlacedCatalog([{ name: 'catalog.yaml', text }]))
const goalsOf = (goals: readonly MetricGoal[], today: string, fiscalYearStarts = 1) =>
  findCurrentGoals({ goals }, today, { ...utcCalendar, fiscalYearStarts }).map(({ value, from, to }) => [
    value,
    from,
    to,
  ])

test('a goal is of the period in which the last full day lies, until that is over', () => {
  const quarterly: MetricGoal = { value: 10, period: 'quarter', from: undefined }
  expect(goalsOf([quarterly], '2026-08-21')).toEqual([[10, '2026-07-01', '2026-10-01']])
  expect(goalsOf([quarterly], '2026-07-02')).toEqual([[10, '2026-07-01', '2026-10-01']])
  expect(goalsOf([quarterly], '2026-10-01')).toEqual([])
  expect(goalsOf([quarterly], '2026-08-21', 2)).toEqual([[10, '2026-08-01', '2026-11-01']])
  expect(goalsOf([{ ...quarterly, period: 'week' }], '2026-08-21')).toEqual([[10, '2026-08-17', '2026-08-24']])
})

test('of each length of time the latest goal holds that has begun', () => {
  const monthly = (value: number, from: string | undefined): MetricGoal => ({ value, period: 'month', from })
  const goals = [monthly(1, undefined), monthly(3, '2026-08-02'), monthly(2, '2026-06-15')]
  const yearly: MetricGoal = { value: 9, period: 'year', from: undefined }
  expect(goalsOf([...goals, yearly], '2026-06-20').map(([value]) => value)).toEqual([1, 9])
  expect(goalsOf(goals, '2026-07-20').map(([value]) => value)).toEqual([2])
  expect(goalsOf(goals, '2026-08-20').map(([value]) => value)).toEqual([2])
  expect(goalsOf(goals, '2026-09-20').map(([value]) => value)).toEqual([3])
})

const profile = (periods: number, of: Partial<ModelProfile> = {}): ModelProfile => ({
  model: 'deal',
  time: 'at',
  history: { grain: 'day', periods, today: '2026-08-21' },
  missing: [],
  valueCounts: {},
  ...of,
})
const plan = (one: ModelProfile) => {
  const { own, leftOut } = planOwnScans({ catalog, profiles: [one], templates })
  return { scans: own.filter(({ scan }) => scan.reads === 'goals'), leftOut }
}

test('metrics with goals are read by the day in one scan; what does not add up or reach back is said', () => {
  const { scans, leftOut } = plan(profile(400))
  expect(scans.map(({ scan, hypotheses }) => [scan.metrics, hypotheses])).toEqual([
    [['revenue', 'size'], { pace_to_goal: 3 }],
  ])
  expect(scans[0]!.scan.text).toMatchInlineSnapshot(`
    "as of 2026-08-21
    from deal
    where at in last 400 days
    group by day(at): rows = count(), revenue = sum(amount), size = avg(amount), size_weight = count(where amount is not empty)
    "
  `)
  expect(leftOut).toEqual([
    { what: 'the goals of deal.buyers', why: 'its values of days do not add up to that of a period' },
  ])
  const young = plan(profile(60))
  expect(young.scans.map(({ scan }) => scan.metrics)).toEqual([['revenue']])
  expect(young.leftOut).toContainEqual({
    what: 'the goals of deal.size',
    why: 'its days begin on 2026-06-22, after the year of its goal, which began on 2026-01-01',
  })
})

test('a model that is judged by the week is read by the day for its goals', () => {
  const { scans } = plan(profile(20, { history: { grain: 'week', periods: 20, today: '2026-08-21' } }))
  expect(scans[0]!.scan).toMatchObject({ grain: 'day', from: '2026-03-30', to: '2026-08-21', metrics: ['revenue'] })
})

test('a goal of what does not add up over days is shown in its place', () => {
  const found = checkGoalMeasures(catalog, places)
  expect(found.map(({ code, message }) => [code, message])).toEqual([
    [
      'goal-measure',
      'metric `buyers` has a goal, and the values of its days do not add up to that of a period: `count_distinct(buyer)`',
    ],
  ])
  const { source, span } = found[0]!
  expect(source?.text.slice(span!.start, span!.end)).toBe('goals')
})

test('a test says its goal in its options', () => {
  const read = (options: Parameters<typeof readGoalOptions>[0]) => readGoalOptions(options, '2026-08-21', utcCalendar)
  expect(read({ goal: 40, period: 'month' })).toEqual({
    value: 40,
    period: 'month',
    from: '2026-08-01',
    to: '2026-09-01',
    good: 'up',
  })
  expect(read({ goal: 40, period: 'month', good: 'down' })?.good).toBe('down')
  for (const wrong of [{}, { goal: 40 }, { goal: '40', period: 'month' }, { goal: -1, period: 'month' }])
    expect(read(wrong as Record<string, string>)).toBeUndefined()
  expect(read({ goal: 40, period: 'day' })).toBeUndefined()
  expect(read({ goal: 40, period: 'month', good: 'sideways' })).toBeUndefined()
})

test('days have to begin before the goal does', () => {
  const series = { at: ['2026-08-01', '2026-08-02'], values: new Float64Array(2), grain: 'day', kind: 'count' } as const
  const goal = { value: 4, from: '2026-08-02', to: '2026-09-01', good: 'down' } as const
  expect(buildGoal(series, goal)).toMatchObject({ start: 1, periods: 30, target: 4, goodDirection: 'down' })
  expect(buildGoal(series, { ...goal, from: '2026-07-31' })).toBeUndefined()
})
