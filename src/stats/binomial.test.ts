import { expect, test } from 'vitest'
import { binomial } from './binomial.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('both tails hold the point itself and keep their digits', () => {
  // binom.sf(3 - 1, 10, 0.1)
  expect(binomial.upperTail(3, 10, 0.1) / 0.0701908264).toBeCloseTo(1, 11)
  // binom.sf(40 - 1, 100, 0.1)
  expect(binomial.upperTail(40, 100, 0.1) / 2.94552979374652e-15).toBeCloseTo(1, 11)
  // binom.cdf(3, 10, 0.1)
  expect(binomial.lowerTail(3, 10, 0.1) / 0.9872048016).toBeCloseTo(1, 11)
  // binom.cdf(200, 10000, 0.03)
  expect(binomial.lowerTail(200, 10000, 0.03) / 3.02511128982173e-10).toBeCloseTo(1, 11)
  // binom.pmf(30, 100, 0.3)
  expect(binomial.mass(30, 100, 0.3) / 0.0867838647534281).toBeCloseTo(1, 11)
})
