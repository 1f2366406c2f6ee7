import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

const draws = 40_000

/** Mean and variance of many draws. */
function measure(draw: () => number): { mean: number; variance: number } {
  const values = Float64Array.from({ length: draws }, draw)
  const mean = values.reduce((sum, x) => sum + x, 0) / draws
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws }
}

test('the same seed gives the same numbers', () => {
  const [one, other] = [createRandom(7), createRandom(7)]
  expect(Array.from({ length: 5 }, one.normal)).toEqual(Array.from({ length: 5 }, other.normal))
  expect(createRandom(8).uniform()).not.toBe(createRandom(7).uniform())
})

test('draws have the mean and variance of their distributions', () => {
  const random = createRandom(11)
  const cases: readonly [string, () => number, number, number][] = [
    ['uniform', random.uniform, 1 / 2, 1 / 12],
    ['normal', random.normal, 0, 1],
    ['exponential', random.exponential, 1, 1],
    ['gamma, shape below 1', () => random.gamma(0.4), 0.4, 0.4],
    ['gamma', () => random.gamma(7), 7, 7],
    ['beta', () => random.beta(2, 6), 0.25, (0.25 * 0.75) / 9],
    ['poisson, small', () => random.poisson(3), 3, 3],
    ['poisson, large', () => random.poisson(300), 300, 300],
    ['negative binomial', () => random.negativeBinomial(20, 0.1), 20, 60],
    ['binomial, small', () => random.binomial(10, 0.3), 3, 2.1],
    ['binomial, large', () => random.binomial(1000, 0.02), 20, 19.6],
    ['Student t', () => random.studentT(8), 0, 8 / 6],
  ]
  for (const [name, draw, mean, variance] of cases) {
    const measured = measure(draw)
    expect(Math.abs(measured.mean - mean), name).toBeLessThan(4.5 * Math.sqrt(variance / draws))
    expect(Math.abs(measured.variance / variance - 1), name).toBeLessThan(0.06)
  }
})

test('shuffling keeps what is there', () => {
  const list = createRandom(3).shuffle([1, 2, 3, 4, 5, 6, 7])
  expect(list).not.toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(list.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7])
})
