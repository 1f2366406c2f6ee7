import { expect, test } from 'vitest'
import { gamma } from './gamma.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails keep their digits', () => {
  // gamma.sf(0.1, 0.5, scale=1)
  expect(gamma.upperTail(0.1, 0.5, 1) / 0.654720846018577).toBeCloseTo(1, 11)
  // gamma.sf(5, 2.5, scale=2)
  expect(gamma.upperTail(5, 2.5, 2) / 0.415880186995508).toBeCloseTo(1, 11)
  // gamma.sf(40, 10, scale=1)
  expect(gamma.upperTail(40, 10, 1) / 3.92593222628619e-9).toBeCloseTo(1, 11)
  // gamma.sf(10400, 9000, scale=1)
  expect(gamma.upperTail(10400, 9000, 1) / 3.42623493966715e-45).toBeCloseTo(1, 11)
  // gamma.cdf(0.1, 0.5)
  expect(gamma.lowerTail(0.1, 0.5, 1) / 0.345279153981423).toBeCloseTo(1, 11)
  // gamma.cdf(2, 30)
  expect(gamma.lowerTail(2, 30, 1) / 5.85531860937858e-25).toBeCloseTo(1, 11)
  // gamma.cdf(8000, 9000)
  expect(gamma.lowerTail(8000, 9000, 1) / 3.13619422985736e-28).toBeCloseTo(1, 11)
})
