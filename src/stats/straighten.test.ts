import { expect, test } from 'vitest'
import { gamma } from './gamma.ts'
import { normal } from './normal.ts'
import { poisson } from './poisson.ts'
import { straighten } from './straighten.ts'

test('the upper tail of a gamma variable becomes normal', () => {
  // shape 4: mean 4, standard deviation 2, skewness 1
  for (const value of [1, 2, 4, 6]) {
    const exact = gamma.upperTail(4 + 2 * value, 4, 1)
    expect(normal.upperTail(straighten(value, 1)) / exact).toBeCloseTo(1, 0)
  }
})

test('a Poisson sum that falls to nothing is not called rarer than it is', () => {
  for (const mean of [3, 10, 40]) {
    const score = straighten(-Math.sqrt(mean), 1 / Math.sqrt(mean))
    expect(normal.upperTail(-score)).toBeGreaterThan(0.4 * poisson.lowerTail(0, mean))
    expect(straighten(-Math.sqrt(mean), 3 / Math.sqrt(mean))).toBeGreaterThan(score - 0.5)
  }
})

test('without skewness a value is its own score', () => {
  expect(straighten(3, 0)).toBe(3)
})
