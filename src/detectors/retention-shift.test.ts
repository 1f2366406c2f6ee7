import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { retentionShift } from './retention-shift.ts'
import type { Cohorts } from './shapes.ts'
import { type Intake, intakes, type RetentionChange, simulateCohorts } from './simulation/calm-cohorts.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const options = retentionShift.options.parse({})

/** Verdicts on triangles in which `change` happens. */
function judgeMany(rounds: number, intake: Intake, change: RetentionChange, seed: number): readonly Tested[] {
  const random = createRandom(seed)
  return Array.from(
    { length: rounds },
    () => retentionShift.detect(simulateCohorts(random, intake, change), options) as Tested,
  )
}

test.each(listWorlds('retention_shift'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms(
    'retention_shift',
    world,
    world === 'many cohorts' ? 20 : 150,
    [0.05, 0.01, 0.001],
    70,
  )
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['two in five fewer stay', { ...intakes.plain!, size: 300 }, { from: 8, factor: 0.6 }, 0.75],
  ['half as many again stay', { ...intakes.plain!, size: 300, start: 0.4 }, { from: 8, factor: 1.5 }, 0.45],
  [
    'a quarter fewer stay from the second age on',
    { ...intakes['large cohorts']!, spread: 0.1 },
    { from: 7, factor: 0.75, sinceAge: 2 },
    0.6,
  ],
] as const)('finds that %s, and since which cohort', (_, intake, change, shareMin) => {
  const verdicts = judgeMany(40, intake, change, 71)
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(40 * shareMin)
  const near = found.filter(({ details }) => {
    const month = Number(String(details.since).slice(5, 7)) + 12 * (Number(String(details.since).slice(0, 4)) - 2025)
    return Math.abs(month - 1 - change.from) <= 1
  })
  expect(near.length).toBeGreaterThanOrEqual(found.length * 0.8)
  for (const { direction } of found) expect(direction).toBe(change.factor > 1 ? 'up' : 'down')
})

test('a change of the first age is told at an age the recent cohorts have reached', () => {
  const [verdict] = judgeMany(1, { ...intakes['large cohorts']!, spread: 0.05 }, { from: 11, factor: 0.7 }, 72)
  expect(verdict!.pValue).toBeLessThan(0.01)
  expect(verdict!.details.age).toBeLessThanOrEqual(2)
  expect(verdict!.observed / verdict!.expected).toBeCloseTo(0.7, 1)
  expect(verdict!.effect!.high).toBeLessThan(0)
})

test('says why it cannot tell', () => {
  const reasonOf = (cohorts: Cohorts) => {
    const verdict = retentionShift.detect(cohorts, options)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  const triangle = (count: number, share: number): Cohorts => ({
    at: Array.from({ length: count }, (_, month) => `2025-${String(month + 1).padStart(2, '0')}-01`),
    grain: 'month',
    size: new Float64Array(count).fill(20),
    retained: Array.from({ length: count }, (_, cohort) =>
      Float64Array.from({ length: count }, (_, age) =>
        age < count - cohort ? (age === 0 ? 20 : 20 * share) : Number.NaN,
      ),
    ),
  })
  expect(reasonOf(triangle(3, 0.5))).toBe('has 3 cohorts; retention_shift needs 6')
  expect(reasonOf(triangle(6, 0.5))).toBe('5 cohorts have reached an age of 1 or more; retention_shift needs 6')
  expect(reasonOf(triangle(9, 1))).toBe('at every age that enough cohorts have reached all or none stay')
})
