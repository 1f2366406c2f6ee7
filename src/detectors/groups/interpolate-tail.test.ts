import { expect, test } from 'vitest'
import { interpolateTail } from './interpolate-tail.ts'

test('between whole numbers the logarithm is interpolated', () => {
  const read = (whole: number) => 10 ** -whole
  expect(interpolateTail(3, read)).toBeCloseTo(1e-3, 12)
  expect(interpolateTail(2.5, read)).toBeCloseTo(10 ** -2.5, 12)
  expect(interpolateTail(3 + 1e-12, read)).toBeCloseTo(1e-3, 12)
  expect(interpolateTail(1, () => 0)).toBeGreaterThan(0)
})
