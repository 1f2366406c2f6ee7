import { expect, test } from 'vitest'
import { adjustPValues } from './benjamini-hochberg.ts'
import { combineBySimes } from './simes.ts'

test('agrees with SciPy', () => {
  // false_discovery_control([0.01, 0.02, 0.03, 0.04, 0.05, 0.9])
  expect(
    [...adjustPValues(Float64Array.of(0.01, 0.02, 0.03, 0.04, 0.05, 0.9))].map((q) => Number(q.toFixed(6))),
  ).toEqual([0.06, 0.06, 0.06, 0.06, 0.06, 0.9])
  // false_discovery_control([0.04, 1e-8, 0.2, 0.001])
  const adjusted = adjustPValues(Float64Array.of(0.04, 1e-8, 0.2, 0.001))
  expect(adjusted[0]! / (0.16 / 3)).toBeCloseTo(1, 12)
  expect(adjusted[1]! / 4e-8).toBeCloseTo(1, 12)
  expect(adjusted[2]).toBe(0.2)
  expect(adjusted[3]! / 0.002).toBeCloseTo(1, 12)
})

test('an empty family has no q-values', () => {
  expect(adjustPValues(new Float64Array(0))).toHaveLength(0)
})

test('the family is as surprising as its smallest q-value', () => {
  const pValues = Float64Array.of(0.04, 0.011, 0.2, 0.02)
  expect(combineBySimes(pValues)).toBeCloseTo(Math.min(...adjustPValues(pValues)), 15)
  expect(combineBySimes(Float64Array.of(0.3))).toBe(0.3)
  expect(combineBySimes(new Float64Array(0))).toBeNaN()
})
