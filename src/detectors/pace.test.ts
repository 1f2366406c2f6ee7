import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { pace } from './pace.ts'
import { straightTrend } from './series/baseline.ts'
import { findQuantile } from './series/find-quantile.ts'
import { fitBaseline } from './series/fit-baseline.ts'
import { forecastTotal } from './series/forecast-total.ts'
import { measureNoise } from './series/noise.ts'
import { takeSample } from './series/sample.ts'
import type { Goal } from './shapes.ts'
import { calmGoals } from './simulation/calm-goals.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { drawNoisy } from './simulation/draw-noisy.ts'
import { lives, simulateSeries } from './simulation/simulate-series.ts'

const detect = (goal: Goal) => pace.detect(goal, pace.options.parse({}))

test.each(listWorlds('pace'))('what is going to meet its goal is told no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('pace', name, 80, [0.05, 0.01, 0.001], 100)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('the error of a straight line carried on is that of the textbook', () => {
  const series = { ...drawNoisy(createRandom(101), 100, 1, 1), grain: undefined }
  series.values[50] = -1 // negative once, so that noise is added
  const sample = takeSample(series, 1)
  const baseline = fitBaseline(sample, [straightTrend])
  const noise = { ...measureNoise(baseline), memory: 0, spread: 1 }
  const coming = Int32Array.from({ length: 30 }, (_, h) => 100 + h)
  const { deviation, total, expected } = forecastTotal(sample, baseline, noise, coming, new Float64Array(30).fill(1), 1)
  // σ² (R + R²/n + (Σ (x − x̄))²/Sxx), x̄ = 49.5, Sxx = n (n² − 1)/12
  const along = 30 * (114.5 - 49.5)
  const variance = 30 + 900 / 100 + along ** 2 / ((100 * (100 ** 2 - 1)) / 12)
  expect(deviation / (baseline.deviation[0]! * Math.sqrt(variance))).toBeCloseTo(1, 6)
  expect(total).toBeCloseTo(
    expected.reduce((sum, x) => sum + x, 0),
    9,
  )
})

test('shocks last: with memory the total varies more', () => {
  const series = { ...drawNoisy(createRandom(102), 400, 1, 1), grain: undefined }
  series.values[200] = -1
  const sample = takeSample(series, 1)
  const baseline = fitBaseline(sample, [straightTrend])
  const coming = Int32Array.from({ length: 100 }, (_, h) => 400 + h)
  const measure = (memory: number) =>
    forecastTotal(
      sample,
      baseline,
      { ...measureNoise(baseline), memory, spread: 1 },
      coming,
      new Float64Array(100).fill(1),
      1,
    ).deviation
  // Σ ((1 − ρ^k)/(1 − ρ))² for k = 1..100 of the future, and 1/(1 − ρ)² of what is not known of the line
  const future = (memory: number) =>
    Array.from({ length: 100 }, (_, k) => ((1 - memory ** (k + 1)) / (1 - memory)) ** 2).reduce((a, b) => a + b, 0)
  const line = 100 ** 2 / 400 + (100 * (449.5 - 199.5)) ** 2 / ((400 * (400 ** 2 - 1)) / 12)
  const ratio = Math.sqrt((future(0.5) + 4 * line) / (100 + line))
  expect(measure(0.5) / measure(0)).toBeCloseTo(ratio, 1)
})

test('quantiles of a skewed t', () => {
  // scipy.stats.t.ppf(0.975, 10) = 2.2281388519649385
  expect(findQuantile(0.975, 10, 0)).toBeCloseTo(2.2281388519649385, 9)
  expect(findQuantile(0.5, 10, 0)).toBeCloseTo(0, 9)
  expect(findQuantile(0.975, 1e9, 0.5)).toBeGreaterThan(1.96)
  expect(findQuantile(0.025, 1e9, 0.5)).toBeGreaterThan(-1.96)
})

test('the 95% range of the projection holds what comes', () => {
  const random = createRandom(103)
  let [inside, all] = [0, 0]
  for (const name of ['plain', 'with memory', 'growing', 'money', 'share of many']) {
    for (let round = 0; round < 40; round++) {
      const goal = calmGoals[name]!(random)
      const { details } = detect(goal) as Tested
      all++
      if (goal.target >= Number(details.projected_low) && goal.target <= Number(details.projected_high)) inside++
    }
  }
  expect(inside / all).toBeGreaterThan(0.92)
})

test('finds goals that are out of reach, and those that will be passed', () => {
  const random = createRandom(104)
  for (const [name, share, direction] of [
    ['plain', 1.4, 'down'],
    ['plain', 0.6, 'up'],
    ['with memory', 1.5, 'down'],
    ['share of many', 1.3, 'down'],
    ['pure memory', 1.2, 'down'],
  ] as const) {
    const verdicts = Array.from({ length: 20 }, () => {
      const goal = calmGoals[name]!(random)
      return detect({ ...goal, target: goal.target * share }) as Tested
    })
    const found = verdicts.filter(({ pValue }) => pValue < 0.01)
    expect(found.length, `${name} × ${share}`).toBeGreaterThanOrEqual(16)
    for (const { details, effect, direction: told } of found) {
      expect(told).toBe(direction)
      expect(Number(details.chance_of_reaching) < 0.5).toBe(share > 1)
      expect(effect!.value < 1).toBe(share > 1)
    }
  }
})

test('a good low is reached by going down', () => {
  const goal = calmGoals.plain!(createRandom(105))
  const low = detect({ ...goal, target: goal.target * 1.5, goodDirection: 'down' }) as Tested
  expect(low.details.chance_of_reaching).toBeGreaterThan(0.99)
  expect(low.sentence!.verb).toBe('is on its way to reach its goal')
})

test('forecasts that went wrong widen the range', () => {
  const series = simulateSeries(createRandom(106), lives.plain!, { from: 110, to: 182, factor: 3 })
  const { details } = detect({ series, start: 152, periods: 60, target: 9000, goodDirection: 'up' }) as Tested
  expect(details.widened_by).toBeGreaterThan(1.3)
  expect(details.back_test_coverage).toBeLessThan(1)
})

test('says why it cannot tell', () => {
  const { series } = calmGoals.plain!(createRandom(107))
  const of = (start: number, periods: number) => detect({ series, start, periods, target: 10_000, goodDirection: 'up' })
  const soFar = series.values.subarray(100, 180).reduce((sum, x) => sum + x, 0)
  expect(of(100, 80)).toEqual({
    status: 'untestable',
    reason: `the span of the goal is over: ${soFar} came, the goal was 10000`,
  })
  expect(of(182, 365)).toEqual({
    status: 'untestable',
    reason: 'has 182 points and would be carried 365 further; pace carries a series at most as far as it is long',
  })
  const short = { ...series, at: series.at.slice(0, 10), values: series.values.slice(0, 10) }
  expect(detect({ series: short, start: 0, periods: 20, target: 100, goodDirection: 'up' })).toEqual({
    status: 'untestable',
    reason: 'has 10 points; pace needs 28',
  })
})
