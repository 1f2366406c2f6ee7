import { expect, test } from 'vitest'
import { testKolmogorovSmirnov } from '../stats/kolmogorov-smirnov.ts'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { drift } from './drift.ts'
import type { OneSample } from './shapes.ts'
import { type Drift, type Scene, scenes, simulateSamples } from './simulation/calm-samples.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const options = drift.options.parse({})
const judge = (first: OneSample, second: OneSample) =>
  drift.detect({ names: ['before', 'after'], first, second }, options)

/** Verdicts on samples of which the second drifts. */
function judgeMany(rounds: number, scene: Scene, change: Drift, seed: number): readonly Tested[] {
  const random = createRandom(seed)
  return Array.from({ length: rounds }, () => drift.detect(simulateSamples(random, scene, change), options) as Tested)
}

test.each(listWorlds('drift'))('cries wolf no more often than it says: %s', (world) => {
  const rounds = world === 'very many' ? 5 : 60
  const { tested, counts } = countAlarms('drift', world, rounds, [0.05, 0.01, 0.001], 100)
  expect(tested).toBe(rounds)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['amounts of accounts that move up', scenes.plain!, { move: 0.6 }, 0.9, 'moved up', 'up'],
  ['amounts that move down', scenes['single rows']!, { move: -0.6 }, 0.85, 'moved down', 'down'],
  ['amounts that spread', scenes['single rows']!, { move: 0, spread: 2 }, 0.5, 'spread out', 'up'],
  ['scores that rise', scenes['whole numbers']!, { move: 0.6 }, 0.9, 'moved up', 'up'],
  ['a category that grows', { ...scenes.categories!, categories: 4 }, { move: 0.4 }, 0.6, 'has a larger share', 'up'],
] as const)('finds %s', (_, scene, change, shareMin, verb, direction) => {
  const verdicts = judgeMany(30, scene, change, 101)
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(30 * shareMin)
  const told = found.filter((verdict) => verdict.sentence!.verb === verb && verdict.direction === direction)
  expect(told.length).toBeGreaterThanOrEqual(found.length * 0.8)
})

test('finds that a sure drift is sure: p-values reach far below one in the number of permutations', () => {
  for (const { pValue } of judgeMany(10, scenes.plain!, { move: 1.5 }, 102)) expect(pValue).toBeLessThan(1e-5)
})

test('single rows are judged by the test of the books', () => {
  const random = createRandom(103)
  const draw = (count: number, by: number) => Float64Array.from({ length: count }, () => random.normal() + by)
  const [first, second] = [draw(40, 0), draw(55, 0.5)]
  const verdict = judge({ values: first }, { values: second }) as Tested
  const { pValue, statistic } = testKolmogorovSmirnov(first, second)
  expect(verdict.pValue).toBe(pValue)
  expect(verdict.effect!.value).toBe(statistic)
  // R: chisq.test(rbind(c(30, 20, 10), c(25, 20, 30))): X-squared = 8.89772727273, df = 2, p-value = 0.0116918456125
  const spread = (counts: readonly number[]) => counts.flatMap((count, at) => Array<string>(count).fill('abc'[at]!))
  const categories = judge({ values: spread([30, 20, 10]) }, { values: spread([25, 20, 30]) }) as Tested
  expect(categories.pValue).toBeCloseTo(0.0116918456125, 10)
  expect(categories.effect!.value).toBeCloseTo(Math.sqrt(8.89772727273 / 135), 10)
  expect(categories.sentence!.subject).toBe('c')
  expect(categories.observed).toBeCloseTo(0.4, 10)
})

test('a tiny difference in huge samples is sure, and negligible', () => {
  const random = createRandom(104)
  const draw = (by: number) => Float64Array.from({ length: 60_000 }, () => random.normal() + by)
  const verdict = judge({ values: draw(0) }, { values: draw(0.05) }) as Tested
  expect(verdict.pValue).toBeLessThan(1e-6)
  expect(verdict.negligible).toMatch(
    /^the distributions are 0\.02\d* apart \(Kolmogorov–Smirnov distance\); drift tells from 0\.05 on$/,
  )
  const large = judge({ values: draw(0) }, { values: draw(0.4) }) as Tested
  expect(large.negligible).toBeUndefined()
})

test('copies of a row are no evidence when they belong to one account', () => {
  const random = createRandom(105)
  const values = (by: number) => Float64Array.from({ length: 30 }, () => random.normal() + by)
  const copy = (once: Float64Array, from: number): OneSample => ({
    values: Float64Array.from({ length: 300 }, (_, at) => once[Math.floor(at / 10)]!),
    units: Int32Array.from({ length: 300 }, (_, at) => from + Math.floor(at / 10)),
  })
  const [first, second] = [values(0), values(0.7)]
  const once = judge({ values: first }, { values: second }) as Tested
  const copied = judge(copy(first, 0), copy(second, 100)) as Tested
  expect(copied.pValue).toBeGreaterThan(once.pValue / 4)
  expect(copied.effect!.value).toBeCloseTo(once.effect!.value, 6)
  expect(Number(copied.details.design_effect)).toBeGreaterThan(9)
})

test('few accounts allow few permutations, and no smaller p-value', () => {
  const sample = (from: number, by: number): OneSample => ({
    values: Float64Array.from({ length: 50 }, (_, at) => by + (at % 10)),
    units: Int32Array.from({ length: 50 }, (_, at) => from + Math.floor(at / 10)),
  })
  const { pValue } = judge(sample(0, 0), sample(5, 100)) as Tested
  // 252 ways to deal 5 of 10 accounts
  expect(pValue).toBeGreaterThanOrEqual(1 / 252 - 1e-9)
  expect(pValue).toBeLessThan(0.03)
})

test('says why it cannot tell', () => {
  const reasonOf = (first: OneSample, second: OneSample) => {
    const verdict = judge(first, second)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  const many = { values: Float64Array.from({ length: 30 }, (_, at) => at) }
  expect(reasonOf(many, { values: new Float64Array(30).fill(Number.NaN) })).toBe('after has 0 rows; drift needs 20')
  expect(reasonOf({ ...many, units: new Int32Array(30) }, many)).toBe('before has rows of 1 accounts; drift needs 5')
  const same = { values: new Float64Array(30).fill(7) }
  expect(reasonOf(same, same)).toBe('all values are 7')
  const one = { values: Array<string>(30).fill('EE') }
  expect(reasonOf(one, one)).toBe('there is one category with enough rows to compare')
})
