import { expect, test } from 'vitest'
import { kolmogorovTail, testKolmogorovSmirnov } from './kolmogorov-smirnov.ts'

const count = (length: number, from: number) => Float64Array.from({ length }, (_, k) => k + from)

test('the exact distribution', () => {
  const first = Float64Array.of(0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)
  // SciPy: ks_2samp(first, second, method='exact')
  const { statistic, at, pValue } = testKolmogorovSmirnov(first, Float64Array.of(1.15, 0.88, 0.9, 0.74, 1.21))
  expect(statistic).toBeCloseTo(0.6, 14)
  expect(at).toBe(1.21)
  expect(pValue / 0.16583416583416583).toBeCloseTo(1, 12)
  // SciPy: ks_2samp(range(20), [k + 6.5 for k in range(25)], method='exact')
  expect(testKolmogorovSmirnov(count(20, 0), count(25, 6.5)).pValue / 0.007815903046439022).toBeCloseTo(1, 12)
})

test('small p-values keep their digits', () => {
  // samples that do not overlap: 2 of the 220! / (100! 120!) orders
  expect(testKolmogorovSmirnov(count(100, 0), count(120, 100)).pValue / 5.467111804482763e-65).toBeCloseTo(1, 12)
})

test('with ties only orders that can be told apart count', () => {
  // all 6,435 ways to choose 7 of the 15 values, listed one by one; as R's psmirnov with `z`
  const first = Float64Array.of(1, 2, 2, 3, 5, 5, 5)
  const { statistic, pValue } = testKolmogorovSmirnov(first, Float64Array.of(2, 3, 4, 5, 6, 6, 7, 8))
  expect(statistic).toBe(0.5)
  expect(pValue / 0.17264957264957265).toBeCloseTo(1, 12)
})

test("Kolmogorov's limit", () => {
  // SciPy: special.kolmogorov(z)
  const known = {
    0.3: 0.9999906941986655,
    0.8: 0.5441424115741981,
    1.36: 0.049485876755377876,
    3: 3.045995948942526e-8,
  }
  for (const [z, tail] of Object.entries(known)) expect(kolmogorovTail(Number(z)) / tail).toBeCloseTo(1, 12)
  expect(kolmogorovTail(0)).toBe(1)
  expect(kolmogorovTail(1 - 1e-12)).toBeCloseTo(kolmogorovTail(1 + 1e-12), 11)
})

test('says 1 where nothing can be told', () => {
  expect(testKolmogorovSmirnov(new Float64Array(0), Float64Array.of(1)).pValue).toBe(1)
  expect(testKolmogorovSmirnov(Float64Array.of(2, 2), Float64Array.of(2)).pValue).toBe(1)
})

test('large samples go by the limit, close to the exact distribution', () => {
  const exact = testKolmogorovSmirnov(count(990, 0), count(1000, 60))
  const large = testKolmogorovSmirnov(count(1010, 0), count(1000, 71))
  expect([exact.method, large.method]).toEqual(['exact', 'asymptotic'])
  expect(Math.abs(large.pValue / exact.pValue - 1)).toBeLessThan(0.15)
})
