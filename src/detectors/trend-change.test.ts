import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { type Effect, lives, simulateSeries } from './simulation/simulate-series.ts'
import { trendChange } from './trend-change.ts'

const options = trendChange.options.parse({})
const life = { ...lives.plain!, length: 400, rows: 200, memory: 0.4, growth: 0.0008 }

function detectMany(rounds: number, effect: Effect, seed: number): readonly TestedSeries[] {
  const random = createRandom(seed)
  return Array.from(
    { length: rounds },
    () => trendChange.detect(simulateSeries(random, life, effect), options) as TestedSeries,
  )
}

test.each(Object.keys(lives))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('trend_change', name, 100, [0.05, 0.01, 0.001], 50)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['falls by 40%', { from: 330, to: 400, factor: 0.6, ramp: 70 }],
  ['rises by 60%', { from: 330, to: 400, factor: 1.6, ramp: 70 }],
])('finds a slice that %s within ten weeks', (_, effect) => {
  const verdicts = detectMany(40, effect, 51)
  const found = verdicts.filter(({ pValue, from }) => pValue < 1e-5 && Math.abs(from - 330) <= 21)
  expect(found.length).toBeGreaterThanOrEqual(30)
  for (const { direction } of found) expect(direction).toBe(effect.factor > 1 ? 'up' : 'down')
})

test('a shift of level is no bend', () => {
  const verdicts = detectMany(60, { from: 360, to: 400, factor: 0.6 }, 52)
  expect(verdicts.filter(({ pValue }) => pValue < 1e-3).length).toBeLessThanOrEqual(6)
})
