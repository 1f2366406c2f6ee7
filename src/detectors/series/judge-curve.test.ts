import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { alarmsMax } from '../simulation/count-alarms.ts'
import { judgeCurve } from './judge-curve.ts'

function drawNoise(seed: number, length: number, memory: number): () => Float64Array {
  const random = createRandom(seed)
  return () => {
    let state = random.normal() / Math.sqrt(1 - memory * memory)
    return Float64Array.from({ length }, () => {
      state = memory * state + random.normal()
      return state
    })
  }
}

test.each([
  [24, 0],
  [24, 0.4],
  [40, 0],
  [40, 0.4],
  [104, 0],
  [104, 0.4],
  [104, 0.6],
])('cries wolf no more often than it says: %d points with a memory of %d', (length, memory) => {
  const draw = drawNoise(21, length, memory)
  const rounds = 1500
  const pValues = Array.from({ length: rounds }, () => judgeCurve(draw()))
  for (const level of [0.05, 0.01, 0.001])
    expect(pValues.filter((p) => p <= level).length).toBeLessThanOrEqual(alarmsMax(rounds, level))
})

test('a rise that begins in the middle is a rise, and so is one that slows down', () => {
  const random = createRandom(22)
  for (const shape of [(x: number) => Math.max(0, x - 0.4), Math.sqrt, (x: number) => x * x])
    for (let round = 0; round < 10; round++) {
      const values = Float64Array.from({ length: 40 }, (_, at) => 8 * shape(at / 40) + random.normal())
      expect(judgeCurve(values)).toBeLessThan(1e-3)
    }
})

test('a level that neither rises nor falls is nothing', () => {
  expect(judgeCurve(new Float64Array(30).fill(3))).toBe(1)
})
