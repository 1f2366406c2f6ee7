import { expect, test } from 'vitest'
import type { Series } from '../../detectors/shapes.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { blocksRemember } from './blocks-remember.ts'

const length = 400

function count(rounds: number, draw: (random: Random) => (day: number) => number): number {
  const random = createRandom(7)
  let remembered = 0
  for (let round = 0; round < rounds; round++) {
    const next = draw(random)
    const values = Float64Array.from({ length }, (_, day) => next(day))
    const series: Series = { at: Array.from(values, (_, day) => String(day)), values, grain: 'day', kind: 'mean' }
    remembered += Number(blocksRemember(series, 7))
  }
  return remembered
}

/** An autoregressive process, 100 on the average. */
function remember(random: Random, memory: number): (day: number) => number {
  let last = 0
  return () => {
    last = memory * last + random.normal()
    return 100 + last
  }
}

test('weeks of a series with weekdays, noise and the memory of some days may come in any order', () => {
  // 5% of 400 are 20, binom.test(36, 400, 0.05, "greater") is 0.0006
  expect(count(400, (random) => (day) => (day % 7 < 5 ? 100 : 30) + random.normal() * 10)).toBeLessThanOrEqual(36)
  expect(count(400, (random) => () => Math.exp(random.normal() * 2))).toBeLessThanOrEqual(36)
  expect(count(100, (random) => remember(random, 0.4))).toBeLessThanOrEqual(20)
})

test('what is held, what grew to twice as much, and what remembers more than a week may not', () => {
  const held = count(100, (random) => {
    let balance = 1000
    return () => (balance += random.normal())
  })
  expect(held).toBe(100)
  expect(count(100, (random) => (day) => 100 * 2 ** (day / length) + random.normal() * 10)).toBe(100)
  expect(count(100, (random) => remember(random, 0.95))).toBeGreaterThanOrEqual(95)
})

test('days that are no evidence, and weights without any, do not make another level', () => {
  const random = createRandom(8)
  const values = Float64Array.from({ length }, (_, day) => (day % 7 < 5 ? 100 : 30) + random.normal())
  // of the first thirty weeks all Sundays are left out
  const excluded = Uint8Array.from({ length }, (_, day) => Number(day < 210 && day % 7 === 6))
  const series: Series = {
    at: Array.from(values, (_, day) => String(day)),
    values,
    grain: 'day',
    kind: 'mean',
    excluded,
  }
  expect(blocksRemember(series, 7)).toBe(false)
  expect(blocksRemember({ ...series, weights: new Float64Array(length) }, 7)).toBe(false)
  expect(blocksRemember({ ...series, values: series.values.subarray(0, 35) }, 7)).toBe(false)
})
