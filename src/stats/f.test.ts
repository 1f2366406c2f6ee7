import { expect, test } from 'vitest'
import { f } from './f.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails keep their digits', () => {
  // f.sf(3, 2, 10)
  expect(f.upperTail(3, 2, 10) / 0.095367431640625).toBeCloseTo(1, 11)
  // f.sf(50, 1, 30)
  expect(f.upperTail(50, 1, 30) / 7.31940486484129e-8).toBeCloseTo(1, 11)
  // f.sf(20, 6, 120)
  expect(f.upperTail(20, 6, 120) / 4.23706209007335e-16).toBeCloseTo(1, 11)
  // f.cdf(0.1, 5, 7)
  expect(f.lowerTail(0.1, 5, 7) / 0.0110410068377342).toBeCloseTo(1, 11)
})
