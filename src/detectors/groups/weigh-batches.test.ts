import { expect, test } from 'vitest'
import { measureBatches, weakenPValue } from './weigh-batches.ts'

const of = (...converted: number[]) => converted.map((count) => ({ entered: 20, converted: count }))

test('the dispersion of weeks is Pearson’s chi-squared over its degrees of freedom', () => {
  const batches = of(5, 9, 4, 12, 6, 8, 3, 11)
  const share = 58 / 160
  const dispersion =
    [5, 9, 4, 12, 6, 8, 3, 11].reduce((sum, x) => sum + (x - 20 * share) ** 2, 0) / (20 * share * (1 - share) * 7)
  expect(measureBatches(batches, 1)).toEqual({ factor: expect.closeTo(dispersion, 9), freedom: 7 })
  // what accounts differ by is in the variance already: the weeks come on top
  expect(measureBatches(batches, 2)!.factor).toBeCloseTo((2 + dispersion - 1) / 2, 9)
})

test('weeks that differ less than chance lets expect narrow nothing; few weeks tell nothing', () => {
  expect(measureBatches(of(7, 7, 7, 7, 7, 7, 7, 7), 1)).toEqual({ factor: 1, freedom: 7 })
  expect(measureBatches(of(7, 2, 9), 1)).toBeUndefined()
  expect(measureBatches(of(0, 0, 0, 0, 0, 0, 0, 0), 1)).toBeUndefined()
})

test('a p-value is weakened as its score is, and never strengthened', () => {
  // scipy: 2 * norm.sf(3) = 0.0026997960632601866; 2 * t.sf(3 / sqrt(2), 7) = 0.07158180033792966
  expect(weakenPValue(0.0026997960632601866, 1e9, { factor: 2, freedom: 7 })).toBeCloseTo(0.0715818, 6)
  expect(weakenPValue(0.03, 5, { factor: 1, freedom: 30 })).toBeCloseTo(0.03, 9)
  expect(weakenPValue(1, 5, { factor: 3, freedom: 30 })).toBe(1)
})
