import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { utcCalendar } from '../base/periods.ts'
import { readCatalog } from '../catalog/read-catalog.ts'
import { compile } from '../dsl/compile.ts'
import { breakDown, changePeriod } from './follow-ups.ts'

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
