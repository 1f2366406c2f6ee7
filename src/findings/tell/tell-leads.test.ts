import { expect, test } from 'vitest'
import type { Controlled } from '../errors/control-errors.ts'
import { tellLeads } from './tell-leads.ts'
import { writeLead } from './write-lead.ts'

const lead = (model: string, other: string, pValue: number, observed: number, metric = 'a'): Controlled =>
  ({
    qValue: pValue,
    verdict: {
      status: 'tested',
      hypothesis: {
        detector: 'lead_lag',
        model,
        metric,
        with: { model: other, metric: 'b', measure: 'count()' },
        text: metric,
      },
      numbers: { pValue, observed },
    },
  }) as unknown as Controlled

test('what two models say of each other is one story, told by the surest pair; weak ones are none', () => {
  const stories = tellLeads([
    lead('account', 'event', 1e-6, 0.3, 'signups'),
    lead('event', 'account', 1e-9, -0.4, 'logins'),
    lead('account', 'invoice', 1e-8, 0.35),
    lead('event', 'invoice', 1e-4, 0.15),
  ])
  expect(stories.map(({ lead: { verdict }, merged }) => [verdict.numbers.pValue, merged.length])).toEqual([
    [1e-9, 1],
    [1e-8, 0],
  ])
})

test.each([
  [{ lag: 14, leader: 'first' }, 0.42, 'day', 'Revenue followed signups by 2 weeks, the same way: correlation 0.42'],
  [{ lag: -3, leader: 'second' }, -0.3, 'day', 'Signups followed revenue by 3 days, the other way: correlation −0.3'],
  [{ lag: 1, leader: 'first' }, 0.3, 'week', 'Revenue followed signups by 1 week, the same way: correlation 0.3'],
] as const)('a lead is told without a cause: %o', (details, observed, grain, headline) => {
  expect(writeLead({ details, observed }, ['Signups', 'Revenue'], grain)).toBe(
    `${headline} of what season and trend leave of both`,
  )
})
