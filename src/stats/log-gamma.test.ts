import { expect, test } from 'vitest'
import { logGamma } from './log-gamma.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with.

test('agrees for small and large arguments', () => {
  // gammaln(0.01)
  expect(logGamma(0.01) / 4.59947987804202).toBeCloseTo(1, 11)
  // gammaln(0.5)
  expect(logGamma(0.5) / 0.5723649429247).toBeCloseTo(1, 11)
  // gammaln(3.3)
  expect(logGamma(3.3) / 0.987098577894735).toBeCloseTo(1, 11)
  // gammaln(50)
  expect(logGamma(50) / 144.565743946345).toBeCloseTo(1, 11)
  // gammaln(1000000)
  expect(logGamma(1000000) / 12815504.5691476).toBeCloseTo(1, 11)
})
