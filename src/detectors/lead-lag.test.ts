import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { leadLag } from './lead-lag.ts'
import type { SeriesPair } from './shapes.ts'
import { pairs, simulatePair } from './simulation/calm-pairs.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'

const options = leadLag.options.parse({})
const detect = (pair: SeriesPair) => leadLag.detect(pair, options)
const plain = pairs['strangers with a week']!

test.each(Object.keys(pairs))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('lead_lag', name, 80, [0.05, 0.01, 0.001], 85)
  expect(tested).toBeGreaterThan(76)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['strangers with a week', { lag: 3, share: 1 }],
  ['strangers with a week', { lag: 7, share: -1 }],
  ['strangers with memory', { lag: 4, share: 1.5 }],
  ['a shared cause that lasts', { lag: 5, share: 1.5 }],
] as const)('finds who leads, by how much time and which way: %s, %o', (name, lead) => {
  const random = createRandom(86)
  const life = { ...pairs[name]!, length: 365, rows: [1000, 1000] as const }
  let found = 0
  for (let round = 0; round < 20; round++) {
    const { pValue, details } = detect(simulatePair(random, life, lead)) as Tested
    const isRight = details.lag === lead.lag && details.sign === (lead.share > 0 ? 'same' : 'opposite')
    if (pValue < 1e-3 && isRight) found++
  }
  expect(found).toBeGreaterThanOrEqual(16)
})

test('turned round, the other one leads', () => {
  const { first, second } = simulatePair(createRandom(87), plain, { lag: 3, share: 1.5 })
  const [told, turned] = [detect({ first, second }), detect({ first: second, second: first })] as [Tested, Tested]
  expect([told.details.lag, turned.details.lag]).toEqual([3, -3])
  expect(turned.pValue).toBeCloseTo(told.pValue, 12)
  expect(told.effect!.value).toBeCloseTo(turned.effect!.value, 12)
  expect(told.sentence?.verb).toBe('moves 3 days before the second, the same way')
})

test('with noise that one series hands on, the correlation is what theory says', () => {
  // x and z with deviation 6, y = x three days before + z: correlation 1 / √2
  const life = { ...plain, rows: [0, 0] as const, length: 2000 }
  const { effect } = detect(simulatePair(createRandom(88), life, { lag: 3, share: 1 })) as Tested
  expect(effect!.value).toBeCloseTo(Math.SQRT1_2, 1)
  expect(effect!.low).toBeLessThan(Math.SQRT1_2)
  expect(effect!.high).toBeGreaterThan(Math.SQRT1_2)
})

test('says why it cannot tell', () => {
  const pair = simulatePair(createRandom(89), plain)
  expect(detect({ ...pair, definitional: 'both count rows of orders' })).toEqual({
    status: 'untestable',
    reason: 'one follows from the other: both count rows of orders',
  })
  const short = simulatePair(createRandom(90), { ...plain, length: 50 })
  expect(detect(short)).toEqual({ status: 'untestable', reason: 'the first series: has 50 points; lead_lag needs 60' })
})
