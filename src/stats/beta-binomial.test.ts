import { expect, test } from 'vitest'
import { betaBinomial } from './beta-binomial.ts'

// Expected values: SciPy's call is in the comment, the digits from mpmath with 40 digits, which SciPy agrees with (its sf to 4 digits). a = chance (1 / correlation − 1).

test('both tails hold the point itself and keep their digits', () => {
  // betabinom.sf(3 - 1, 10, 1.9, 17.1)
  expect(betaBinomial.upperTail(3, 10, 0.1, 0.05) / 0.106129597529562).toBeCloseTo(1, 11)
  // betabinom.sf(60 - 1, 100, 4.9, 44.1)
  expect(betaBinomial.upperTail(60, 100, 0.1, 0.02) / 3.80358621491918e-10).toBeCloseTo(1, 11)
  // betabinom.cdf(0, 50, 2.7, 6.3)
  expect(betaBinomial.lowerTail(0, 50, 0.3, 0.1) / 0.00360347125759787).toBeCloseTo(1, 11)
  // betabinom.cdf(20, 200, 29.7, 69.3)
  expect(betaBinomial.lowerTail(20, 200, 0.3, 0.01) / 1.77711233483297e-5).toBeCloseTo(1, 11)
})

test('tails that fall like a power keep their digits, too', () => {
  // masses to 60 digits, 1000 of them and Euler and Maclaurin's formula for the rest
  const known = [
    [5, 1e9, 1e-12, 0.6, 1.330544461206782e-11],
    [50, 1e8, 1e-7, 0.01, 0.00009257528407335704],
    [3, 1e9, 1e-9, 0.9, 3.181245452335341e-9],
    [2000, 1e9, 1e-9, 0.3, 2.7830679373208364e-8],
  ] as const
  for (const [count, trials, chance, correlation, tail] of known)
    expect(betaBinomial.upperTail(count, trials, chance, correlation) / tail).toBeCloseTo(1, 11)
})
