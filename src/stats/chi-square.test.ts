import { expect, test } from 'vitest'
import { chiSquare } from './chi-square.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails keep their digits', () => {
  // chi2.sf(3.84, 1)
  expect(chiSquare.upperTail(3.84, 1) / 0.0500435212487051).toBeCloseTo(1, 11)
  // chi2.sf(60, 10)
  expect(chiSquare.upperTail(60, 10) / 3.62430095206149e-9).toBeCloseTo(1, 11)
  // chi2.sf(200, 30)
  expect(chiSquare.upperTail(200, 30) / 4.95273352900319e-27).toBeCloseTo(1, 11)
  // chi2.cdf(0.5, 6)
  expect(chiSquare.lowerTail(0.5, 6) / 0.00216149668976251).toBeCloseTo(1, 11)
})
