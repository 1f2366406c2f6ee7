import { expect, test } from 'vitest'
import { quantileOfSorted } from './quantile.ts'

test("between two values in proportion, as NumPy's default", () => {
  const sorted = Float64Array.of(1, 2, 4, 7, 11)
  // numpy.quantile([1, 2, 4, 7, 11], [0, 0.1, 0.25, 0.5, 0.9, 1])
  const found = [0, 0.1, 0.25, 0.5, 0.9, 1].map((share) => quantileOfSorted(sorted, share))
  expect(found.map((value) => Number(value.toFixed(12)))).toEqual([1, 1.4, 2, 4, 9.4, 11])
  expect(quantileOfSorted(Float64Array.of(3), 0.7)).toBe(3)
  expect(quantileOfSorted(Float64Array.of(), 0.7)).toBeNaN()
  expect(quantileOfSorted(Float64Array.of(0, Infinity, Infinity), 0.9)).toBe(Infinity)
})
