import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import type { Tested } from './detector.ts'
import { funnelShift } from './funnel-shift.ts'
import type { Conversion } from './shapes.ts'
import { type Crowd, crowds, regulars, simulateConversions, simulateRegulars } from './simulation/calm-conversions.ts'
import { alarmsMax, countAlarms, listWorlds } from './simulation/count-alarms.ts'

const judge = (first: readonly Conversion[], second: readonly Conversion[]) =>
  funnelShift.detect({ names: ['before', 'after'], first, second }, funnelShift.options.parse({}))

/** Verdicts on groups of which the second converts `factor` times as well. */
function judgeMany(rounds: number, crowd: Crowd, factor: number, seed: number): readonly Tested[] {
  const random = createRandom(seed)
  return Array.from(
    { length: rounds },
    () => funnelShift.detect(simulateConversions(random, crowd, factor), funnelShift.options.parse({})) as Tested,
  )
}

/** Strangers: `converted` of `entered`, one an account. */
const strangers = (converted: number, entered: number): readonly Conversion[] =>
  Array.from({ length: entered }, (_, at) => ({ entered: 1, converted: at < converted ? 1 : 0 }))

/** Rounds of worlds of many accounts, which take long; else 600. */
const roundsOf: Readonly<Record<string, number>> = {
  'very many': 100,
  'a small slice and the rest': 250,
  'hardly anybody converts': 250,
  'rare and alike': 400,
}

test.each(listWorlds('funnel_shift'))('cries wolf no more often than it says: %s', (world) => {
  const { tested, counts } = countAlarms('funnel_shift', world, roundsOf[world] ?? 600, [0.05, 0.01, 0.001], 60)
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

const anonymous = (units: readonly Conversion[]): readonly Conversion[] =>
  units.map(({ entered, converted }) => ({ entered, converted }))

test('accounts in both groups are compared with themselves: what strangers would hide is found', () => {
  const random = createRandom(63)
  const same = regulars['the same accounts before and after']!
  const drawn = Array.from({ length: 100 }, () => simulateRegulars(random, same, 0.7))
  const countFound = (verdicts: readonly unknown[]) =>
    (verdicts as readonly Tested[]).filter(({ pValue }) => pValue < 0.01).length
  const paired = drawn.map(({ first, second }) => judge(first, second) as Tested)
  const found = countFound(paired)
  expect(found).toBeGreaterThanOrEqual(55)
  expect(countFound(drawn.map(({ first, second }) => judge(anonymous(first), anonymous(second))))).toBeLessThan(
    found / 2,
  )
  // the mean chance of these accounts is 0.3
  const held = paired.filter(({ effect }) => effect!.low <= -0.09 && effect!.high >= -0.09)
  expect(held.length).toBeGreaterThanOrEqual(90)
})

test('accounts that are in one group only are judged as without their numbers', () => {
  const { first, second } = simulateConversions(createRandom(64), crowds.plain!, 0.8)
  const number = (units: readonly Conversion[], from: number) =>
    units.map((unit, at) => ({ ...unit, account: from + at }))
  const numbered = judge(number(first, 0), number(second, 1000)) as Tested
  expect(numbered).toEqual(judge(first, second))
  expect(numbered.details.weight_in_both).toBe(0)
})

test('accounts of one size in both groups are judged as by the paired t test', () => {
  const number = (counts: readonly number[]) =>
    counts.map((converted, account) => ({ entered: 100, converted, account }))
  const before = number([21, 35, 18, 44, 29, 33, 12, 40, 25, 30, 38, 16])
  const after = number([23, 22, 20, 31, 28, 18, 14, 29, 9, 31, 21, 8])
  const verdict = judge(before, after) as Tested
  // as R's t.test(after, before, paired = TRUE); by hand, the density of t summed by Simpson's rule:
  // t = -3.20310616, df = 11, p = 0.00840806, -0.12232 to -0.02268
  expect(verdict.pValue / 0.00840806).toBeCloseTo(1, 1.5)
  expect(verdict.effect!.value).toBeCloseTo(-0.0725, 10)
  expect(verdict.effect!.low).toBeCloseTo(-0.12232, 2)
  expect(verdict.effect!.high).toBeCloseTo(-0.02268, 2)
  expect(verdict.details.degrees_of_freedom).toBeCloseTo(11, 8)
  expect((judge(anonymous(before), anonymous(after)) as Tested).pValue).toBeGreaterThan(0.05)
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
