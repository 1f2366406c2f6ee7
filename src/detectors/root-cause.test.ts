import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { rootCause } from './root-cause.ts'
import { leafWorlds } from './simulation/calm-leaves.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'
import { type LeafWorld, type PlantedCause, simulateLeaves } from './simulation/simulate-leaves.ts'

const options = rootCause.options.parse({})

test.each(listWorlds('root_cause'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms('root_cause', world, 40, [0.05, 0.01, 0.001], 81)
  expect(tested).toBe(40)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each<readonly [string, LeafWorld, readonly PlantedCause[], string, number]>([
  ['a value that lost a third', leafWorlds.counts!, [{ where: { 1: 3 }, factor: 0.67 }], 'field_1 = f1v3', 0.9],
  [
    'two values that crossed',
    leafWorlds.counts!,
    [{ where: { 0: 1, 2: 2 }, factor: 0.4 }],
    'field_0 = f0v1 and field_2 = f2v2',
    0.6,
  ],
  [
    'amounts that halved',
    { ...leafWorlds['money in leaves']!, rows: 3000 },
    [{ where: { 2: 0 }, factor: 0.5 }],
    'field_2 = f2v0',
    0.6,
  ],
  ['a rate that doubled', leafWorlds['rates of many']!, [{ where: { 0: 2 }, factor: 2 }], 'field_0 = f0v2', 0.9],
])('finds %s, and names it', (_, world, causes, subject, shareMin) => {
  const random = createRandom(82)
  const rounds = 15
  const found = Array.from(
    { length: rounds },
    () => rootCause.detect(simulateLeaves(random, world, causes), options) as Tested,
  )
  const right = found.filter((verdict) => verdict.pValue < 0.01 && verdict.sentence?.subject === subject)
  expect(right.length).toBeGreaterThanOrEqual(rounds * shareMin)
  for (const { direction, effect } of right) {
    expect(direction).toBe(causes[0]!.factor > 1 ? 'up' : 'down')
    expect(effect!.value).toBeCloseTo(causes[0]!.factor, 0)
  }
})

test('says what it cannot tell', () => {
  const leaves = (count: number) => ({
    fields: ['country'],
    labels: [Array.from({ length: count }, (_, at) => `c${at}`)],
    codes: [Int32Array.from({ length: count }, (_, at) => at)],
    actual: new Float64Array(count).fill(3),
    expected: new Float64Array(count).fill(3),
  })
  expect(rootCause.detect(leaves(5), options)).toEqual({
    status: 'untestable',
    reason: 'has 5 leaves; root_cause needs 12',
  })
  expect(rootCause.detect(leaves(20), options)).toEqual({
    status: 'untestable',
    reason: 'no slice has two leaves: root_cause needs fields that cross',
  })
})
