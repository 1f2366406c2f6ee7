import { expect, test } from 'vitest'
import { accumulate, createRandom } from './random.ts'

const draw = (count: number, one: () => number) => Float64Array.from({ length: count }, one)
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: Float64Array) => {
  const center = mean(values)
  return mean(values.map((value) => (value - center) ** 2))
}

test('streams of one seed are independent of each other, and each repeats itself', () => {
  const first = draw(5, createRandom(1, 'a').next)
  expect(draw(5, createRandom(1, 'a').next)).toEqual(first)
  expect(draw(5, createRandom(1, 'b').next)).not.toEqual(first)
  expect(draw(5, createRandom(2, 'a').next)).not.toEqual(first)
})

// Standard errors of 20,000 draws: 0.002 for the uniform mean, 0.007 for the normal one, 0.013 and 0.04 for Poisson means.
test('uniform, normal and Poisson numbers have the moments that they should', () => {
  const random = createRandom(7, 'moments')
  expect(mean(draw(20_000, random.next))).toBeCloseTo(0.5, 2)
  const normal = draw(20_000, random.normal)
  expect(Math.abs(mean(normal))).toBeLessThan(0.03)
  expect(Math.abs(variance(normal) - 1)).toBeLessThan(0.05)
  for (const lambda of [0.2, 3, 40]) {
    const counts = draw(20_000, () => random.poisson(lambda))
    expect(Math.abs(mean(counts) / lambda - 1)).toBeLessThan(0.05)
    expect(Math.abs(variance(counts) / lambda - 1)).toBeLessThan(0.08)
  }
})

test('a weighted pick follows its weights', () => {
  const random = createRandom(7, 'picks')
  const picks = draw(10_000, () => random.pick(accumulate([1, 0, 3])))
  expect(mean(picks.map((pick) => (pick === 2 ? 1 : 0)))).toBeCloseTo(0.75, 1)
  expect(picks.includes(1)).toBe(false)
})
