import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { measureMovement } from './measure-movement.ts'
import type { Parts } from './parts.ts'

const week = [12, 12, 12, 12, 12, 5, 5]
const none = (length: number) => new Uint8Array(length)

/** Daily counts with a weekly season; `factor` multiplies the days from `from` on. */
function countDays(length: number, from: number, factor: number, seed?: number): Parts {
  const random = seed === undefined ? undefined : createRandom(seed)
  const total = Float64Array.from({ length }, (_, at) => {
    const mean = week[at % 7]! * (at >= from ? factor : 1)
    return random ? random.poisson(mean) : mean
  })
  return { kind: 'count', total, weight: undefined, rows: total }
}

const measure = (parts: Parts, from: number, to = parts.total.length) =>
  measureMovement({ parts, window: { from, to }, excluded: none(parts.total.length), season: 7 })

test('expects of each day what the same weekday had in the eight weeks before', () => {
  const movement = measure(countDays(140, 126, 0.5), 126)
  expect(movement?.expected).toBeCloseTo(140, 9) // two weeks of 70
  expect(movement?.actual).toBeCloseTo(70, 9)
  expect(movement?.change).toBeCloseTo(-0.5, 9)
})

test('what is expected of a whole is the sum of what is expected of its parts', () => {
  const [a, b] = [countDays(140, 126, 0.5, 1), countDays(140, 126, 1, 2)]
  const both: Parts = {
    ...a,
    total: a.total.map((value, at) => value + b.total[at]!),
    rows: a.rows.map((value, at) => value + b.rows[at]!),
  }
  const sum = measure(a, 126)!.expected + measure(b, 126)!.expected
  expect(measure(both, 126)!.expected).toBeCloseTo(sum, 6)
})

test('the strength of a window in which nothing happened is about that of a standard normal', () => {
  const strengths = Array.from({ length: 200 }, (_, seed) => measure(countDays(300, 300, 1, seed + 1), 279)!.strength)
  const mean = strengths.reduce((sum, one) => sum + one, 0) / strengths.length
  const spread = Math.sqrt(strengths.reduce((sum, one) => sum + one ** 2, 0) / strengths.length)
  expect(Math.abs(mean)).toBeLessThan(0.25)
  expect(spread).toBeGreaterThan(0.6)
  expect(spread).toBeLessThan(1.15)
})

test('a fall to nothing and a rise to five times are both strong, signed, and finite', () => {
  const fall = measure(countDays(300, 286, 0, 3), 286)!
  const rise = measure(countDays(300, 299, 5, 4), 299)!
  expect(fall.strength).toBeLessThan(-8)
  expect(fall.change).toBe(-1)
  expect(rise.strength).toBeGreaterThan(5)
})

test('a few rows that happen to be missing are no strong fall', () => {
  const total = Float64Array.from({ length: 300 }, (_, at) => (at >= 297 ? 0 : at % 2))
  const movement = measureMovement({
    parts: { kind: 'count', total, weight: undefined, rows: total },
    window: { from: 297, to: 300 },
    excluded: none(300),
    season: 7,
  })
  expect(Math.abs(movement!.strength)).toBeLessThan(2.5)
})

test('a rate is expected to keep its pooled value, whatever the number of tries', () => {
  const weight = Float64Array.from({ length: 140 }, (_, at) => week[at % 7]! * (at >= 126 ? 3 : 1))
  const total = weight.map((tries, at) => tries * (at >= 126 ? 0.2 : 0.4))
  const movement = measureMovement({
    parts: { kind: 'ratio', total, weight, rows: weight },
    window: { from: 126, to: 140 },
    excluded: none(140),
    season: 7,
  })
  expect(movement?.change).toBeCloseTo(-0.5, 9)
  expect(movement?.units).toBeCloseTo(420, 9)
})

test('excluded days are neither expected nor counted', () => {
  const excluded = none(140)
  excluded[130] = 1
  const parts = countDays(140, 126, 1)
  const movement = measureMovement({ parts, window: { from: 126, to: 140 }, excluded, season: 7 })
  expect(movement?.expected).toBeCloseTo(140 - week[130 % 7]!, 9)
  expect(movement?.change).toBeCloseTo(0, 9)
})

test('says nothing without three weeks before the window', () => {
  expect(measure(countDays(40, 20, 0.5), 20)).toBeUndefined()
})

test('refunds that grow in size are a strong fall', () => {
  const calm = countDays(300, 286, 4, 5)
  const movement = measure({ ...calm, kind: 'amount', total: calm.total.map((value) => -10 * value) }, 286)!
  expect(movement.change).toBeGreaterThan(2)
  expect(movement.strength).toBeLessThan(-5)
})

test('a row that is the total of its day is no single event: its strength is by how totals vary', () => {
  const totals = (seed: number, factor: number): Parts => ({
    ...countDays(238, 223, factor, seed),
    kind: 'amount',
    rows: new Float64Array(238).fill(1),
  })
  const strengths = Array.from({ length: 200 }, (_, seed) => measure(totals(seed + 1, 1), 223)!.strength)
  const spread = Math.sqrt(strengths.reduce((sum, one) => sum + one ** 2, 0) / strengths.length)
  expect(spread).toBeGreaterThan(0.6)
  expect(spread).toBeLessThan(1.15)
  expect(measure(totals(1, 0.6), 223)!.strength).toBeLessThan(-3.5)
})

test('what came of nothing is measured against half a row, and rows that were taken out leave none', () => {
  const total = Float64Array.from({ length: 140 }, (_, at) => (at >= 126 ? 20 : 0))
  const movement = measure({ kind: 'count', total, weight: undefined, rows: total }, 126)!
  expect([movement.actual, movement.expected]).toEqual([280, 0.5])
  expect(movement.strength).toBeGreaterThan(10)
  const sums = total.map((rows) => rows * 3)
  expect(measure({ kind: 'amount', total: sums, weight: undefined, rows: total }, 126)!.expected).toBeCloseTo(1.5, 9)
  const nothing = new Float64Array(140)
  expect(measure({ kind: 'count', total: nothing, weight: undefined, rows: nothing }, 126)).toBeUndefined()
})
