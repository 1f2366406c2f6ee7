import { expect, test } from 'vitest'
import { hypergeometric } from './hypergeometric.ts'

// Expected values: SciPy's call is in the comment, the digits from exact fractions (sums of math.comb).

test('both tails hold the point itself and keep their digits', () => {
  // hypergeom.sf(8 - 1, 27, 11, 13): Fisher's exact test of a published two by two table
  expect(hypergeometric.upperTail(8, 11, 16, 13) / 0.0412348005563782).toBeCloseTo(1, 11)
  // hypergeom.cdf(3, 1000, 100, 200)
  expect(hypergeometric.lowerTail(3, 100, 900, 200) / 2.19746321009267e-7).toBeCloseTo(1, 10)
  // hypergeom.sf(400 - 1, 3000, 1000, 600)
  expect(hypergeometric.upperTail(400, 1000, 2000, 600) / 2.42665331565374e-79).toBeCloseTo(1, 9)
  // hypergeom.pmf(4, 27, 11, 13)
  expect(hypergeometric.mass(4, 11, 16, 13) / 0.188211363874306).toBeCloseTo(1, 11)
})

test('beyond what can be drawn there is nothing', () => {
  expect(hypergeometric.lowerTail(1, 5, 3, 6)).toBe(0)
  expect(hypergeometric.upperTail(3, 5, 3, 6)).toBe(1)
  expect(hypergeometric.upperTail(6, 5, 3, 6)).toBe(0)
  expect(hypergeometric.lowerTail(5, 5, 3, 6)).toBe(1)
  expect(hypergeometric.mass(2, 5, 3, 6)).toBe(0)
})
