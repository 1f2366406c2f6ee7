import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { compareSpread } from './series/compare-spread.ts'
import type { Series } from './shapes.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { drawNoisy } from './simulation/draw-noisy.ts'
import { lives, simulateSeries } from './simulation/simulate-series.ts'
import { volatility } from './volatility.ts'

const detect = (series: Series) => volatility.detect(series, volatility.options.parse({}))

test.each(listWorlds('volatility'))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('volatility', name, 80, [0.05, 0.01, 0.001], 70)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('compares mean sizes as a t test does where both parts vary alike', () => {
  // sizes 1 and 3 in turn, then 2 and 6: means 2 and 4, each varies by half of its mean, nothing skewed
  const sizes = Float64Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 1 : 3) * (at < 60 ? 1 : 2))
  const { ratio, error, statistic, inflation } = compareSpread(sizes, 60, 0, new Float64Array(80))
  expect(ratio).toBe(2)
  expect(inflation).toBe(1)
  // 0.5 √(80/78) √(1/60 + 1/20)
  expect(error).toBeCloseTo(0.5 * Math.sqrt(80 / 78) * Math.sqrt(1 / 60 + 1 / 20), 12)
  expect(statistic).toBeCloseTo(1 / error, 12)
})

test.each([
  ['twice as wide for 28 days', 28, 2, 1e-3],
  ['three times as wide for 14 days', 14, 3, 1e-3],
  ['half as wide for two months', 60, 0.5, 1e-2],
] as const)('finds a spread that is %s', (_, days, factor, pMax) => {
  const random = createRandom(71)
  const verdicts = Array.from({ length: 40 }, () => detect(drawNoisy(random, 182, days, factor)) as TestedSeries)
  const found = verdicts.filter(({ pValue }) => pValue < pMax)
  expect(found.length).toBeGreaterThanOrEqual(26)
  const logs = found.map(({ effect }) => Math.log(effect!.value))
  expect(Math.abs(logs.reduce((sum, x) => sum + x, 0) / logs.length / Math.log(factor) - 1)).toBeLessThan(0.25)
  for (const { direction, effect, observed, expected } of found) {
    expect(direction).toBe(factor > 1 ? 'up' : 'down')
    expect(observed / expected).toBeCloseTo(effect!.value, 9)
    expect(effect!.low).toBeLessThan(effect!.value)
  }
})

test('a lone outlier is no spread, nor is a higher level of counts', () => {
  const random = createRandom(72)
  let alarms = 0
  for (let round = 0; round < 60; round++) {
    const series = simulateSeries(random, lives.plain!)
    series.values[176] = 400
    const verdict = detect(series) as TestedSeries
    if (verdict.pValue < 0.01) alarms++
    const shifted = detect(
      simulateSeries(random, { ...lives.plain!, distribution: 'poisson', noise: 0 }, { from: 150, to: 182, factor: 3 }),
    )
    if ((shifted as TestedSeries).pValue < 0.01) alarms++
  }
  expect(alarms).toBeLessThanOrEqual(alarmsMax(120, 0.01))
})

test('periods that are empty for another reason than chance are no scatter, whether counts grow or not', () => {
  const random = createRandom(75)
  const life = { ...lives['zero inflated']!, noise: 0.1, growth: Math.log(2) / 182, isWeekly: false }
  const verdicts = Array.from({ length: 500 }, () => detect(simulateSeries(random, life)))
  const alarms = verdicts.filter((one) => one.status === 'tested' && one.pValue <= 0.05)
  expect(alarms.length).toBeLessThanOrEqual(alarmsMax(500, 0.05))
})

test('declared events are no evidence', () => {
  const series = drawNoisy(createRandom(73), 182, 14, 4)
  expect((detect(series) as TestedSeries).pValue).toBeLessThan(1e-3)
  const excluded = new Uint8Array(182).fill(1, 168)
  expect((detect({ ...series, excluded }) as TestedSeries).pValue).toBeGreaterThan(0.01)
})

test('says why it cannot tell', () => {
  const of = (values: readonly number[]) =>
    detect({ at: values.map(String), values: Float64Array.from(values), grain: 'day', kind: 'count' })
  expect(of([1, 2, 3])).toEqual({ status: 'untestable', reason: 'has 3 points; volatility needs 42' })
  expect(of(Array<number>(60).fill(4))).toEqual({ status: 'untestable', reason: 'all 60 values are 4' })
  expect(detect(simulateSeries(createRandom(74), lives['few a week']!))).toEqual({
    status: 'untestable',
    reason: 'only 0 points let expect 1.5 events or more; volatility needs 42',
  })
})
