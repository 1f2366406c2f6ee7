import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { TestedSeries } from './detector.ts'
import { record } from './record.ts'
import type { Series } from './shapes.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { lives, simulateSeries } from './simulation/simulate-series.ts'

const plain = lives.plain!
const detect = (series: Series) => record.detect(series, record.options.parse({}))

test.each(listWorlds('record'))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('record', name, 80, [0.05, 0.01, 0.001], 90)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  [2.5, 'up', 1],
  [0, 'down', 1],
] as const)('tells a day at %d times its mean as a record', (factor, direction, rank) => {
  const random = createRandom(91)
  const verdicts = Array.from(
    { length: 30 },
    () => detect(simulateSeries(random, plain, { from: 179, to: 180, factor })) as TestedSeries,
  )
  const found = verdicts.filter(({ pValue }) => pValue < 1e-3)
  expect(found.length).toBeGreaterThanOrEqual(27)
  for (const verdict of found) {
    expect(verdict).toMatchObject({ direction, from: 179, to: 180, details: { rank } })
    expect(verdict.effect!.value).toBeCloseTo(verdict.observed - verdict.expected, 9)
  }
})

test('growth sets records that are none', () => {
  const random = createRandom(92)
  let [records, alarms] = [0, 0]
  for (let round = 0; round < 60; round++) {
    const series = simulateSeries(random, { ...plain, length: 400, growth: 0.01 })
    const verdict = detect(series) as TestedSeries
    if (verdict.details.rank === 1) records++
    if (verdict.pValue < 0.01) alarms++
  }
  expect(records).toBeGreaterThan(25)
  expect(alarms).toBeLessThanOrEqual(alarmsMax(60, 0.01))
})

test('an unusual value that is no record is left to others, and so is a tie', () => {
  const series = simulateSeries(createRandom(93), plain, { from: 179, to: 180, factor: 2.5 })
  const most = series.values[179]!
  const values = series.values.slice()
  values[40] = most
  expect((detect({ ...series, values }) as TestedSeries).pValue).toBe(1)
  const excluded = new Uint8Array(182)
  excluded[40] = 1
  expect((detect({ ...series, values, excluded }) as TestedSeries).pValue).toBeLessThan(1e-3)
})

test('says what the record was before, and the chance of one by order alone', () => {
  const series = simulateSeries(createRandom(94), plain, { from: 181, to: 182, factor: 3 })
  const before = Math.max(...series.values.subarray(0, 175))
  const { details } = detect(series) as TestedSeries
  expect(details).toMatchObject({ record_before: before, points: 182, points_judged: 7 })
  expect(details.chance_by_order_alone).toBeCloseTo(7 / 182, 12)
  expect(details.record_before_at).toBe(series.at[series.values.indexOf(before)])
})

test('says why it cannot tell', () => {
  const of = (values: readonly number[]) =>
    detect({ at: values.map(String), values: Float64Array.from(values), grain: 'day', kind: 'count' })
  expect(of([1, 2, 3])).toEqual({ status: 'untestable', reason: 'has 3 points; record needs 35' })
  expect(of(Array<number>(60).fill(4))).toEqual({ status: 'untestable', reason: 'all 60 values are 4' })
  expect(of([...Array<number>(60).fill(0), 1, 2, 3])).toEqual({
    status: 'untestable',
    reason: 'only 3 of 63 values are not 0',
  })
})
