import { expect, test } from 'vitest'
import { breakDown, changePeriod } from './follow-ups.ts'

const exploration =
  'as of 2026-10-01\nfrom metric signups by day where source = "paid_search"\n  and created_at in last 400 days\nfill day with 0\ntest level_shift signups over day'

test('a finding is broken down by a field, with its filter and its day kept', () => {
  expect(breakDown({ exploration }, [{ field: 'account.plan', label: 'Plan' }])).toEqual([
    {
      title: 'Plan',
      text: 'as of 2026-10-01\nfrom metric signups by day, account.plan where source = "paid_search" and created_at in last 400 days\nchart line day, signups by plan',
    },
  ])
})

test('its period can be changed', () => {
  const texts = changePeriod({ exploration }).map(({ text }) => text)
  expect(texts).toContain(
    'as of 2026-10-01\nfrom metric signups by day where source = "paid_search" and created_at in last 90 days\nchart line day, signups',
  )
})

test('an exploration that starts otherwise has no such follow-ups', () => {
  expect(
    breakDown({ exploration: 'from account\ntest outlier n over day' }, [{ field: 'plan', label: 'Plan' }]),
  ).toEqual([])
  expect(changePeriod({ exploration: 'from metric signups by day\ntest outlier signups over day' })).toEqual([])
})
