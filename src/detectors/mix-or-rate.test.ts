import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { mixOrRate } from './mix-or-rate.ts'
import type { Leaves } from './shapes.ts'
import { leafWorlds } from './simulation/calm-leaves.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { simulateLeaves } from './simulation/simulate-leaves.ts'

const world = leafWorlds['rates that differ']!

const weighted = listWorlds('mix_or_rate').filter((title) => /^(rates|means)/.test(title))

test.each(weighted)('cries wolf no more often than it says: %s', (title) => {
  const { tested, counts } = countAlarms('mix_or_rate', title, 80, [0.05, 0.01, 0.001], 95)
  expect(tested).toBe(80)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('finds rates that rose everywhere, with an interval that holds them', () => {
  const random = createRandom(96)
  const verdicts = Array.from(
    { length: 40 },
    () => mixOrRate.detect(simulateLeaves(random, world, [{ where: {}, factor: 1.3 }]), {}) as Tested,
  )
  const found = verdicts.filter(({ pValue, effect }) => pValue < 0.01 && effect!.measure === 'change by rates')
  expect(found.length).toBeGreaterThanOrEqual(26)
  const covering = verdicts.filter(({ details }) => {
    const truth = 0.3 * Number(details.before)
    return Number(details.rate_low) <= truth && truth <= Number(details.rate_high)
  })
  expect(covering.length).toBeGreaterThanOrEqual(34)
})

/** Sixteen leaves; those with even places have twice the rate. */
function makeLeaves(moved: number, rates: (leaf: number) => number): Leaves {
  const weights = (shift: number) =>
    Float64Array.from({ length: 16 }, (_, leaf) => 1000 + 10 * leaf + (leaf % 2 === 0 ? shift : -shift))
  const [before, after] = [weights(0), weights(moved)]
  const base = (leaf: number) => (leaf % 2 === 0 ? 0.2 : 0.1) + 0.001 * leaf
  return {
    fields: ['leaf'],
    labels: [Array.from({ length: 16 }, (_, leaf) => `l${leaf}`)],
    codes: [Int32Array.from({ length: 16 }, (_, leaf) => leaf)],
    actual: after.map((weight, leaf) => weight * base(leaf) * rates(leaf)),
    expected: before.map((weight, leaf) => weight * base(leaf)),
    weight: { actual: after, expected: before },
  }
}

test('slices that keep their rates are all mix, and the parts add up exactly', () => {
  const verdict = mixOrRate.detect(
    makeLeaves(300, (leaf) => 1 + 0.001 * ((leaf * 7) % 5)),
    {},
  ) as Tested
  const { before, after, mix, rate, p_of_mix: pOfMix } = verdict.details as Record<string, number>
  expect(verdict).toMatchObject({ direction: 'up', effect: { measure: 'change by mix' } })
  expect(verdict.pValue).toBeLessThan(1e-3)
  expect(pOfMix).toBeLessThan(1e-3)
  expect(mix! + rate!).toBeCloseTo(after! - before!, 14)
  expect(Math.abs(rate!)).toBeLessThan(0.05 * mix!)
})

test('says what it cannot tell', () => {
  const { weight: _, ...sums } = makeLeaves(0, () => 1)
  expect(mixOrRate.detect(sums, {})).toEqual({
    status: 'untestable',
    reason: 'has no weights: only ratios and means have a mix',
  })
})
