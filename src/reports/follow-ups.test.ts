import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { utcCalendar } from '../base/periods.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { compile } from '../dsl/compile.ts'
import { breakDown, changePeriod, showWhole } from './follow-ups.ts'

const catalog = expectAccepted(readCatalog(fileURLToPath(new URL('../../examples/saas/catalog', import.meta.url))))
const compileText = (text: string) =>
  compile(text, { catalog, calendar: utcCalendar, asOf: '2026-10-01', dialect: 'duckdb' })

const ofModel = {
  metric: 'signups',
  grain: 'day',
  exploration:
    'as of 2026-10-01\nfrom account\nwhere source = "paid_search"\n  and created_at in last 400 days\ngroup by day(created_at): signups = count()\nfill day with 0\ntest level_shift signups over day',
} as const
const ofMetric = {
  ...ofModel,
  exploration:
    'as of 2026-10-01\nfrom metric signups by day where source = "paid_search" and created_at in last 400 days\nfill day with 0\ntest level_shift signups over day',
} as const

test.each([ofModel, ofMetric])(
  'a finding is broken down by a field, with its condition and its day kept',
  (finding) => {
    const [byPlan] = breakDown(finding, [{ field: 'plan', label: 'Plan' }])
    expect(byPlan).toEqual({
      title: 'Plan',
      text: 'as of 2026-10-01\nfrom metric signups by day, plan where source = "paid_search" and created_at in last 400 days\nchart line day, signups by plan',
    })
    expect(compileText(byPlan?.text ?? '')).toMatchObject({ ok: true, value: { asOf: '2026-10-01' } })
  },
)

test.each([ofModel, ofMetric])('its period can be changed', (finding) => {
  const followUps = changePeriod(finding)
  expect(followUps.map(({ title }) => title)).toEqual([
    'last 30 days',
    'last 90 days',
    'last 12 months',
    'last 24 months',
  ])
  expect(followUps[1]?.text).toBe(
    'as of 2026-10-01\nfrom metric signups by day where source = "paid_search" and created_at in last 90 days\nchart line day, signups',
  )
  for (const { text } of followUps) expect(compileText(text)).toMatchObject({ ok: true })
})

test('where no period is named, none is changed', () => {
  expect(
    changePeriod({ ...ofModel, exploration: 'from metric signups by day\ntest outlier signups over day' }),
  ).toEqual([])
  expect(changePeriod({ ...ofModel, exploration: '' })).toEqual([])
})

test('what the catalog does not measure goes on by its own steps', () => {
  const cohorts = {
    metric: 'user_retention',
    grain: 'week',
    isOwnMeasure: true,
    exploration:
      'as of 2026-10-01\nfrom user\nwhere role = "admin" and created_at in last 40 weeks\nretention by week(created_at) on events for 12 weeks\ntest retention_shift retained over cohort by period, cohort_size',
  } as const
  const large = {
    metric: 'large-accounts',
    grain: 'week',
    isOwnMeasure: true,
    exploration:
      'as of 2026-10-01\nfrom account\nwhere created_at in last 52 weeks\ngroup by week(created_at): large = count(where size = "250+")\ntest level_shift large over week',
  } as const
  const ofPaid = { ...ofMetric, metric: 'paid-search', isOwnMeasure: true }
  const [paidByPlan] = breakDown(ofPaid, [{ field: 'plan', label: 'Plan' }])
  expect(paidByPlan?.text).toContain('from metric signups by day, plan where source = "paid_search"')
  const [whole] = showWhole(cohorts)
  expect(whole?.text.split('\n').slice(-2)).toEqual([
    'retention by week(created_at) on events for 12 weeks',
    'chart heatmap cohort, period, rate',
  ])
  expect(showWhole(large)).toEqual([])
  const [byPlan] = breakDown(cohorts, [{ field: 'account.plan', label: 'Plan' }])
  expect(byPlan?.text).toMatch(/retention by week\(created_at\), account\.plan on events for 12 weeks$/)
  const [bySource] = breakDown(large, [{ field: 'source', label: 'Source' }])
  expect(bySource?.text).toMatch(/group by week\(created_at\), source: large = count\(where size = "250\+"\)$/)
  const texts = [
    whole,
    byPlan,
    bySource,
    paidByPlan,
    ...changePeriod(ofPaid),
    ...changePeriod(cohorts),
    ...changePeriod(large),
  ].map((one) => one!.text)
  expect(texts).toHaveLength(16)
  for (const text of texts) expect(compileText(text)).toMatchObject({ ok: true, value: { test: undefined } })
})
