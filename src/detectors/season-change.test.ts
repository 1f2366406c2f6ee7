import { expect, test } from 'vitest'
import { createRandom, type Random } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { seasonChange } from './season-change.ts'
import { namePhase } from './series/name-phase.ts'
import type { Series } from './shapes.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { drawNoisy } from './simulation/draw-noisy.ts'
import { type Life, lives, simulateSeries } from './simulation/simulate-series.ts'

const plain = lives.plain!
const detect = (series: Series) => seasonChange.detect(series, seasonChange.options.parse({}))

/** A calm life whose Saturdays and Sundays are `factor` times as large in the last `days`. */
function moveWeekends(random: Random, life: Life, days: number, factor: number): Series {
  const series = simulateSeries(random, life)
  const values = series.values.map((x, at) =>
    at >= life.length - days && at % 7 > 4 ? (Number.isInteger(x) ? Math.round(x * factor) : x * factor) : x,
  )
  return { ...series, values }
}

test.each(listWorlds('season_change'))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('season_change', name, 70, [0.05, 0.01, 0.001], 80)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['plain', 56, 1.5, 1e-2],
  ['plain', 28, 2, 1e-2],
  ['plain', 56, 2, 1e-4],
  ['with memory', 56, 2, 1e-3],
  ['lognormal', 56, 2, 1e-2],
] as const)(
  'finds weekends of a %s series that for %d days are %d times what they were',
  (name, days, factor, pMax) => {
    const random = createRandom(81)
    const verdicts = Array.from(
      { length: 30 },
      () => detect(moveWeekends(random, lives[name]!, days, factor)) as TestedSeries,
    )
    const found = verdicts.filter(({ pValue }) => pValue < pMax)
    expect(found.length).toBeGreaterThanOrEqual(24)
    const weekends = found.filter(({ sentence }) => /Saturdays|Sundays/.test(sentence!.subject!))
    expect(weekends.length).toBeGreaterThanOrEqual(0.8 * found.length)
    for (const { direction, observed, expected } of weekends) {
      expect(direction).toBe('up')
      expect(observed).toBeGreaterThan(expected)
    }
  },
)

test('says which day, by how much against the rest of the week, and since when', () => {
  const random = createRandom(82)
  const verdicts = Array.from({ length: 20 }, () => {
    const series = simulateSeries(random, { ...plain, rows: 300 })
    const values = series.values.map((x, at) => (at >= 126 && at % 7 === 2 ? Math.round(x * 0.5) : x))
    return detect({ ...series, values }) as TestedSeries
  })
  for (const { from, to, sentence, direction, effect } of verdicts) {
    expect([from, to, sentence!.subject, direction]).toEqual([126, 182, 'Wednesdays', 'down'])
    // a Wednesday was 17.1% of the week; half of it leaves the week 8.6% smaller: 0.5 / 0.914
    expect(Math.abs(effect!.value - 0.547)).toBeLessThan(0.08)
    expect(effect!.low).toBeLessThan(effect!.value)
    expect(effect!.high).toBeGreaterThan(effect!.value)
  }
})

test('a new level is no new season', () => {
  const random = createRandom(83)
  let alarms = 0
  for (let round = 0; round < 60; round++) {
    const verdict = detect(simulateSeries(random, plain, { from: 140, to: 182, factor: 2 })) as TestedSeries
    if (verdict.pValue < 0.01) alarms++
  }
  expect(alarms).toBeLessThanOrEqual(alarmsMax(60, 0.01))
})

test('a wider scatter is no new season', () => {
  const random = createRandom(85)
  let alarms = 0
  for (let round = 0; round < 60; round++)
    if ((detect(drawNoisy(random, 182, 28, 3)) as TestedSeries).pValue < 0.01) alarms++
  expect(alarms).toBeLessThanOrEqual(alarmsMax(60, 0.01))
})

test('declared events are no evidence', () => {
  const series = moveWeekends(createRandom(84), plain, 28, 2.5)
  const excluded = Uint8Array.from(series.values, (_, at) => (at >= 154 && at % 7 > 4 ? 1 : 0))
  expect((detect(series) as TestedSeries).pValue).toBeLessThan(1e-3)
  expect((detect({ ...series, excluded }) as TestedSeries).pValue).toBeGreaterThan(0.01)
})

test('names the place of the season', () => {
  expect(namePhase('2025-01-11', 'day', 7, 5)).toBe('Saturdays')
  expect(namePhase('2025-01-06T14:00:00Z', 'hour', 24, 14)).toBe('hour 14')
  expect(namePhase('2025-03-01', 'month', 12, 2)).toBe('March')
  expect(namePhase('7', undefined, 10, 6)).toBe('place 7 of 10')
})

test('says why it cannot tell', () => {
  const of = (values: readonly number[], season = 0) =>
    seasonChange.detect(
      { at: values.map(String), values: Float64Array.from(values), grain: 'day', kind: 'count' },
      { season },
    )
  const mixed = (length: number) => Array.from({ length }, (_, at) => 5 + ((at * 7919) % 11))
  expect(of([1, 2, 3])).toEqual({ status: 'untestable', reason: 'has 3 points; season_change needs 24' })
  expect(of(mixed(40))).toEqual({
    status: 'untestable',
    reason: 'has 40 points; season_change needs 56 with a season of 7',
  })
  expect(of(mixed(90), 1)).toEqual({ status: 'untestable', reason: 'has no season' })
  expect(of(mixed(800), 100)).toEqual({
    status: 'untestable',
    reason: 'a season has 100 points; season_change compares up to 60',
  })
})
