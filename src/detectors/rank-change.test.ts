import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { rankChange } from './rank-change.ts'
import type { Breakdown } from './shapes.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'
import { calmLives, simulateBreakdown } from './simulation/simulate-breakdown.ts'

const detect = (breakdown: Breakdown) => rankChange.detect(breakdown, { recent: 0 })

test.each(Object.keys(calmLives))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('rank_change', name, 100, [0.05, 0.01, 0.001], 80)
  expect(tested).toBe(100)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('one that caught up and is level is not the first', () => {
  const random = createRandom(81)
  const life = { ...calmLives['shares with memory']!, count: 3 }
  let alarms = 0
  for (let round = 0; round < 300; round++) {
    const verdict = detect(simulateBreakdown(random, life, { slice: 1, from: 133, factor: 1 / 0.7 })) as Tested
    if (verdict.pValue <= 0.05) alarms++
  }
  expect(alarms).toBeLessThanOrEqual(alarmsMax(300, 0.05))
})

test.each([
  ['plain', { slice: 1, from: 133, factor: 2.2 }],
  ['money', { slice: 1, from: 133, factor: 3 }],
  ['few a day', { slice: 1, from: 133, factor: 3.5 }],
] as const)('sees the new first, and whom it passed: %s', (name, effect) => {
  const random = createRandom(82)
  let found = 0
  let passed = 0
  for (let round = 0; round < 20; round++) {
    const { pValue, sentence, details } = detect(simulateBreakdown(random, calmLives[name]!, effect)) as Tested
    const isNew = sentence?.subject === `slice ${effect.slice + 1}` && details.first_before !== sentence.subject
    if (isNew) passed++
    if (isNew && pValue < 5e-3) found++
  }
  expect(passed).toBeGreaterThanOrEqual(19)
  expect(found).toBeGreaterThanOrEqual(16)
})

test('a lead is tested as a t test of its blocks', () => {
  const at = Array.from({ length: 16 }, (_, k) => `${k}`)
  const slice = (label: string, values: readonly number[]) => ({
    label,
    series: { at, values: Float64Array.from(values), grain: 'week' as const, kind: 'count' as const },
  })
  const wave = [0, 5, 10, 5]
  const own = at.map((_, k) => (k < 12 ? 60 : 130) + wave[k % 4]!)
  const verdict = detect({
    field: 'plan',
    slices: [
      slice(
        'a',
        at.map(() => 100),
      ),
      slice('b', own),
    ],
  }) as Tested
  expect(verdict.sentence?.subject).toBe('b')
  // mean of (x − 100) / (x + 100) for x = 130, 135, 140, 135, and 60, 65, 70, 65
  expect(verdict.details.lead_now).toBeCloseTo((30 / 230 + 35 / 235 + 40 / 240 + 35 / 235) / 4, 12)
  expect(verdict.details.lead_before).toBeCloseTo((-40 / 160 - 35 / 165 - 30 / 170 - 35 / 165) / 4, 12)
  expect(verdict.pValue).toBeLessThan(1e-4)
})

test('says why it cannot tell', () => {
  const { field, slices } = simulateBreakdown(createRandom(83), { ...calmLives.plain!, length: 60 })
  expect(detect({ field, slices })).toEqual({ status: 'untestable', reason: 'has 60 periods; rank_change needs 84' })
})
