import { expect, test } from 'vitest'
import { testMannWhitney } from './mann-whitney.ts'

test('small samples by the exact distribution', () => {
  const first = Float64Array.of(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)
  const second = Float64Array.of(1.15, 0.88, 0.9, 0.74, 1.21)
  // SciPy: mannwhitneyu(first, second, method='exact'); R: wilcox.test(first, second), as in Hollander and Wolfe (1973), p. 69
  const { statistic, pValue, superiority, method } = testMannWhitney(first, second)
  expect([statistic, superiority, method]).toEqual([35, 0.7, 'exact'])
  expect(pValue / 0.2544122544122544).toBeCloseTo(1, 12)
  expect(testMannWhitney(second, first).pValue).toBeCloseTo(pValue, 12)
})

test('ties are counted out, too', () => {
  // all 6,435 ways to choose 7 of the 15 ranks, listed one by one: 262 have a sum at most as small
  const { statistic, pValue } = testMannWhitney(
    Float64Array.of(1, 2, 2, 3, 5, 5, 5),
    Float64Array.of(2, 3, 4, 5, 6, 6, 7, 8),
  )
  expect(statistic).toBe(13)
  expect(pValue).toBeCloseTo((2 * 262) / 6435, 14)
})

test('large samples by the normal distribution, corrected for ties', () => {
  const first = Float64Array.from({ length: 300 }, (_, k) => (k * 37) % 101)
  const second = Float64Array.from({ length: 250 }, (_, k) => ((k * 53) % 103) + 6)
  // SciPy: mannwhitneyu(first, second, method='asymptotic')
  const { statistic, pValue, method } = testMannWhitney(first, second)
  expect([statistic, method]).toEqual([33061, 'normal'])
  expect(pValue / 0.01676212778693763).toBeCloseTo(1, 12)
})

test('says 1 where nothing can be told', () => {
  expect(testMannWhitney(new Float64Array(0), Float64Array.of(1, 2)).pValue).toBe(1)
  expect(testMannWhitney(new Float64Array(4).fill(7), new Float64Array(5).fill(7)).pValue).toBe(1)
  expect(testMannWhitney(new Float64Array(4000).fill(7), new Float64Array(5000).fill(7)).pValue).toBe(1)
})
