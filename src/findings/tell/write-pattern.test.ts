import { expect, test } from 'vitest'
import type { TestedNumbers } from '../finding.ts'
import { type PatternInput, writePattern } from './write-pattern.ts'

const say = (kind: string, numbers: Partial<TestedNumbers>, verb: string, rest: Partial<PatternInput> = {}) =>
  writePattern({
    metricLabel: 'Signups',
    unit: 'accounts',
    format: 'number',
    grain: 'day',
    kind,
    measureKind: 'count',
    phrase: '',
    fieldLabels: 'country',
    ...rest,
    numbers: {
      pValue: 1e-9,
      direction: 'up',
      observed: 82,
      expected: 39,
      low: 35,
      high: 44,
      change: 1.1,
      from: '2026-08-06',
      to: null,
      periods: 56,
      details: {},
      sentence: { verb, subject: 'Saturdays', comparedWith: '' },
      ...numbers,
    },
  })

test('each kind of pattern is said with its numbers', () => {
  expect([
    say('season_change', {}, 'has a larger part of its season'),
    say('volatility', { observed: 17.5, expected: 8.5 }, 'varied more'),
    say('drought', { observed: 0, to: '2026-08-09', details: { run: 'empty' } }, 'had nothing at all'),
    say(
      'drought',
      { observed: 12, to: '2026-08-09', details: { run: 'unchanged' } },
      'stayed at one and the same value',
    ),
    say('record', { to: '2026-08-07', details: { record_before: 80 } }, 'reached its highest value'),
  ]).toMatchInlineSnapshot(`
    [
      "Signups changed its weekly shape, Saturdays are higher: 82 accounts a day against 39 by the shape before, since 6 Aug 2026",
      "Signups varied more: 17.5 accounts off on a usual day against 8.5 before, since 6 Aug 2026",
      "Signups had none from 6 Aug 2026 to 8 Aug 2026, 39 accounts a day expected",
      "Signups stayed at one and the same value, 12 accounts: 39 accounts a day expected, from 6 Aug 2026 to 8 Aug 2026",
      "Signups reached its highest value: 82 accounts against 80 before, on 6 Aug 2026",
    ]
  `)
})

test('accounts are named on both sides, the first ones of many', () => {
  const account = (label: string, observed: number) => ({ label, observed, expected: 50, since: '2026-09-14' })
  const numbers = { observed: 0, expected: 50, from: '2026-09-14' }
  const tell = (named: TestedNumbers['named']) =>
    say('account_change', { ...numbers, ...(named && { named }) }, 'went silent', { grain: 'week', unit: 'events' })
  const many = ['A', 'B', 'C', 'D', 'E'].map((label) => account(label, 0))
  expect([
    tell([account('A', 0)]),
    tell([...many, account('F', 200)]),
    tell([account('F', 200), account('G', 90)]),
  ]).toMatchInlineSnapshot(`
      [
        "Signups: 1 account went quiet (A), 0 events a week against 50 expected, since week of 14 Sep 2026",
        "Signups: 5 accounts went quiet (A, B, C and 2 more) and 1 surged (F), 0 events a week against 50 expected for A, since week of 14 Sep 2026",
        "Signups: 2 accounts surged (F, G), 0 events a week against 50 expected for F, since week of 14 Sep 2026",
      ]
    `)
})

test('those who began lately are told beside earlier ones, waiting times by when half are through', () => {
  const retention = { observed: 0.31, expected: 0.42, from: '2026-08-03' }
  const rest = { metricLabel: 'User retention', unit: undefined, format: 'percent', grain: 'week' } as const
  const waits = { unit: 'hours', format: 'duration', metricLabel: 'Time to solve' } as const
  expect([
    say('retention_shift', { ...retention, details: { age: 3 } }, 'stay less often', rest),
    say('retention_shift', { ...retention, details: { age: 0 } }, 'stay less often', rest),
    say('duration_shift', { observed: 20, expected: 14.5, details: { measure: 'median' } }, 'takes longer', waits),
    say('duration_shift', { observed: 20, expected: 30, details: { measure: 'mean' } }, 'happens sooner', waits),
  ]).toMatchInlineSnapshot(`
    [
      "User retention: 31% of those who began came back in week 3 after it against 42% of earlier ones, since week of 3 Aug 2026",
      "User retention: 31% of those who began came back within their first week against 42% of earlier ones, since week of 3 Aug 2026",
      "Time to solve rose: half are through within 20 h against 14.5 h before, since 6 Aug 2026",
      "Time to solve fell: on average 20 h against 30 h before, since 6 Aug 2026",
    ]
  `)
})

test('a goal is said with what it will come to and what came', () => {
  const details = { chance_of_reaching: 0.01, so_far: 45, period: 'quarter' }
  const numbers = { observed: 81, expected: 100, direction: 'down', from: '2026-07-01', to: '2026-10-01' } as const
  expect([
    say('pace', { ...numbers, details }, ''),
    say('pace', { ...numbers, details: { ...details, chance_of_reaching: 0.99 } }, '', { metricLabel: 'Refunds' }),
    say('pace', { ...numbers, observed: 0.36, expected: 0.4, details }, '', {
      metricLabel: 'Activation rate',
      measureKind: 'ratio',
      unit: undefined,
      format: 'percent',
    }),
  ]).toEqual([
    'Signups is on pace for 81% of the quarter’s goal: 81 accounts against 100 by 30 Sep 2026, 45 so far',
    'Refunds is on pace for 81% of the quarter’s limit: 81 accounts against 100 by 30 Sep 2026, 45 so far',
    'Activation rate is on pace for 36% against the quarter’s goal of 40% by 30 Sep 2026',
  ])
})

test('what goes with coming back is said in words without a cause', () => {
  const details = { first_days: 14, last_day: 45 }
  const numbers = { observed: 0.64, expected: 0.48, details, from: null } as const
  const of = (more: Parameters<typeof say>[1], phrase = 'with event Export run') =>
    say('association', { ...numbers, ...more }, '', { metricLabel: 'User return', phrase })
  expect(of({ direction: 'up' })).toBe(
    'User return goes with event Export run in the first 14 days: 64% came back in days 15 to 45 against 48% of those as active without it',
  )
  expect(of({ direction: 'down', observed: 0.3 }, 'that came from ads')).toBe(
    'User return goes less often with what came from ads in the first 14 days: 30% came back in days 15 to 45 against 48% of those as active without it',
  )
})

test('a step of a funnel is said with the days that one has', () => {
  const numbers = { observed: 0.21, expected: 0.34, direction: 'down', from: '2026-08-03' } as const
  expect(
    say('funnel_shift', { ...numbers, details: { window_days: 14 } }, '', {
      metricLabel: 'Activation, Signup to Report',
    }),
  ).toBe(
    'Activation, Signup to Report: 21% of those who came so far went on within 14 days against 34% before, since 3 Aug 2026',
  )
})

test('values of another shape are told by their range and median, before and now', () => {
  const details = {
    range: 'the middle half',
    low_now: 25,
    high_now: 110,
    low_before: 40,
    high_before: 80,
    median_now: 60,
    median_before: 58,
  }
  const numbers = { observed: 85, expected: 40, direction: 'up', from: '2026-07-24' } as const
  expect(say('drift', { ...numbers, details }, '', { metricLabel: 'Order, amount' })).toMatch(
    /^Order, amount: more small and more large ones, the middle half is 25 to 110 against 40 to 80 before, the median 60 .*against 58, since 24 Jul 2026$/,
  )
})
