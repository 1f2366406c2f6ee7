import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { concentration } from './concentration.ts'
import type { Tested } from './detector.ts'
import { cutBlocks, measureCarry } from './series/cut-blocks.ts'
import type { Breakdown } from './shapes.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { calmLives, type SliceEffect, type Slices, simulateBreakdown } from './simulation/simulate-breakdown.ts'

const detect = (breakdown: Breakdown, top = 0) => concentration.detect(breakdown, { top, recent: 0 })
const shareless = ['two slices', 'a rate', 'a rate of few rows', 'a mean']

test.each(Object.keys(calmLives).filter((name) => !shareless.includes(name)))(
  'cries wolf no more often than it says: %s',
  (name) => {
    const { tested, counts } = countAlarms('concentration', name, 60, [0.05, 0.01, 0.001], 75)
    expect(tested).toBe(60)
    expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
    expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
    expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
  },
)

function detectMany(life: Slices, effect: SliceEffect, rounds: number): readonly Tested[] {
  const random = createRandom(76)
  return Array.from({ length: rounds }, () => detect(simulateBreakdown(random, life, effect)) as Tested)
}

const lives = { ...calmLives, 'one holds most': { ...calmLives.plain!, falling: 0.4 } } as Record<string, Slices>

test.each([
  ['plain', { slice: 0, from: 133, factor: 1.8 }, 'up'],
  ['one holds most', { slice: 0, from: 133, factor: 0.5 }, 'down'],
  ['shares with memory', { slice: 0, from: 133, factor: 2.2 }, 'up'],
  ['money', { slice: 0, from: 133, factor: 2.5 }, 'up'],
] as const)('sees that fewer or more hold the whole: %s, %o', (name, effect, direction) => {
  const verdicts = detectMany(lives[name]!, effect, 20)
  const found = verdicts.filter((one) => one.pValue < 5e-3 && one.direction === direction)
  expect(found.length).toBeGreaterThanOrEqual(16)
})

test('shares told are those of the largest in each part', () => {
  const at = Array.from({ length: 16 }, (_, k) => `2025-${String(k + 1)}`)
  const slice = (label: string, values: readonly number[]) => ({
    label,
    series: { at, values: Float64Array.from(values), grain: 'week' as const, kind: 'count' as const },
  })
  const wave = (level: number) => at.map((_, k) => level + (k % 2))
  const verdict = detect(
    {
      field: 'plan',
      slices: [
        slice('a', wave(50)),
        slice('b', wave(30)),
        slice(
          'c',
          wave(10).map((x, k) => (k < 12 ? x : x + 90)),
        ),
      ],
    },
    1,
  ) as Tested
  // earlier 50.5 of 91.5; recent 100.5 of 181.5
  expect(verdict.details.share_earlier).toBeCloseTo(50.5 / 91.5, 12)
  expect(verdict.details.share_recent).toBeCloseTo(100.5 / 181.5, 12)
})

test('the correlation of neighbouring blocks widens the variance', () => {
  // r = (1·1 + 1·−1 + −1·−1) / 4 = 0.25, plus 2/4 for its bias: (1 + .75) / (1 − .75)
  expect(measureCarry(Float64Array.of(1, 1, -1, -1))).toBeCloseTo(7, 12)
  expect(measureCarry(Float64Array.from({ length: 40 }, (_, k) => (-1) ** k))).toBe(1)
})

test('blocks are whole weeks that end with the last day', () => {
  const blocks = cutBlocks(simulateBreakdown(createRandom(77), { ...calmLives.plain!, length: 100 }), 0)
  expect([blocks.count, blocks.length, blocks.recent, blocks.from]).toEqual([14, 7, 4, 72])
})

test.each([
  ['a rate', {}, 'slices of a ratio are no shares of a whole'],
  ['plain', { length: 60 }, 'has 60 periods; concentration needs 84'],
  ['two slices', {}, '2 slices have values; concentration needs 3'],
] as const)('says why it cannot tell: %s', (name, changes, reason) => {
  const breakdown = simulateBreakdown(createRandom(78), { ...calmLives[name]!, ...changes })
  expect(detect(breakdown)).toEqual({ status: 'untestable', reason })
})
