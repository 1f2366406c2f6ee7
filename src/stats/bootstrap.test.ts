import { expect, test } from 'vitest'
import { bootstrap } from './bootstrap.ts'
import { mean, variance } from './moments.ts'
import { createRandom } from './random.ts'

/** Scores A and B of the spatial test data (Efron and Tibshirani 1993, table 14.1). */
const a = Float64Array.of(
  48,
  36,
  20,
  29,
  42,
  42,
  20,
  42,
  22,
  41,
  45,
  14,
  6,
  0,
  33,
  28,
  34,
  4,
  32,
  24,
  47,
  41,
  24,
  26,
  30,
  41,
)

test('the interval of a variance that the inventors print', () => {
  // Efron and Tibshirani (1993), table 14.2: BCa 90% (115.8, 259.6) for θ = Σ (a − mean)² / n, 2000 draws
  const values = (chosen: Int32Array) => Float64Array.from(chosen, (at) => a[at]!)
  const biased = ([chosen]: readonly Int32Array[]) => (variance(values(chosen!)) * (a.length - 1)) / a.length
  const { value, low, high } = bootstrap([26], biased, { random: createRandom(1), draws: 20_000, level: 0.9 })
  expect(value).toBeCloseTo(171.5, 1)
  expect(Math.abs(low / 115.8 - 1)).toBeLessThan(0.03)
  expect(Math.abs(high / 259.6 - 1)).toBeLessThan(0.03)
})

test('covers a skewed mean about as often as it says', () => {
  const random = createRandom(4)
  let covered = 0
  for (let round = 0; round < 400; round++) {
    const sample = Float64Array.from({ length: 40 }, () => random.exponential())
    const measure = ([chosen]: readonly Int32Array[]) => {
      let sum = 0
      for (const at of chosen!) sum += sample[at]!
      return sum / chosen!.length
    }
    const { low, high } = bootstrap([40], measure, { random, draws: 400 })
    if (low <= 1 && 1 <= high) covered++
  }
  expect(covered).toBeGreaterThan(0.9 * 400)
  expect(covered).toBeLessThan(0.98 * 400)
})

test('several samples are drawn apart', () => {
  const [first, second] = [Float64Array.from(a), a.map((value) => value + 10)]
  const gap = ([one, two]: readonly Int32Array[]) =>
    mean(Float64Array.from(two!, (at) => second[at]!)) - mean(Float64Array.from(one!, (at) => first[at]!))
  const { value, low, high } = bootstrap([26, 26], gap, { random: createRandom(2) })
  expect(value).toBeCloseTo(10, 12)
  // ± 1.96 · √(2 · 171.53 / 26)
  expect(Math.abs(high - low - 2 * 1.96 * Math.sqrt((2 * 171.53) / 26))).toBeLessThan(1)
})

test('the same seed gives the same interval, and nothing to vary gives none', () => {
  const measure = ([chosen]: readonly Int32Array[]) => chosen![0]!
  const once = bootstrap([30], measure, { random: createRandom(7), draws: 100 })
  expect(bootstrap([30], measure, { random: createRandom(7), draws: 100 })).toEqual(once)
  expect(bootstrap([5], () => 3, { random: createRandom(1), draws: 100 })).toEqual({ value: 3, low: 3, high: 3 })
  expect(bootstrap([5], () => Number.NaN, { random: createRandom(1), draws: 10 }).low).toBeNaN()
})
