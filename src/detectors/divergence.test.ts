import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { divergence } from './divergence.ts'
import { contrastSlice } from './series/contrast-slice.ts'
import type { Breakdown } from './shapes.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { calmLives, type SliceEffect, type Slices, simulateBreakdown } from './simulation/simulate-breakdown.ts'

const options = divergence.options.parse({})
const detect = (breakdown: Breakdown) => divergence.detect(breakdown, options)

test.each(Object.keys(calmLives))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('divergence', name, 15, [0.05, 0.01, 0.001], 70)
  expect(tested).toBe(15)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each(['a mean', 'a rate'])('nor where few large values make a slice of few rows skewed: %s', (name) => {
  const { tested, counts } = countAlarms('divergence', name, 250, [0.05, 0.01], 72)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
})

function detectMany(life: Slices, effect: SliceEffect, rounds: number): readonly Tested[] {
  const random = createRandom(71)
  return Array.from({ length: rounds }, () => detect(simulateBreakdown(random, life, effect)) as Tested)
}

test.each([
  ['plain', { slice: 2, from: 140, factor: 0.6 }],
  ['two slices', { slice: 1, from: 140, factor: 0.6 }],
  ['a common shock with memory', { slice: 3, from: 140, factor: 1.8 }],
  ['a rate', { slice: 1, from: 130, factor: 2 }],
  ['a mean', { slice: 1, from: 130, factor: 1.6 }],
] as const)('finds the slice that leaves the others, since when and by how much: %s', (name, effect) => {
  const verdicts = detectMany(calmLives[name]!, effect, 20)
  const found = verdicts.filter(
    ({ pValue, sentence }) => pValue < 1e-3 && sentence?.subject === `slice ${effect.slice + 1}`,
  )
  expect(found.length).toBeGreaterThanOrEqual(16)
  for (const { direction } of found) expect(direction).toBe(effect.factor > 1 ? 'up' : 'down')
  const near = found.filter(({ details }) => Math.abs(Number(details.from) - effect.from) <= 7)
  expect(near.length).toBeGreaterThanOrEqual(found.length * 0.8)
})

test('one that stops for a week is told, not a larger one that was left with more of the rest', () => {
  const random = createRandom(31)
  const length = 365
  let right = 0
  for (let round = 0; round < 20; round++) {
    let state = 0
    const common = Array.from({ length }, () => {
      state = 0.92 * state + 0.07 * random.normal()
      return Math.exp(state)
    })
    const days = Array.from({ length }, (_, day) => String(day))
    const part = (label: string, share: number) => ({
      label,
      series: {
        at: days,
        values: Float64Array.from(common, (level, day) =>
          random.poisson(150 * share * level * (label === 'paypal' && day >= 356 && day < 362 ? 0.03 : 1)),
        ),
        grain: 'day' as const,
        kind: 'count' as const,
      },
    })
    const verdict = detect({
      field: 'method',
      slices: [part('card', 0.6), part('paypal', 0.28), part('cod', 0.12)],
    }) as Tested
    right += Number(verdict.pValue < 1e-4 && verdict.sentence.subject === 'paypal' && verdict.direction === 'down')
  }
  expect(right).toBeGreaterThanOrEqual(18)
})

test('its interval holds what was done to the slice', () => {
  const effect = { slice: 3, from: 140, factor: 0.5 }
  const verdicts = detectMany({ ...calmLives.plain!, rows: 1000 }, effect, 20)
  const held = verdicts.filter(({ effect: told }) => told!.low <= 0.5 && told!.high >= 0.5)
  expect(held.length).toBeGreaterThanOrEqual(16)
})

const at = Array.from({ length: 4 }, (_, k) => `2025-01-0${k + 1}`)
const build = (kind: 'count' | 'ratio', rows: readonly number[][], weights?: readonly number[][]): Breakdown => ({
  field: 'plan',
  slices: rows.map((values, k) => ({
    label: `plan ${k}`,
    series: {
      at,
      values: Float64Array.from(values),
      grain: 'day',
      kind,
      ...(weights && { weights: Float64Array.from(weights[k]!) }),
    },
  })),
})

