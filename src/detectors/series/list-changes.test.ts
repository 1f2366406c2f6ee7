import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import type { Series } from '../shapes.ts'
import { lives, simulateSeries } from '../simulation/simulate-series.ts'
import { holdSpikes } from './hold-spikes.ts'
import { listChanges } from './list-changes.ts'

const random = createRandom(71)

function makeSeries(values: ArrayLike<number>, grain?: Series['grain']): Series {
  return { at: Array.from(values, String), values: Float64Array.from(values), kind: 'mean', grain }
}

const draw = (count: number, level: (at: number) => number) =>
  makeSeries(Array.from({ length: count }, (_, at) => level(at) + random.normal()))

const listed = (series: Series, season = 0) => listChanges(series, season).map(({ index }) => index)

test('a new level, a new slope and a way back are changes', () => {
  const series = draw(200, (at) => (at < 60 ? 20 : at < 120 ? 30 : at < 160 ? 30 + 0.8 * (at - 120) : 20))
  const [first, ...others] = listChanges(series, 0)
  expect(first!.index).toBe(60)
  expect(first!.pValue).toBeLessThan(1e-10)
  expect(first!.before).toBeCloseTo(20, 0)
  expect(first!.after).toBeCloseTo(30, 0)
  expect(others).toHaveLength(2)
  expect(Math.abs(others[0]!.index - 120)).toBeLessThanOrEqual(6)
  expect(Math.abs(others[1]!.index - 160)).toBeLessThanOrEqual(6)
})

test('a short yearly series that turns', () => {
  const values = Array.from({ length: 40 }, (_, at) => 50 + (at < 25 ? 4 * at : 100 - 6 * (at - 25)) + random.normal())
  const places = listed(makeSeries(values, 'year'))
  expect(places).toHaveLength(1)
  expect(Math.abs(places[0]! - 25)).toBeLessThanOrEqual(2)
})

test('seasons and growth are no changes, nor are one or two outliers', () => {
  const month = (at: number) => 100 + 0.5 * at + 30 * Math.sin((2 * Math.PI * at) / 12)
  const values = Array.from({ length: 120 }, (_, at) => month(at) + 3 * random.normal())
  expect(listed(makeSeries(values, 'month'))).toEqual([])
  values[40] = 900
  values[41] = 700
  expect(listed(makeSeries(values, 'month'))).toEqual([])
})

test('days of a business in which nothing happens seldom look changed', () => {
  const calm = createRandom(72)
  for (const name of [
    'plain',
    'with memory',
    'mostly memory',
    'few a day',
    'few a week',
    'rare money',
    'mean of few',
  ]) {
    let changed = 0
    for (let round = 0; round < 40; round++) if (listed(simulateSeries(calm, lives[name]!)).length > 0) changed++
    expect(changed, name).toBeLessThanOrEqual(3)
  }
})

test('finds the day of a lasting shift that the verdict would tell', () => {
  const shifted = createRandom(73)
  let near = 0
  for (let round = 0; round < 40; round++) {
    const series = simulateSeries(shifted, lives.plain!, { from: 150, to: 182, factor: 0.6 })
    if (listed(series).some((index) => Math.abs(index - 150) <= 2)) near++
  }
  expect(near).toBeGreaterThanOrEqual(36)
})

test('nothing is listed where nothing can be told', () => {
  expect(listed(makeSeries([1, 2, 3]))).toEqual([])
  expect(listed(makeSeries(Array<number>(40).fill(3)))).toEqual([])
  expect(listed(makeSeries(Array<number>(40).fill(Number.NaN)))).toEqual([])
})

test('spikes are held, steps and lines are not', () => {
  const step = Float64Array.from({ length: 40 }, (_, at) => (at < 20 ? at : at + 30))
  expect(holdSpikes(step).subarray(2, 38)).toEqual(step.subarray(2, 38))
  const spiked = draw(40, (at) => at).values
  spiked[10] = 500
  expect(holdSpikes(spiked)[10]).toBeLessThan(30)
  const rare = Float64Array.from({ length: 40 }, (_, at) => (at % 7 === 3 ? 1 : 0))
  expect(holdSpikes(rare)).toEqual(rare)
})
