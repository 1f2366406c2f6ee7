import { expect, test } from 'vitest'
import { createRandom, type Random } from '../../stats/random.ts'
import { findRenames, type ValueRows } from './find-renames.ts'

const length = 180
const clock = { excluded: new Uint8Array(length), season: 7 }

interface Noise {
  readonly perDay: number
  readonly draw: (random: Random, mean: number, at: number) => number
}

const isWeekend = (at: number) => at % 7 >= 5
const noises: Readonly<Record<string, Noise>> = {
  counts: { perDay: 30, draw: (random, mean) => random.poisson(mean) },
  'few rows': { perDay: 4, draw: (random, mean) => random.poisson(mean) },
  'rows in clumps': { perDay: 40, draw: (random, mean) => random.negativeBinomial(mean, 0.3) },
  'working days only': { perDay: 25, draw: (random, mean, at) => (isWeekend(at) ? 0 : random.poisson(mean)) },
  'slow waves': { perDay: 50, draw: (random, mean, at) => random.poisson(mean * (1 + 0.15 * Math.sin(at / 9))) },
}

/** Rows of `old` that go over to `young` on day `at`, `share` of them, beside two values that go on. */
function makeValues(random: Random, { perDay, draw }: Noise, at: number, { startsAt = at, share = 1 } = {}) {
  const rowsOf = (mean: number, isThere: (day: number) => boolean): Float64Array =>
    Float64Array.from({ length }, (_, day) => (isThere(day) ? draw(random, mean, day) : 0))
  return [
    { value: 'a', rows: rowsOf(perDay * 2, () => true) },
    { value: 'b', rows: rowsOf(perDay / 2, () => true) },
    { value: 'old', rows: rowsOf(perDay, (day) => day < at) },
    { value: 'young', rows: rowsOf(perDay * share, (day) => day >= startsAt) },
  ] satisfies readonly ValueRows[]
}

const runs = 100
function countFound(noise: Noise, change: Parameters<typeof makeValues>[3] = {}, at = 165): number {
  const random = createRandom(7)
  return Array.from({ length: runs }, () => findRenames(makeValues(random, noise, at, change), clock)).filter(
    ([first]) => first?.from === 'old' && first.to === 'young',
  ).length
}

test.each(Object.entries(noises))('a value that goes on under another name is seen in %s', (_, noise) => {
  expect(countFound(noise)).toBeGreaterThanOrEqual(0.93 * runs)
})

test.each(Object.entries(noises))('two that end and begin weeks apart are two in %s', (_, noise) => {
  expect(countFound(noise, { startsAt: 179 - 7 }, 155)).toBeLessThanOrEqual(0.02 * runs)
})

test.each(['counts', 'working days only', 'slow waves'])('one of half as many rows is another in %s', (name) => {
  expect(countFound(noises[name]!, { share: 0.45 }, 150)).toBe(0)
})

test('a value that is split, and one that begins with nothing to follow, are no renames', () => {
  const random = createRandom(3)
  const values = makeValues(random, noises.counts!, 150)
  const young = values[3]!.rows
  const part = young.map((count) => Math.floor(count / 2))
  const split = [
    ...values.slice(0, 3),
    { value: 'x', rows: part },
    { value: 'y', rows: young.map((n, at) => n - part[at]!) },
  ]
  expect(findRenames(split, clock)).toEqual([])
  expect(findRenames([values[0]!, values[1]!, values[3]!], clock)).toEqual([])
})

test('the day of the change may lie in both names, and stragglers come under the old one', () => {
  const values = makeValues(createRandom(5), noises.counts!, 165)
  values[2]!.rows[165] = 12
  values[3]!.rows[165] = 15
  values[2]!.rows[172] = 1
  const [first] = findRenames(values, clock)
  expect(first).toMatchObject({ from: 'old', to: 'young', since: 165 })
})

test('several names change on one day, each to its own', () => {
  const random = createRandom(9)
  const rowsOf = (mean: number, from: number, to: number) =>
    Float64Array.from({ length }, (_, at) => (at >= from && at < to ? random.poisson(mean) : 0))
  const values = [
    ['free', 60, 0, 160],
    ['pro', 20, 0, 160],
    ['starter', 60, 160, length],
    ['professional', 20, 160, length],
  ].map(([value, mean, from, to]) => ({ value: String(value), rows: rowsOf(Number(mean), Number(from), Number(to)) }))
  const found = findRenames(values, clock).map(({ from, to }) => `${from} ${to}`)
  expect(found.sort()).toEqual(['free starter', 'pro professional'])
})

test('what is long ago is how things are', () => {
  expect(countFound(noises.counts!, {}, 80)).toBe(0)
})
