import { expect, test } from 'vitest'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { estimatePlan } from './estimate-plan.ts'

const scan = (dimensions: readonly string[], more: Partial<SharedScan> = {}): SharedScan => ({
  id: 's',
  model: 'account',
  time: 'created_at',
  grain: 'day',
  from: '2026-01-01',
  to: '2026-10-01',
  missing: [],
  dimensions,
  metrics: ['signups'],
  text: '',
  ...more,
})

test('a plan takes what its scans took before, and what is new as long as a look at its model', () => {
  const of = { model: 'account', time: 'created_at', cyclesAgo: 1 }
  const asked = [
    { ...of, dimensions: [], ms: 1000 },
    { ...of, dimensions: ['plan', 'source'], ms: 4000 },
    { ...of, dimensions: ['plan'], ms: undefined },
  ]
  const scans = [scan([]), scan(['source', 'plan']), scan(['plan']), scan([], { reads: 'rows' })]
  const cost = estimatePlan(scans, { asked, trials: [], votes: [] }, new Map([['account\ncreated_at', 250]]))
  expect(cost).toEqual({ seconds: 5.5, queries: 4, measured: 2 })
})
