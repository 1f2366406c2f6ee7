import { expect, test } from 'vitest'
import { type TwoByTwo, testHomogeneity, testStrata } from './mantel-haenszel.ts'

/** Admissions to Berkeley in 1973 by department: men with and without, women with and without (Bickel et al. 1975). */
const berkeley: readonly TwoByTwo[] = [
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
].map(([exposedWith = 0, exposedWithout = 0, otherWith = 0, otherWithout = 0]) => ({
  exposedWith,
  exposedWithout,
  otherWith,
  otherWithout,
}))

test('the test and the common ratios', () => {
  // R: mantelhaen.test(UCBAdmissions, correct = FALSE); the risk ratio and its variance by fractions
  const { observed, expected, variance, pValue, oddsRatio, riskRatio } = testStrata(berkeley)
  expect((observed - expected) ** 2 / variance).toBeCloseTo(1.5246066604434416, 11)
  expect(pValue).toBeCloseTo(0.21692369705551387, 12)
  expect(oddsRatio.value).toBeCloseTo(0.904696828258623, 12)
  expect([oddsRatio.low, oddsRatio.high].map((x) => x.toFixed(9))).toEqual(['0.771907362', '1.060329764'])
  expect(riskRatio.value).toBeCloseTo(0.9449050225959289, 12)
  expect([riskRatio.low, riskRatio.high].map((x) => x.toFixed(9))).toEqual(['0.866452233', '1.030461309'])
})

test('homogeneity of the odds ratio', () => {
  // R: DescTools::BreslowDayTest(UCBAdmissions, correct = TRUE); fitted counts by bisection
  const { statistic, df, pValue } = testHomogeneity(berkeley, testStrata(berkeley).oddsRatio.value)
  expect(statistic).toBeCloseTo(18.825501252052725, 9)
  expect(df).toBe(5)
  expect(pValue / 0.002071401397881276).toBeCloseTo(1, 9)
})

test('one stratum has the odds ratio of its table', () => {
  const table = { exposedWith: 12, exposedWithout: 5, otherWith: 7, otherWithout: 9 }
  expect(testStrata([table]).oddsRatio.value).toBeCloseTo((12 * 9) / (5 * 7), 12)
  // 1/a + 1/b + 1/c + 1/d is the variance of its logarithm
  const margin = Math.exp(1.959963984540054 * Math.sqrt(1 / 12 + 1 / 5 + 1 / 7 + 1 / 9))
  expect(testStrata([table]).oddsRatio.high).toBeCloseTo(((12 * 9) / 35) * margin, 9)
})

test('says 1 where strata tell nothing', () => {
  const nobody = { exposedWith: 3, exposedWithout: 4, otherWith: 0, otherWithout: 0 }
  expect(testStrata([nobody])).toMatchObject({ pValue: 1, oddsRatio: { value: 1, low: 0, high: Infinity } })
  expect(testHomogeneity([nobody], 1).pValue).toBe(1)
})
