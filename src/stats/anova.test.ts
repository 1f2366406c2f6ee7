import { expect, test } from 'vitest'
import { analyseVariance } from './anova.ts'
import { testSpread } from './brown-forsythe.ts'

const a = Float64Array.of(8.88, 9.12, 9.04, 8.98, 9.0, 9.08, 9.01, 8.85, 9.06, 8.99)
const b = Float64Array.of(8.88, 8.95, 9.29, 9.44, 9.15, 9.58, 8.36, 9.18, 8.67, 9.05)
const c = Float64Array.of(8.95, 9.12, 8.95, 8.85, 9.03, 8.84, 9.07, 8.98, 8.86, 8.98)

test('mussels of five places', () => {
  // SciPy: f_oneway(tillamook, newport, petersburg, magadan, tvarminne), its documented example after McDonald et al. (1991)
  const { statistic, pValue } = analyseVariance([
    Float64Array.of(0.0571, 0.0813, 0.0831, 0.0976, 0.0817, 0.0859, 0.0735, 0.0659, 0.0923, 0.0836),
    Float64Array.of(0.0873, 0.0662, 0.0672, 0.0819, 0.0749, 0.0649, 0.0835, 0.0725),
    Float64Array.of(0.0974, 0.1352, 0.0817, 0.1016, 0.0968, 0.1064, 0.105),
    Float64Array.of(0.1033, 0.0915, 0.0781, 0.0685, 0.0677, 0.0697, 0.0764, 0.0689),
    Float64Array.of(0.0703, 0.1026, 0.0956, 0.0973, 0.1039, 0.1045),
  ])
  expect(statistic / 7.121019471642447).toBeCloseTo(1, 11)
  expect(pValue / 0.0002812242314534544).toBeCloseTo(1, 10)
})

test('spread by distances from the median', () => {
  // SciPy: levene(a, b, c), its documented example; R: lawstat::levene.test with location 'median'
  const { statistic, pValue, dfBetween, dfWithin } = testSpread([a, b, c])
  expect(statistic / 7.584952754501659).toBeCloseTo(1, 11)
  expect(pValue / 0.002431505967249681).toBeCloseTo(1, 11)
  expect([dfBetween, dfWithin]).toEqual([2, 27])
})

test('values far from 0 lose no digits', () => {
  const moved = [a, b, c].map((group) => group.map((value) => Math.round(value * 100) + 1e12))
  // SciPy: f_oneway(a, b, c)
  expect(analyseVariance(moved).statistic / 0.4371321440745385).toBeCloseTo(1, 9)
})

test('says 1 where nothing can be told', () => {
  expect(analyseVariance([a]).pValue).toBe(1)
  expect(analyseVariance([a, new Float64Array(0)]).pValue).toBe(1)
  expect(analyseVariance([Float64Array.of(1), Float64Array.of(2)]).pValue).toBe(1)
  expect(testSpread([Float64Array.of(1, 1, 1), Float64Array.of(5, 5)]).pValue).toBe(1)
})
