import { expect, test } from 'vitest'
import { baseOf, extentOf } from './extent.ts'

test('success that falls from 97% to 94% is as large as failures that double', () => {
  const success = extentOf('ratio', { expected: 97, units: 100, change: 94 / 97 - 1 })
  const failures = extentOf('ratio', { expected: 3, units: 100, change: 1 })
  expect(success).toBeCloseTo(1, 10)
  expect(success).toBeCloseTo(failures, 10)
})

test('of counts, means and ratios above one it is the change', () => {
  expect(extentOf('count', { expected: 90, units: 100, change: -0.2 })).toBe(0.2)
  expect(extentOf('mean', { expected: 450, units: 100, change: -0.05 })).toBe(0.05)
  expect(extentOf('ratio', { expected: 250, units: 100, change: 0.1 })).toBe(0.1)
  expect(baseOf('ratio', { expected: 100, units: 100 })).toBe(100)
})
