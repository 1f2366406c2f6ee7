import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { lives, simulateSeries } from './simulation/simulate-series.ts'
import { trend } from './trend.ts'

const options = trend.options.parse({})
const plain = lives.plain!
const calm = Object.keys(lives).filter((name) => lives[name]!.growth === 0)

test.each(calm)('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('trend', name, 200, [0.05, 0.01, 0.001], 40)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('a share does not rise because more rows stand behind it', () => {
  const { tested, counts } = countAlarms('trend', 'share of few, growing', 400, [0.05, 0.01], 41)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
})

test('sees growth of 20% in half a year, and how steep it is', () => {
  const random = createRandom(42)
  for (let round = 0; round < 30; round++) {
    const verdict = trend.detect(
      simulateSeries(random, { ...plain, memory: 0.4, growth: 0.0025 }),
      options,
    ) as TestedSeries
    expect(verdict.pValue).toBeLessThan(1e-4)
    expect(verdict.direction).toBe('up')
    expect(verdict.observed).toBeGreaterThan(verdict.expected)
    expect(Number(verdict.details.slope_per_point) / 60).toBeCloseTo(0.0025, 2)
  }
})

test('looks at the window only', () => {
  const series = simulateSeries(createRandom(43), { ...plain, length: 400 }, { from: 0, to: 150, factor: 0.3 })
  const verdict = trend.detect(series, { season: 0, window: 200, curved: false }) as TestedSeries
  expect(verdict.from).toBe(200)
  expect(verdict.pValue).toBeGreaterThan(0.001)
  expect(verdict.band.expected[199]).toBeNaN()
  expect(verdict.band.expected[399]).toBeGreaterThan(0)
})
