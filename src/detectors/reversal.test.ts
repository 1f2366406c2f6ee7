import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { reversalExamples } from './examples/reversal.ts'
import { reversal } from './reversal.ts'
import { markets, simulateStrata } from './simulation/calm-strata.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

test.each(listWorlds('reversal'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms('reversal', world, world === 'very many' ? 300 : 1000, [0.05, 0.01, 0.001], 82)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('a difference that is the same within strata is never a reversal, however sure', () => {
  const random = createRandom(83)
  for (let round = 0; round < 50; round++) {
    const verdict = reversal.detect(simulateStrata(random, { ...markets.plain!, accounts: 300 }, 1.5), {}) as Tested
    expect(verdict.pValue).toBe(1)
  }
})

test('finds that a feature of large plans goes with fewer renewals, and the other way round over all', () => {
  const random = createRandom(84)
  const market = { ...markets['exposure goes with plan and size']!, accounts: 500 }
  const verdicts = Array.from({ length: 40 }, () => reversal.detect(simulateStrata(random, market, 0.8), {}) as Tested)
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(32)
  for (const { direction, observed, effect } of found) {
    expect(direction).toBe('up')
    expect(observed).toBeGreaterThan(1)
    expect(effect!.high).toBeLessThan(1)
  }
})

test('p is the larger one of the comparison over all and of the one within strata', () => {
  const { pValue, details, observed, expected } = reversal.detect(reversalExamples.hit.data(), {}) as Tested
  expect(pValue).toBe(Math.max(Number(details.p_of_crude), Number(details.p_within_strata)))
  expect(observed).toBeCloseTo(385 / 810 / (610 / 1000), 10)
  expect(expected).toBeGreaterThan(1)
})

test('says why it cannot tell', () => {
  const { strata, names } = reversalExamples.hit.data()
  const one = reversal.detect({ names, strata: strata.slice(0, 1) }, {})
  expect(one).toEqual({ status: 'untestable', reason: 'has 1 stratum with both groups; reversal needs 2' })
  const none = reversal.detect({ names, strata: [] }, {})
  expect(none).toEqual({
    status: 'untestable',
    reason: 'in strata that have both 0 accounts are of `self-service`; reversal needs 10',
  })
})
