import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { association } from './association.ts'
import type { Tested } from './detector.ts'
import type { Strata } from './shapes.ts'
import { markets, simulateStrata } from './simulation/calm-strata.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

type Row = readonly [exposedWith: number, exposed: number, otherWith: number, others: number]

const build = (rows: readonly Row[]): Strata => ({
  names: { exposed: 'invited', unexposed: 'not invited', outcome: 'renewed' },
  strata: rows.map(([exposedWith, exposed, otherWith, others], at) => ({
    label: String(at),
    exposed: { entered: exposed, converted: exposedWith },
    unexposed: { entered: others, converted: otherWith },
  })),
})

test.each(listWorlds('association'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms(
    'association',
    world,
    world === 'very many' ? 300 : 1000,
    [0.05, 0.01, 0.001],
    80,
  )
  expect(tested).toBeGreaterThan(200)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['one and a half times as often', 'plain', 1.5, 0.65],
  ['half as often, under confounding', 'exposure goes with plan and size', 0.5, 0.8],
  ['more often in small strata', 'many small strata', 1.6, 0.5],
] as const)('finds an outcome that comes %s', (_, name, factor, shareMin) => {
  const random = createRandom(81)
  const verdicts = Array.from(
    { length: 60 },
    () => association.detect(simulateStrata(random, markets[name]!, factor), {}) as Tested,
  )
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(60 * shareMin)
  for (const { direction } of found) expect(direction).toBe(factor > 1 ? 'up' : 'down')
  const held = verdicts.filter(({ effect }) => effect!.low <= factor && effect!.high >= factor)
  expect(held.length).toBeGreaterThanOrEqual(52)
})

test('admissions to Berkeley depend on the department, not on who applies', () => {
  // R: mantelhaen.test(UCBAdmissions): common odds ratio 0.9046968, p = 0.2323 with its continuity correction
  const verdict = association.detect(
    build([
      [512, 825, 89, 108],
      [353, 560, 17, 25],
      [120, 325, 202, 593],
      [138, 417, 131, 375],
      [53, 191, 94, 393],
      [22, 373, 24, 341],
    ]),
    {},
  ) as Tested
  expect(verdict.pValue).toBeCloseTo(0.23, 1)
  expect(verdict.details.odds_ratio).toBeCloseTo(0.9046968, 6)
  expect(verdict.details.crude_risk_ratio).toBeCloseTo(1198 / 2691 / (557 / 1835), 10)
})

test('says what the exposed would have as the others of their strata', () => {
  const { observed, expected, low, high } = association.detect(
    build([
      [30, 60, 10, 40],
      [8, 40, 20, 160],
    ]),
    {},
  ) as Tested
  expect(observed).toBeCloseTo(0.38, 10)
  expect(expected).toBeCloseTo(0.6 * 0.25 + 0.4 * 0.125, 10)
  expect(low).toBeLessThan(expected)
  expect(high).toBeLessThan(observed)
})

test('an outcome that no unexposed account has is told with a finite ratio', () => {
  const { effect, pValue } = association.detect(build([[9, 40, 0, 45]]), {}) as Tested
  expect(pValue).toBeLessThan(0.01)
  expect(effect!.value).toBeGreaterThan(5)
  expect(Number.isFinite(effect!.high)).toBe(true)
})

test('says why it cannot tell', () => {
  const reasonOf = (rows: readonly Row[]) => {
    const verdict = association.detect(build(rows), {})
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  expect(reasonOf([[3, 5, 10, 90]])).toBe('in strata that have both 5 accounts are of `invited`; association needs 10')
  expect(
    reasonOf([
      [20, 50, 0, 0],
      [0, 0, 20, 50],
    ]),
  ).toBe('in strata that have both 0 accounts are of `not invited`; association needs 10')
  expect(reasonOf([[1, 50, 2, 50]])).toBe('3 of 100 accounts `renewed`; association needs 5')
  expect(reasonOf([[50, 50, 48, 50]])).toBe('all but 2 of 100 accounts `renewed`; association needs 5 that did not')
})
