import { expect, test } from 'vitest'
import { beta } from './beta.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails keep their digits', () => {
  // beta.cdf(0.2, 2, 3)
  expect(beta.lowerTail(0.2, 2, 3) / 0.1808).toBeCloseTo(1, 11)
  // beta.cdf(0.001, 5, 40)
  expect(beta.lowerTail(0.001, 5, 40) / 1.05128139469216e-9).toBeCloseTo(1, 11)
  // beta.cdf(0.9, 0.5, 0.5)
  expect(beta.lowerTail(0.9, 0.5, 0.5) / 0.795167235300867).toBeCloseTo(1, 11)
  // beta.sf(0.2, 2, 3)
  expect(beta.upperTail(0.2, 2, 3) / 0.8192).toBeCloseTo(1, 11)
  // beta.sf(0.6, 5, 40)
  expect(beta.upperTail(0.6, 5, 40) / 2.27203294114865e-12).toBeCloseTo(1, 11)
})
