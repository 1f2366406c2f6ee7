import { expect, test } from 'vitest'
import { findEValue } from './e-value.ts'

test('agrees with the examples of VanderWeele and Ding (2017)', () => {
  // breastfeeding: a risk ratio of 3.9 (95% interval from 1.8) has 7.26 (3.0); of 0.80 (up to 0.92) 1.81 (1.39)
  expect(findEValue(3.9)).toBeCloseTo(7.26, 2)
  expect(findEValue(1.8)).toBeCloseTo(3, 5)
  expect(findEValue(0.8)).toBeCloseTo(1.81, 2)
  expect(findEValue(0.92)).toBeCloseTo(1.39, 2)
})

test('where nothing is to be explained nothing is needed', () => expect(findEValue(1)).toBe(1))
