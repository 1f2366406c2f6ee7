import { expect, test } from 'vitest'
import { mean } from './moments.ts'
import { testByPermutation } from './permutation-test.ts'
import { createRandom, type Random } from './random.ts'

function judge(values: Float64Array, random: Random, hits = 20) {
  const half = values.length / 2
  const gap = (all: Float64Array) => Math.abs(mean(all.subarray(0, half)) - mean(all.subarray(half)))
  const shuffled = values.slice()
  return testByPermutation(gap(values), () => gap(random.shuffle(shuffled)), { hits, drawsMax: 999 })
}

test('stops early where nothing is to be found, and at all draws where something is', () => {
  const random = createRandom(1)
  const calm = judge(
    Float64Array.from({ length: 40 }, () => random.normal()),
    random,
  )
  expect(calm.draws).toBeLessThan(400)
  expect(calm.pValue).toBe(20 / calm.draws)
  const shifted = judge(
    Float64Array.from({ length: 40 }, (_, k) => random.normal() + (k < 20 ? 5 : 0)),
    random,
  )
  expect(shifted).toEqual({ pValue: 1 / 1000, draws: 999 })
})

test('calls nothing something as often as it says, at each level', () => {
  const random = createRandom(2)
  const pValues = Array.from(
    { length: 1000 },
    () =>
      judge(
        Float64Array.from({ length: 20 }, () => random.exponential()),
        random,
      ).pValue,
  )
  for (const level of [0.05, 0.1, 0.5])
    expect(Math.abs(pValues.filter((p) => p <= level).length / 1000 - level)).toBeLessThan(
      3 * Math.sqrt((level * (1 - level)) / 1000),
    )
})

test('equal arrangements reach the observed one', () => {
  expect(testByPermutation(0.3, () => 0.1 + 0.2 - 1e-17, { hits: 5 })).toEqual({ pValue: 1, draws: 5 })
})
