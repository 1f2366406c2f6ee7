import { expect, test } from 'vitest'
import { testIndependence } from './chi-square-test.ts'

test('agrees with SciPy', () => {
  // chi2_contingency([[10, 20, 30], [6, 9, 40], [3, 12, 8]], correction=False); contingency.association gives Cramér's V
  const { statistic, df, pValue, cramersV } = testIndependence(Float64Array.of(10, 20, 30, 6, 9, 40, 3, 12, 8), 3)
  expect(statistic).toBeCloseTo(13.100684937655414, 12)
  expect(df).toBe(4)
  expect(pValue / 0.010794165239052841).toBeCloseTo(1, 11)
  expect(cramersV).toBeCloseTo(0.2178675050899372, 13)
})

test("Bergsma's correction takes away what chance gives", () => {
  // φ² − (r − 1)(c − 1) / (n − 1) = 13.1006849 / 138 − 4 / 137, over 3 − 4 / 137 − 1
  const { correctedV } = testIndependence(Float64Array.of(10, 20, 30, 6, 9, 40, 3, 12, 8), 3)
  expect(correctedV).toBeCloseTo(Math.sqrt((13.100684937655414 / 138 - 4 / 137) / (2 - 4 / 137)), 12)
  expect(testIndependence(Float64Array.of(10, 10, 11, 10), 2).correctedV).toBe(0)
  expect(testIndependence(Float64Array.of(10, 0, 0, 12), 2).correctedV).toBeCloseTo(1, 12)
})

test('rows and columns of zeros do not count', () => {
  const padded = testIndependence(Float64Array.of(10, 0, 20, 0, 0, 0, 6, 0, 9), 3)
  expect(padded).toEqual(testIndependence(Float64Array.of(10, 20, 6, 9), 2))
  expect(testIndependence(Float64Array.of(3, 4, 0, 0), 2)).toMatchObject({ df: 0, pValue: 1 })
})
