import { expect, test } from 'vitest'
import { createFinding, createVerdict } from '../../store/testing/rows.ts'
import type { TestedVerdict } from '../candidate.ts'
import type { StoredVerdict } from '../finding.ts'
import { describeCondition, isMet, whyUnfit } from './mute-condition.ts'

const since = '2026-09-20'

test('it is said in the unit of what was told', () => {
  expect(describeCondition({ above: 120, unit: 'accounts', format: 'number', since })).toBe(
    'it rises above 120 accounts',
  )
  expect(describeCondition({ below: 0.42, format: 'percent', since })).toBe('it falls below 42%')
})

test('it fits a finding about one series that has not passed the number', () => {
  const finding = createFinding('a', 'c', 1, { observed: 41.2 })
  expect(whyUnfit({ above: 50 }, finding)).toBeUndefined()
  expect(whyUnfit({ below: 41.2 }, finding)).toBeUndefined()
  expect(whyUnfit({ above: 40 }, finding)).toBe('it is above this number already')
  expect(whyUnfit({ below: 50 }, finding)).toBe('it is below this number already')
  const others = [{ by: ['plan'] }, { kind: 'volatility' }, { with: { metric: 'm', measure: 'sum(x)', model: 'deal' } }]
  for (const more of others) expect(whyUnfit({ above: 50 }, { ...finding, ...more })).toMatch(/one series/)
})

test('a cycle sees it in the verdict about the same slice by the same detector', () => {
  const verdict = createVerdict('s', 0) as TestedVerdict
  const { model, metric, slice, detector: kind } = verdict.hypothesis
  const about = { model, metric, slice, kind }
  const met = (verdicts: readonly StoredVerdict[], condition: { above: number } | { below: number } = { above: 40 }) =>
    isMet({ ...condition, format: 'number', since }, about, verdicts)
  expect(met([verdict])).toBe(true)
  expect(met([verdict], { above: 41.2 })).toBe(false)
  expect(met([verdict], { below: 50 })).toBe(true)
  const { numbers: _, ...bare } = verdict
  expect(met([{ ...bare, status: 'untestable', reason: 'too short' }])).toBe(false)
  expect(met([{ ...verdict, isReplicate: true }])).toBe(false)
  for (const more of [{ slice: [] }, { metric: 'churn' }, { model: 'deal' }, { detector: 'outlier' }, { by: ['plan'] }])
    expect(met([{ ...verdict, hypothesis: { ...verdict.hypothesis, ...more } }])).toBe(false)
})
