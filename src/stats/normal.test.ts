import { expect, test } from 'vitest'
import { normal } from './normal.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('tails keep their digits on both sides', () => {
  // norm.sf(-3)
  expect(normal.upperTail(-3) / 0.99865010196837).toBeCloseTo(1, 11)
  // norm.sf(0.3)
  expect(normal.upperTail(0.3) / 0.382088577811047).toBeCloseTo(1, 11)
  // norm.sf(1.959963984540054)
  expect(normal.upperTail(1.959963984540054) / 0.025).toBeCloseTo(1, 11)
  // norm.sf(5)
  expect(normal.upperTail(5) / 2.86651571879194e-7).toBeCloseTo(1, 11)
  // norm.sf(12)
  expect(normal.upperTail(12) / 1.77648211207768e-33).toBeCloseTo(1, 11)
  // norm.sf(37)
  expect(normal.upperTail(37) / 5.72557122252458e-300).toBeCloseTo(1, 11)
  // norm.cdf(-8)
  expect(normal.lowerTail(-8) / 6.22096057427178e-16).toBeCloseTo(1, 11)
  // norm.cdf(-0.5)
  expect(normal.lowerTail(-0.5) / 0.308537538725987).toBeCloseTo(1, 11)
  // norm.cdf(2)
  expect(normal.lowerTail(2) / 0.977249868051821).toBeCloseTo(1, 11)
})

test('the quantile turns them round', () => {
  // norm.ppf(1e-200)
  expect(normal.quantile(1e-200) / -30.2055941795796).toBeCloseTo(1, 11)
  // norm.ppf(1e-12)
  expect(normal.quantile(1e-12) / -7.03448382530113).toBeCloseTo(1, 11)
  // norm.ppf(0.025)
  expect(normal.quantile(0.025) / -1.95996398454005).toBeCloseTo(1, 11)
  // norm.ppf(0.3)
  expect(normal.quantile(0.3) / -0.524400512708041).toBeCloseTo(1, 11)
  // norm.ppf(0.975)
  expect(normal.quantile(0.975) / 1.95996398454005).toBeCloseTo(1, 11)
})

test('beyond all numbers a tail is nothing', () => {
  expect(normal.upperTail(Number.POSITIVE_INFINITY)).toBe(0)
  expect(normal.upperTail(Number.NEGATIVE_INFINITY)).toBe(1)
})
