import { expect, test } from 'vitest'
import { median, medianInPlace } from './median.ts'
import { createRandom } from './random.ts'

test('agrees with sorting', () => {
  const random = createRandom(4)
  for (let count = 1; count < 60; count++) {
    const values = Float64Array.from({ length: count }, () => random.integer(0, 9))
    const sorted = values.toSorted()
    expect(median(values)).toBe((sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2)
  }
  expect(medianInPlace(new Float64Array(0))).toBeNaN()
})
