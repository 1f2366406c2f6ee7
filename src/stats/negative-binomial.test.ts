import { expect, test } from 'vitest'
import { negativeBinomial } from './negative-binomial.ts'
import { poisson } from './poisson.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with. Size is 1 / dispersion.

test('both tails hold the point itself and keep their digits', () => {
  // nbinom.sf(10 - 1, 1 / 0.2, 1 / (1 + 0.2 * 3))
  expect(negativeBinomial.upperTail(10, 3, 0.2) / 0.010533797871858).toBeCloseTo(1, 11)
  // nbinom.sf(40 - 1, 1 / 0.2, 1 / (1 + 0.2 * 3))
  expect(negativeBinomial.upperTail(40, 3, 0.2) / 2.01037366249677e-13).toBeCloseTo(1, 11)
  // nbinom.sf(500 - 1, 1 / 0.01, 1 / (1 + 0.01 * 300))
  expect(negativeBinomial.upperTail(500, 300, 0.01) / 3.75402126773074e-7).toBeCloseTo(1, 11)
  // nbinom.cdf(0, 1 / 0.2, 1 / (1 + 0.2 * 3))
  expect(negativeBinomial.lowerTail(0, 3, 0.2) / 0.095367431640625).toBeCloseTo(1, 11)
  // nbinom.cdf(200, 1 / 0.01, 1 / (1 + 0.01 * 300))
  expect(negativeBinomial.lowerTail(200, 300, 0.01) / 0.000747616892078384).toBeCloseTo(1, 11)
})

test('without dispersion it is the Poisson distribution', () => {
  expect(negativeBinomial.upperTail(12, 3, 0)).toBe(poisson.upperTail(12, 3))
  expect(negativeBinomial.upperTail(12, 3, 1e-9) / poisson.upperTail(12, 3)).toBeCloseTo(1, 5)
})

test('masses add up to 1', () => {
  const total = Array.from({ length: 400 }, (_, k) => negativeBinomial.mass(k, 6, 0.5)).reduce((sum, p) => sum + p, 0)
  expect(total).toBeCloseTo(1, 12)
})
