import { expect, test } from 'vitest'
import { inflateVariance, measureMannKendall } from './mann-kendall.ts'
import { measureTheilSen } from './theil-sen.ts'

test('agrees with counting all pairs', () => {
  // three pairs of equal values: variance (10 · 9 · 25 − 3 · 2 · 1 · 9) / 18
  const { statistic, variance } = measureMannKendall(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3))
  expect(statistic).toBe(12)
  expect(variance).toBeCloseTo(122, 10)
})

test('a rising series has every pair in order', () => {
  const rising = Float64Array.from({ length: 20 }, (_, k) => k)
  // 20 · 19 / 2, and 20 · 19 · 45 / 18
  expect(measureMannKendall(rising)).toEqual({ statistic: 190, variance: 950 })
  expect(measureMannKendall(rising.map((x) => -x)).statistic).toBe(-190)
})

test('memory makes trends of chance more likely', () => {
  expect(inflateVariance(100, 0)).toBe(1)
  // (1 + ρ) / (1 − ρ) = 4 in the limit for ρ = 0.6
  expect(inflateVariance(100_000, 0.6)).toBeCloseTo(4, 2)
})

test('the slope is the median of those of all pairs, and not moved by an outlier', () => {
  // SciPy: theilslopes([0, 2, 4, 6, 100, 10]) has slope 2
  expect(measureTheilSen([0, 1, 2, 3, 4, 5], Float64Array.of(0, 2, 4, 6, 100, 10), 1)).toBe(2)
})

test('with a season only points of the same phase are compared', () => {
  const saw = Float64Array.from({ length: 21 }, (_, k) => k + 50 * (k % 7))
  expect(
    measureTheilSen(
      Array.from(saw, (_, k) => k),
      saw,
      7,
    ),
  ).toBe(1)
})
