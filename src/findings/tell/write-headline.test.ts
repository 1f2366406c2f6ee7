import { expect, test } from 'vitest'
import { type HeadlineInput, writeHeadline } from './write-headline.ts'

const signups: HeadlineInput = {
  metricLabel: 'Signups',
  phrase: 'that came from paid_search',
  unit: 'accounts',
  format: 'number',
  grain: 'day',
  measureKind: 'count',
  kind: 'level_shift',
  direction: 'down',
  from: '2026-09-14',
  to: null,
  observed: 41.2,
  expected: 78.9,
  change: -0.478,
  periods: 17,
}

test('a lasting fall of a count', () => {
  expect(writeHeadline(signups)).toBe(
    'Signups that came from paid_search fell 48%: 41 accounts a day against 79 expected, since 14 Sep 2026',
  )
})

test('one day out of line', () => {
  const input = {
    ...signups,
    kind: 'outlier',
    periods: 1,
    direction: 'up',
    to: '2026-09-15',
    observed: 240,
    expected: 80,
    change: 2,
  } as const
  expect(writeHeadline(input)).toBe(
    'Signups that came from paid_search rose 200%: 240 accounts a day against 80 expected, on 14 Sep 2026',
  )
})

test('a rate has no pace', () => {
  const input = {
    ...signups,
    metricLabel: 'Activation',
    phrase: 'with plan free',
    format: 'percent',
    measureKind: 'ratio',
    unit: undefined,
  } as const
  expect(writeHeadline({ ...input, observed: 0.21, expected: 0.42, change: -0.5 })).toBe(
    'Activation with plan free fell 50%: 21% against 42% expected, since 14 Sep 2026',
  )
})

test('a duration is said in one unit', () => {
  const input = { ...signups, format: 'duration', unit: 'hours', measureKind: 'mean' } as const
  expect(
    writeHeadline({
      ...input,
      phrase: '',
      metricLabel: 'Time to first answer',
      observed: 10.9,
      expected: 5.2,
      change: 1.09,
    }),
  ).toBe('Time to first answer rose 109%: 10.9 h against 5.2 h expected, since 14 Sep 2026')
})

test('a count that stopped', () => {
  expect(writeHeadline({ ...signups, observed: 0, expected: 12, change: -1 })).toBe(
    'Signups that came from paid_search stopped: none since 14 Sep 2026, 12 accounts a day expected',
  )
})

test('a stretch that is over names both ends', () => {
  expect(writeHeadline({ ...signups, phrase: '', to: '2026-09-20' })).toContain('from 14 Sep 2026 to 19 Sep 2026')
})

test('the last day out of line is that day, not a lasting change', () => {
  expect(writeHeadline({ ...signups, kind: 'outlier', periods: 1 })).toMatch(/, on 14 Sep 2026$/)
})

test('what lies below zero falls without a percentage', () => {
  const input = {
    ...signups,
    metricLabel: 'Refunds',
    phrase: '',
    unit: 'EUR',
    format: 'money',
    measureKind: 'amount',
  } as const
  expect(writeHeadline({ ...input, observed: -900, expected: -300, change: 2 })).toBe(
    'Refunds fell: −900 EUR a day against −300 expected, since 14 Sep 2026',
  )
})
