import { expect, test } from 'vitest'
import type { TestedNumbers } from '../finding.ts'
import { compareNumbers } from './compare-numbers.ts'

const before: TestedNumbers = {
  pValue: 1e-8,
  direction: 'down',
  observed: 41,
  expected: 79,
  low: 70,
  high: 88,
  change: -0.48,
  from: '2026-09-14',
  to: null,
  periods: 17,
  details: {},
}
const style = { unit: 'accounts', format: 'number' } as const

test('the same numbers hold', () => {
  expect(compareNumbers(before, before, { style })).toEqual({ holds: true, difference: 'exactly the same numbers' })
})

test('late rows that leave most of the change hold, and the difference is said', () => {
  const after = { ...before, observed: 45, change: -0.43 }
  expect(compareNumbers(before, after, { style })).toEqual({
    holds: true,
    difference: '45 accounts against 79 accounts expected, before 41 accounts against 79 accounts expected',
  })
})

test('it does not hold when it may be chance, is much smaller, turned, or cannot be tested', () => {
  expect(compareNumbers(before, { ...before, pValue: 0.2 }, { style }).holds).toBe(false)
  expect(compareNumbers(before, { ...before, change: -0.1 }, { style }).holds).toBe(false)
  expect(compareNumbers(before, { ...before, direction: 'up', change: 0.5 }, { style }).holds).toBe(false)
  expect(compareNumbers(before, null, { style, reason: 'has 3 points' }).difference).toContain('has 3 points')
})
