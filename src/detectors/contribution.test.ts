import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { contribution } from './contribution.ts'
import type { Tested } from './detector.ts'
import type { Leaves } from './shapes.ts'
import { leafWorlds } from './simulation/calm-leaves.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { simulateLeaves } from './simulation/simulate-leaves.ts'

const options = contribution.options.parse({})
const large = { ...leafWorlds.counts!, values: [12, 3], rows: 40_000 }

test.each(listWorlds('contribution'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms('contribution', world, 60, [0.05, 0.01, 0.001], 91)
  expect(tested).toBeGreaterThan(40)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([0.05, 0.15, 0.4])('a wobble of whole slices by %d is no news', (wobble) => {
  const random = createRandom(92)
  const rounds = 80
  let alarms = 0
  for (let round = 0; round < rounds; round++) {
    const causes = Array.from({ length: 12 }, (_, value) => ({
      where: { 0: value },
      factor: Math.exp(wobble * random.normal()),
    }))
    const verdict = contribution.detect(simulateLeaves(random, large, causes), options) as Tested
    alarms += Number(verdict.pValue <= 0.05)
  }
  expect(alarms).toBeLessThanOrEqual(alarmsMax(rounds, 0.05))
})

test.each([
  [0.5, 0.4],
  [1.8, 0.4],
])('finds a value that has %d times as much', (factor, shareMin) => {
  const random = createRandom(93)
  const rounds = 50
  const verdicts = Array.from(
    { length: rounds },
    () => contribution.detect(simulateLeaves(random, large, [{ where: { 0: 3 }, factor }]), options) as Tested,
  )
  const found = verdicts.filter(({ pValue, sentence }) => pValue < 0.01 && sentence?.subject === 'field_0 = f0v3')
  expect(found.length).toBeGreaterThanOrEqual(rounds * shareMin)
  const covering = found.filter(({ effect }) => effect!.low <= factor && factor <= effect!.high)
  expect(covering.length).toBeGreaterThanOrEqual(found.length * 0.85)
})

/** Six countries by two plans, 100 expected of each leaf; countries got these. */
function makeLeaves(counts: readonly number[]): Leaves {
  return {
    fields: ['country', 'plan'],
    labels: [counts.map((_, country) => `c${country}`), ['free', 'pro']],
    codes: [
      Int32Array.from({ length: 2 * counts.length }, (_, leaf) => leaf >> 1),
      Int32Array.from({ length: 2 * counts.length }, (_, leaf) => leaf & 1),
    ],
    actual: Float64Array.from({ length: 2 * counts.length }, (_, leaf) => counts[leaf >> 1]!),
    expected: new Float64Array(2 * counts.length).fill(100),
  }
}

test('shares of the parts and of the rest add up', () => {
  const verdict = contribution.detect(makeLeaves([40, 101, 99, 102, 98, 100, 103, 97]), options) as Tested
  expect(verdict.details.parts).toBe('country = c0 (100%)')
  expect(verdict.details.rest).toBe('0%')
  expect(verdict).toMatchObject({ direction: 'down', observed: 80 })
  expect(verdict.expected).toBeCloseTo(200, 0)
})

test('equal leaves give the t-test of one against the others', () => {
  const { details, pValue } = contribution.detect(makeLeaves([40, 101, 99, 102, 98, 100, 103, 97]), options) as Tested
  const logs = [101, 99, 102, 98, 100, 103, 97].map((x) => Math.log(x / 100))
  const mean = logs.reduce((sum, x) => sum + x, 0) / 7
  const variance = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 6
  const t = (Math.log(0.4) - mean) / Math.sqrt(variance * (1 + 1 / 7))
  expect(Math.abs(Number(details.statistic))).toBeLessThanOrEqual(Math.abs(t) + 1e-9)
  expect(details.degrees_of_freedom).toBe(6)
  expect(pValue).toBeLessThan(1e-6)
})

test('values that changed alike are not told apart', () => {
  expect(contribution.detect(makeLeaves([80, 80, 80, 80, 80, 80]), options)).toMatchObject({ pValue: 1 })
})

test('says what it cannot tell', () => {
  expect(contribution.detect(makeLeaves([90, 100, 110]), options)).toEqual({
    status: 'untestable',
    reason: 'no field has 5 values that are large enough; contribution needs one',
  })
})
