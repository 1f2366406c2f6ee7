import { expect, test } from 'vitest'
import { testAndersonDarling } from './anderson-darling.ts'
import { testMoments } from './dagostino.ts'
import { testFit } from './kolmogorov-smirnov.ts'
import { kurtosis, skewness } from './moments.ts'
import { normal } from './normal.ts'
import { createRandom } from './random.ts'
import { testShapiroWilk } from './shapiro-wilk.ts'

/** Weights of eleven men in pounds (Shapiro and Wilk 1965). */
const weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]
const more = Float64Array.from([...weights, 170, 172, 181, 150, 149, 163, 177, 158, 169, 171])

test('Shapiro and Wilk', () => {
  // R: shapiro.test(weights): W = 0.78881, p-value = 0.006704; SciPy's shapiro has single precision
  const { statistic, pValue } = testShapiroWilk(Float64Array.from(weights))
  expect(statistic).toBeCloseTo(0.7888148, 6)
  expect(pValue / 0.0067038).toBeCloseTo(1, 4)
  // shapiro([1.2, 2.5, 2.6]), shapiro([3, 1, 4, 1, 5, 9, 2, 6])
  expect(testShapiroWilk(Float64Array.of(1.2, 2.5, 2.6)).pValue).toBeCloseTo(0.1223492, 5)
  expect(testShapiroWilk(Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6)).pValue).toBeCloseTo(0.495598, 5)
  // shapiro([((k * k * 31) % 1009) / 7 for k in range(400)])
  const long = testShapiroWilk(Float64Array.from({ length: 400 }, (_, k) => ((k * k * 31) % 1009) / 7))
  expect(long.statistic).toBeCloseTo(0.9528146, 5)
  expect(Math.abs(long.pValue / 5.2585e-10 - 1)).toBeLessThan(0.001)
})

test('moments', () => {
  // SciPy: skew, kurtosis, skewtest, kurtosistest, normaltest
  expect(skewness(more)).toBeCloseTo(2.043789976511955, 12)
  expect(kurtosis(more) - 3).toBeCloseTo(4.943036923700756, 12)
  const { ofSkewness, ofKurtosis, skewnessP, kurtosisP, pValue } = testMoments(more)
  expect(ofSkewness).toBeCloseTo(3.6349067856764994, 11)
  expect(ofKurtosis).toBeCloseTo(3.25629475742593, 11)
  expect(skewnessP / 0.0002780811622906847).toBeCloseTo(1, 10)
  expect(kurtosisP / 0.0011287650440289679).toBeCloseTo(1, 10)
  expect(pValue / 6.73628855706063e-6).toBeCloseTo(1, 10)
})

test('Anderson and Darling', () => {
  // SciPy: anderson(more).statistic; p by exp(1.2937 − 5.709 a + 0.0186 a²), a = A² (1 + 0.75 / 21 + 2.25 / 441)
  const { statistic, pValue } = testAndersonDarling(more)
  expect(statistic).toBeCloseTo(1.1183510012613525, 11)
  const a = 1.1183510012613525 * (1 + 0.75 / 21 + 2.25 / 441)
  expect(pValue).toBeCloseTo(Math.exp(1.2937 - 5.709 * a + 0.0186 * a * a), 12)
})

test('one sample against a given distribution', () => {
  const values = Float64Array.of(0.1, -0.5, 1.2, 0.7, -1.9, 0.33, 2.2, -0.1, 0.45, 1.5, -0.8, 0.05)
  // SciPy: kstest(values, 'norm', method='exact')
  const { statistic, pValue } = testFit(values, normal.lowerTail)
  expect(statistic).toBeCloseTo(0.210172162722971, 12)
  expect(Math.abs(pValue - 0.5927592549024985)).toBeLessThan(0.02)
})

test('each calls normal values not normal about as often as it says', () => {
  const random = createRandom(8)
  const counts = [0, 0, 0]
  for (let round = 0; round < 2000; round++) {
    const values = Float64Array.from({ length: 40 }, () => 5 + 3 * random.normal())
    const tests = [testShapiroWilk, testMoments, testAndersonDarling]
    tests.forEach((judge, at) => {
      if (judge(values).pValue < 0.05) counts[at]!++
    })
  }
  for (const count of counts) expect(Math.abs(count / 2000 - 0.05)).toBeLessThan(0.02)
})

test('says 1 where nothing can be told', () => {
  const flat = new Float64Array(30).fill(4)
  expect([testShapiroWilk(flat), testMoments(flat), testAndersonDarling(flat)].map(({ pValue }) => pValue)).toEqual([
    1, 1, 1,
  ])
})
