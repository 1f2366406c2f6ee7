import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { measureNovelty } from './measure-novelty.ts'

test('is the distance to the k-th nearest of the stretches that fit, by hand', () => {
  const random = createRandom(1)
  const values = Float64Array.from({ length: 60 }, random.normal)
  const [memory, nearest] = [4, 2]
  const novelty = measureNovelty(values, { lags: Int32Array.from([3, 5, 9, 20, 50]), memory, nearest })
  const distance = (at: number, lag: number): number => {
    let sum = 0
    for (let back = 0; at - back - lag >= 0; back++)
      sum += (values[at - back]! - values[at - back - lag]!) ** 2 * (1 - 1 / memory) ** back
    return sum
  }
  // 50 reaches before the beginning until row 54
  for (const [at, lags] of [
    [30, [3, 5, 9, 20]],
    [59, [3, 5, 9, 20, 50]],
  ] as const) {
    const expected = lags.map((lag) => distance(at, lag)).sort((a, b) => a - b)[nearest - 1]!
    expect(novelty[at]).toBeCloseTo(Math.sqrt(expected / memory), 12)
  }
})

test('is nought where everything repeats', () => {
  const values = Float64Array.from({ length: 400 }, (_, at) => at % 20)
  const lags = Int32Array.from({ length: 100 }, (_, k) => k + 1)
  expect(measureNovelty(values, { lags, memory: 8, nearest: 2 })[399]).toBe(0)
})
