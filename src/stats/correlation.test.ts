import { expect, test } from 'vitest'
import { correlateOrder } from './kendall.ts'
import { correlate } from './pearson.ts'
import { correlateRanks } from './spearman.ts'

const x = Float64Array.of(2.1, 3.4, 1.2, 5.6, 4.4, 3.3, 7.8, 6.5, 2.2, 9.1)
const y = Float64Array.of(1.0, 2.9, 2.2, 4.1, 5.0, 2.7, 6.9, 7.1, 1.1, 6.0)

test("Pearson's agrees with SciPy", () => {
  // pearsonr(x, y), and its confidence_interval()
  const { value, low, high, pValue } = correlate(x, y)
  expect(value).toBeCloseTo(0.8883370612694447, 13)
  expect(pValue / 0.0005931986351185995).toBeCloseTo(1, 11)
  expect(low).toBeCloseTo(0.5870722121115453, 10)
  expect(high).toBeCloseTo(0.9734775378254817, 10)
})

test("Spearman's agrees with SciPy", () => {
  // spearmanr(x, y)
  const { value, pValue } = correlateRanks(x, y)
  expect(value).toBeCloseTo(0.9030303030303028, 13)
  expect(pValue / 0.00034361219776328223).toBeCloseTo(1, 11)
})

test("Kendall's agrees with SciPy", () => {
  // kendalltau(x, y, method='exact')
  const exact = correlateOrder(x, y)
  expect(exact.value).toBeCloseTo(0.7333333333333333, 14)
  expect(exact.pValue / 0.002212852733686067).toBeCloseTo(1, 12)
  // kendalltau(x, y, method='asymptotic') with ties in both
  const tied = correlateOrder(
    Float64Array.of(1, 2, 2, 3, 4, 4, 4, 5, 6, 7),
    Float64Array.of(2, 1, 3, 3, 5, 4, 4, 7, 6, 6),
  )
  expect(tied.value).toBeCloseTo(0.7952384429746019, 13)
  expect(tied.pValue / 0.002341869240428776).toBeCloseTo(1, 11)
  const long = Float64Array.from({ length: 200 }, (_, k) => (k * 37) % 211)
  const far = correlateOrder(
    long,
    long.map((value, k) => value / 3 + ((k * 53) % 97)),
  )
  expect(far.value).toBeCloseTo(0.3518178849825355, 13)
  expect(far.pValue / 1.3801703764828162e-13).toBeCloseTo(1, 10)
})

test('values far from 0 lose no digits', () => {
  const far = correlate(
    x.map((value) => Math.round(value * 10) + 2 ** 40),
    y,
  )
  expect(far.value).toBeCloseTo(0.8883370612694447, 10)
})

test('says 1 where nothing can be told', () => {
  const flat = new Float64Array(10).fill(3)
  for (const { value, pValue } of [correlate(x, flat), correlateRanks(flat, y), correlateOrder(x, flat)]) {
    expect(value).toBeNaN()
    expect(pValue).toBe(1)
  }
  expect(correlate(Float64Array.of(1, 2), Float64Array.of(4, 9))).toEqual({ value: 1, low: -1, high: 1, pValue: 1 })
  expect(correlate(x, x)).toMatchObject({ value: 1, pValue: 0 })
})
