import { expect, test } from 'vitest'
import { studentT } from './student-t.ts'
import { testWelch } from './welch.ts'

const first = [20.4, 24.2, 15.4, 21.4, 20.2, 18.5, 21.5]
const second = [20.2, 16.9, 18.5, 17.3, 20.5]

test('agrees with SciPy', () => {
  // ttest_ind(first, second, equal_var=False)
  const welch = testWelch(first, second)
  expect(welch.statistic).toBeCloseTo(1.2204174122277793, 11)
  expect(welch.pValue).toBeCloseTo(0.2508100698322371, 11)
  // (u + v)² / (u² / 6 + v² / 4) with the squared standard errors u and v
  expect((welch.high - welch.low) / 2).toBeCloseTo(
    (welch.difference / welch.statistic) * studentT.quantile(0.975, welch.df),
    12,
  )
  expect(welch.df).toBeCloseTo(9.817212165733293, 11)
})

test('says 1 where nothing can be told', () => {
  expect(testWelch([3], [4, 5]).pValue).toBe(1)
  expect(testWelch([3, 3], [3, 3]).pValue).toBe(1)
})

test('quantiles of t', () => {
  // t.ppf(p, df) by mpmath's findroot with 40 digits; SciPy's own are off by up to 2e-9
  const known = [
    [0.975, 1, 12.706204736174694],
    [0.975, 4.5, 2.6589123472044034],
    [0.9999999, 30, 6.701399512379315],
    [0.6, 2.2, 0.28539154588830395],
    [0.975, 1e6, 1.9599663568141068],
    [1e-12, 0.5, -1.02849115631634e23],
  ] as const
  for (const [probability, df, value] of known) expect(studentT.quantile(probability, df) / value).toBeCloseTo(1, 11)
  for (const df of [0.1, 0.3, 1, 40])
    for (const tail of [1e-20, 1e-3, 0.2, 0.499])
      expect(studentT.lowerTail(studentT.quantile(tail, df), df) / tail).toBeCloseTo(1, 10)
  expect(studentT.quantile(0.5, 3)).toBe(0)
  expect(studentT.quantile(0.975, Infinity)).toBeCloseTo(1.959963984540054, 13)
})
