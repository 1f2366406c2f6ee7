import { expect, test } from 'vitest'
import { testRanksOfGroups } from './kruskal-wallis.ts'
import { testSignedRanks } from './wilcoxon.ts'

test('signed ranks of a small sample are counted out', () => {
  // R: wilcox.test(x, y, paired = TRUE), as in Hollander and Wolfe (1973), p. 29: V = 40, p = 0.03906
  const differences = Float64Array.of(0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01)
  const { statistic, pValue, method } = testSignedRanks(differences)
  expect([statistic, method]).toEqual([40, 'exact'])
  expect(pValue).toBeCloseTo(0.0390625, 14)
})

test('ties are counted out, too, and zeros left out', () => {
  // all 512 signs listed one by one: 18 have a sum at least as large
  const { statistic, pValue } = testSignedRanks(Float64Array.of(1, 1, 2, -2, 3, 3, -1, 4, 5, 0))
  expect(statistic).toBe(38.5)
  expect(pValue).toBeCloseTo((2 * 18) / 512, 14)
})

test('many go by the normal distribution', () => {
  // SciPy: wilcoxon(d, method='approx', correction=True)
  const { pValue, method } = testSignedRanks(Float64Array.from({ length: 150 }, (_, k) => (((k * 37) % 101) - 40) / 4))
  expect(method).toBe('normal')
  expect(pValue / 0.00022686761317627696).toBeCloseTo(1, 11)
})

test('groups by their ranks', () => {
  // SciPy: kruskal(a, b, c), R: kruskal.test, as in Hollander and Wolfe (1973), p. 116
  const { statistic, pValue } = testRanksOfGroups([
    Float64Array.of(2.9, 3.0, 2.5, 2.6, 3.2),
    Float64Array.of(3.8, 2.7, 4.0, 2.4),
    Float64Array.of(2.8, 3.4, 3.7, 2.2, 2.0),
  ])
  expect(statistic).toBeCloseTo(0.7714285714285722, 12)
  expect(pValue).toBeCloseTo(0.6799647735788936, 12)
  // kruskal([1, 1, 2, 2, 3], [2, 3, 3, 4], [5, 5, 1])
  const tied = testRanksOfGroups([
    Float64Array.of(1, 1, 2, 2, 3),
    Float64Array.of(2, 3, 3, 4),
    Float64Array.of(5, 5, 1),
  ])
  expect(tied.statistic).toBeCloseTo(3.093162393162394, 12)
})

test('says 1 where nothing can be told', () => {
  expect(testSignedRanks(Float64Array.of(0, 0)).pValue).toBe(1)
  expect(testRanksOfGroups([Float64Array.of(1, 2)]).pValue).toBe(1)
  expect(testRanksOfGroups([Float64Array.of(2, 2), Float64Array.of(2)]).pValue).toBe(1)
})
