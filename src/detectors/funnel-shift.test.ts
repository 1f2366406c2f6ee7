import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { funnelShift } from './funnel-shift.ts'
import type { Conversion } from './shapes.ts'
import { type Crowd, crowds, simulateConversions } from './simulation/calm-conversions.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const judge = (first: readonly Conversion[], second: readonly Conversion[]) =>
  funnelShift.detect({ names: ['before', 'after'], first, second }, {})

/** Verdicts on groups of which the second converts `factor` times as well. */
function judgeMany(rounds: number, crowd: Crowd, factor: number, seed: number): readonly Tested[] {
  const random = createRandom(seed)
  return Array.from(
    { length: rounds },
    () => funnelShift.detect(simulateConversions(random, crowd, factor), {}) as Tested,
  )
}

/** Strangers: `converted` of `entered`, one an account. */
const strangers = (converted: number, entered: number): readonly Conversion[] =>
  Array.from({ length: entered }, (_, at) => ({ entered: 1, converted: at < converted ? 1 : 0 }))

test.each(listWorlds('funnel_shift'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms(
    'funnel_shift',
    world,
    world === 'very many' ? 100 : 600,
    [0.05, 0.01, 0.001],
    60,
  )
  expect(tested).toBeGreaterThan(90)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test('strangers are judged by Fisher’s exact test', () => {
  // R: fisher.test(matrix(c(8, 5, 2, 10), 2), alternative = "greater"); twice it, through t with 23 df
  const few = judge(strangers(2, 12), strangers(8, 13)) as Tested
  expect(few.pValue).toBeGreaterThan(2 * 0.0286983443263)
  expect(few.pValue).toBeLessThan(2 * 0.0286983443263 * 1.4)
  const many = judge(strangers(300, 1000), strangers(250, 1000)) as Tested
  expect(many.pValue / (2 * 0.00704669594717)).toBeGreaterThan(1)
  expect(many.pValue / (2 * 0.00704669594717)).toBeLessThan(1.03)
  expect(many.details.design_effect).toBeCloseTo(1, 2)
})

test('the interval of strangers is Newcombe’s', () => {
  // Newcombe (1998), table II, (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339, here with t instead of z
  const { effect } = judge(strangers(48, 80), strangers(56, 70)) as Tested
  expect(effect!.value).toBeCloseTo(0.2, 10)
  expect(effect!.low).toBeCloseTo(0.0524, 1.9)
  expect(effect!.high).toBeCloseTo(0.3339, 2)
})

test.each([
  ['a third less', 'plain', 0.6, 0.7],
  ['half', 'users of an account alike', 0.5, 0.6],
  ['twice as many, of a small slice', 'a small slice and the rest', 2, 0.5],
  ['a tenth more, in very many', 'very many', 1.1, 0.95],
] as const)('finds %s', (_, name, factor, shareMin) => {
  const rounds = name === 'very many' ? 30 : 100
  const verdicts = judgeMany(rounds, crowds[name]!, factor, 61)
  const found = verdicts.filter(({ pValue }) => pValue < 0.01)
  expect(found.length).toBeGreaterThanOrEqual(rounds * shareMin)
  for (const { direction } of found) expect(direction).toBe(factor > 1 ? 'up' : 'down')
})

test('the interval of the difference holds the truth', () => {
  const verdicts = judgeMany(400, { ...crowds.plain!, correlation: 0.2 }, 0.6, 62)
  const held = verdicts.filter(({ effect }) => effect!.low <= -0.12 && effect!.high >= -0.12)
  expect(held.length / 400).toBeGreaterThan(0.93)
  expect(held.length / 400).toBeLessThanOrEqual(1)
})

test('one account that goes on in a mass is no news about the funnel', () => {
  const usual = Array.from({ length: 30 }, (_, at) => ({ entered: 20, converted: at % 2 === 0 ? 2 : 4 }))
  const verdict = judge(usual, [...usual, { entered: 600, converted: 500 }]) as Tested
  expect(verdict.observed).toBeGreaterThan(2 * verdict.expected)
  expect(verdict.pValue).toBeGreaterThan(0.05)
})

test('says why it cannot tell', () => {
  const unit = { entered: 10, converted: 3 }
  const reasonOf = (first: readonly Conversion[], second: readonly Conversion[]) => {
    const verdict = judge(first, second)
    return verdict.status === 'untestable' ? verdict.reason : verdict
  }
  const six = Array<Conversion>(6).fill(unit)
  expect(reasonOf([unit], six)).toBe('before has 1 account with entrants; funnel_shift needs 5')
  expect(reasonOf(six, [unit, unit, { entered: 0, converted: 0 }])).toBe(
    'after has 2 accounts with entrants; funnel_shift needs 5',
  )
  expect(reasonOf(strangers(0, 9), strangers(0, 9))).toBe('nobody went on in either group')
  expect(reasonOf(strangers(9, 9), strangers(9, 9))).toBe('everybody went on in both groups')
})