test('the contrast of a count is its share of the whole, that of a rate what is left of it against the rest', () => {
  const counts = contrastSlice(
    build('count', [
      [10, 20, 0, 40],
      [30, 60, 0, 40],
    ]),
    0,
  )
  expect([...counts.series.values]).toEqual([0.25, 0.25, Number.NaN, 0.5])
  expect([...counts.series.weights!]).toEqual([40, 80, 0, 80])
  // twice the rate of the rest on all days; both rates double on the third
  const rates = contrastSlice(
    build(
      'ratio',
      [
        [0.2, 0.2, 0.4, 0.2],
        [0.1, 0.1, 0.2, 0.1],
      ],
      [
        [50, 50, 50, 50],
        [100, 100, 100, 100],
      ],
    ),
    0,
  )
  for (const value of rates.series.values) expect(value).toBeCloseTo(0, 12)
  expect(rates.series.weights![0]).toBeCloseTo(5000 / 150, 12)
})

test('leaves out slices that few accounts stand behind', () => {
  const life = { ...calmLives.plain!, rows: 1000 }
  const breakdown = simulateBreakdown(createRandom(72), life, { slice: 2, from: 140, factor: 0.3 })
  const units = breakdown.slices.map((_, k) => (k === 2 ? 2 : 40))
  const verdict = detect({ ...breakdown, units }) as Tested
  expect(verdict.sentence?.subject).not.toBe('slice 3')
  expect(verdict.details.slices_left_out).toBe(1)
  expect(detect({ ...breakdown, units: units.map(() => 2) }).status).toBe('untestable')
})

test('says why it cannot tell', () => {
  const { field, slices } = simulateBreakdown(createRandom(73), { ...calmLives.plain!, length: 20 })
  expect(detect({ field, slices })).toEqual({ status: 'untestable', reason: 'has 20 points; divergence needs 28' })
  expect(detect({ field, slices: slices.slice(0, 1) })).toEqual({
    status: 'untestable',
    reason: 'has 1 slices; divergence needs 2',
  })
})

test('a slice that has nothing left is measured by what the others let expect of it', () => {
  const effect = { slice: 2, from: 160, factor: 0 }
  const breakdown = simulateBreakdown(createRandom(5), calmLives.plain!, effect)
  const verdict = detect(breakdown) as Tested
  const before = breakdown.slices[2]!.series.values.slice(0, 160).reduce((sum, x) => sum + x, 0) / 160
  expect(verdict.observed).toBe(0)
  expect(verdict.expected / before).toBeGreaterThan(0.6)
  expect(verdict.expected / before).toBeLessThan(1.6)
  expect(verdict.low).toBeLessThan(verdict.expected)
})

test('a slice that drifts away from the others, further and further, is found from its bend on', () => {
  const random = createRandom(8)
  const length = 200
  const from = 150
  const days = Array.from({ length }, (_, day) => String(day))
  const part = (label: string, mean: number) => ({
    label,
    series: {
      at: days,
      values: Float64Array.from(days, (_, day) =>
        random.poisson(label === 'street' ? mean * (1 + (2 * Math.max(0, day - from)) / (length - from)) : mean),
      ),
      grain: 'day' as const,
      kind: 'count' as const,
    },
  })
  let right = 0
  for (let round = 0; round < 20; round++) {
    const verdict = detect({ field: 'by', slices: [part('web', 8), part('street', 5), part('mail', 4)] }) as Tested
    const near = Math.abs(Number(verdict.details.from) - from) <= 21
    right += Number(verdict.pValue < 1e-3 && verdict.sentence.subject === 'street' && near)
  }
  expect(right).toBeGreaterThanOrEqual(15)
})
