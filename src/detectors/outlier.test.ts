import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { outlier } from './outlier.ts'
import type { Series } from './shapes.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { type Effect, type Life, lives, simulateSeries } from './simulation/simulate-series.ts'

const options = outlier.options.parse({})
const plain = lives.plain!
const detect = (series: Series) => outlier.detect(series, options)

function detectMany(rounds: number, life: Life, effect: Effect | undefined, seed: number): readonly TestedSeries[] {
  const random = createRandom(seed)
  return Array.from({ length: rounds }, () => detect(simulateSeries(random, life, effect)) as TestedSeries)
}

test.each(Object.keys(lives))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('outlier', name, 90, [0.05, 0.01, 0.001], 30)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['plain', 3.5, 1e-4],
  ['plain', 0, 1e-3],
  ['long, with memory', 3.5, 1e-4],
  ['share of many', 6, 1e-4],
  ['mean of many', 4, 1e-3],
  ['money', 12, 1e-3],
] as const)('finds a day of a %s series at %d times its mean', (name, factor, pMax) => {
  const life = lives[name]!
  const at = life.length - 3
  const verdicts = detectMany(40, life, { from: at, to: at + 1, factor }, 31)
  const found = verdicts.filter(({ pValue, from, to }) => pValue < pMax && from === at && to === at + 1)
  expect(found.length).toBeGreaterThanOrEqual(32)
  for (const { direction } of found) expect(direction).toBe(factor > 1 ? 'up' : 'down')
})

test('the number of points judged is paid for', () => {
  const series = simulateSeries(createRandom(32), plain, { from: 181, to: 182, factor: 2.2 })
  const one = outlier.detect(series, { season: 0, recent: 1 }) as TestedSeries
  const many = outlier.detect(series, { season: 0, recent: 28 }) as TestedSeries
  expect(many.details.points_judged).toBe(28)
  // the others help to say how unusual it is, so the ratio is only about 28
  expect(many.pValue / one.pValue).toBeGreaterThan(10)
  expect(many.pValue / one.pValue).toBeLessThan(80)
})

test('a shift weeks ago makes no outliers of the days since', () => {
  const verdicts = detectMany(60, { ...plain, memory: 0.5 }, { from: 150, to: 182, factor: 0.5 }, 33)
  expect(verdicts.filter(({ pValue }) => pValue < 0.01).length).toBeLessThanOrEqual(alarmsMax(60, 0.01))
})

test('a declared event is not judged', () => {
  const series = simulateSeries(createRandom(34), plain, { from: 178, to: 179, factor: 0 })
  const excluded = new Uint8Array(182)
  excluded[178] = 1
  expect((detect(series) as TestedSeries).from).toBe(178)
  expect((detect({ ...series, excluded }) as TestedSeries).from).not.toBe(178)
})

test('says why it cannot tell', () => {
  const of = (values: readonly number[]) =>
    detect({ at: values.map(String), values: Float64Array.from(values), grain: 'day', kind: 'count' })
  expect(of([1, 2, 3])).toEqual({ status: 'untestable', reason: 'has 3 points; outlier needs 21' })
  expect(of(Array<number>(40).fill(0))).toEqual({ status: 'untestable', reason: 'all 40 values are 0' })
})
