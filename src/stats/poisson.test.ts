import { expect, test } from 'vitest'
import { poisson } from './poisson.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails hold the point itself and keep their digits', () => {
  // poisson.sf(12 - 1, 3)
  expect(poisson.upperTail(12, 3) / 7.13866289742066e-5).toBeCloseTo(1, 11)
  // poisson.sf(100 - 1, 50)
  expect(poisson.upperTail(100, 50) / 3.20006532458513e-10).toBeCloseTo(1, 11)
  // poisson.sf(1010 - 1, 800)
  expect(poisson.upperTail(1010, 800) / 5.38814050651528e-13).toBeCloseTo(1, 11)
  // poisson.cdf(0, 4)
  expect(poisson.lowerTail(0, 4) / 0.0183156388887342).toBeCloseTo(1, 11)
  // poisson.cdf(10, 50)
  expect(poisson.lowerTail(10, 50) / 6.45015291849773e-12).toBeCloseTo(1, 11)
  // poisson.cdf(700, 800)
  expect(poisson.lowerTail(700, 800) / 0.000166090785551777).toBeCloseTo(1, 11)
  // poisson.pmf(3, 2.5)
  expect(poisson.mass(3, 2.5) / 0.213763017249736).toBeCloseTo(1, 11)
})
