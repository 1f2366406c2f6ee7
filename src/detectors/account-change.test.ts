import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { accountChange } from './account-change.ts'
import type { Tested } from './detector.ts'
import { fitAccounts } from './peers/fit-accounts.ts'
import { scoreCount } from './peers/score-member.ts'
import type { AccountCounts } from './shapes.ts'
import { customers, simulateAccounts } from './simulation/calm-accounts.ts'
import { alarmsMax, countAlarms } from './simulation/count-alarms.ts'

const detect = (accounts: AccountCounts) => accountChange.detect(accounts, {})
const plain = { ...customers.plain!, unequal: 0.5 }

test.each(Object.keys(customers))('cries wolf no more often than it says: %s', (name) => {
  const { tested, counts } = countAlarms('account_change', name, 30, [0.05, 0.01, 0.001], 90)
  expect(tested).toBe(30)
  expect(counts[0]).toBeLessThanOrEqual(alarmsMax(tested, 0.05))
  expect(counts[1]).toBeLessThanOrEqual(alarmsMax(tested, 0.01))
  expect(counts[2]).toBeLessThanOrEqual(alarmsMax(tested, 0.001))
})

test.each([
  ['plain', 0, 'went silent', 16],
  ['plain', 5, 'rose', 16],
  ['plain', 0.1, 'fell', 12],
  ['all lose half', 8, 'rose', 16],
  ['all grow', 0, 'went silent', 12],
  ['a dozen accounts', 0, 'went silent', 14],
] as const)('finds the account that changed: %s, times %d', (name, factor, verb, foundMin) => {
  const random = createRandom(91)
  let found = 0
  for (let round = 0; round < 20; round++) {
    const accounts = simulateAccounts(random, { ...customers[name]!, unequal: 0.5, rate: 4 }, { account: 3, factor })
    const { pValue, sentence } = detect(accounts) as Tested
    const isRight = sentence?.subject === 'account 4' && (sentence.verb === verb || factor === 0.1)
    if (pValue < 0.01 && isRight) found++
  }
  expect(found).toBeGreaterThanOrEqual(foundMin)
})

/** Windows of one period; the same for all accounts but what `change` says. */
function build(levels: readonly number[], change: (counts: number[][]) => void, periods = 9): AccountCounts {
  const counts = levels.map((level) => Array.from({ length: periods }, () => level))
  change(counts)
  return {
    labels: levels.map((_, k) => `account ${k + 1}`),
    counts: counts.map((ofAccount) => Float64Array.from(ofAccount)),
    at: Array.from({ length: periods }, (_, k) => `2025-0${k + 1}-01`),
    grain: 'month',
    recent: 1,
  }
}
const levels = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]

test('the forecast is an account its level times what all did', () => {
  const fitted = fitAccounts(
    build(levels, (counts) => {
      for (const ofAccount of counts) ofAccount[8] = ofAccount[8]! / 2
    }),
  )
  expect(fitted.common).toBeCloseTo(0.5, 3)
  // 10 a month before: (80 + 0.5) events over 8 months and the prior's 0.5 of an average account (55), halved
  expect(fitted.expected[0]).toBeCloseTo((0.5 * 80.5) / (8 + 0.5 / 55), 2)
})

test('a count is as far as its tail says, and no farther than on the scale of ratios', () => {
  // in Python: half of P(0) of a negative binomial with mean 20 and dispersion 0.01, 1.2 ** -100 / 2 = 6.0373e-9
  expect(scoreCount(0, 20, 0.01)).toBeCloseTo(-5.6986685, 5)
  // its tail would be 0.0164, a score of 2.13; ln(12.5 / 5.5) / √(0.1 + 1 / 12) is less
  expect(scoreCount(12, 5, 0.1)).toBeCloseTo(1.9173975, 6)
})

test('beyond what was seen, the chance falls with the tenth power of the distance at most', () => {
  const [near, far] = [15, 60].map((factor) => {
    const accounts = simulateAccounts(createRandom(93), plain)
    const counts = accounts.counts.map((days, k) => days.map((x, at) => (k === 3 && at >= 168 ? factor * x : x)))
    const { details } = detect({ ...accounts, counts }) as Tested
    return { score: details.score as number, chance: details.p_of_account as number }
  })
  expect(far!.score).toBeGreaterThan(1.3 * near!.score)
  expect(Math.log(near!.chance / far!.chance) / Math.log(far!.score / near!.score)).toBeLessThan(10.05)
})

test('new and dormant accounts are counted, not judged', () => {
  const accounts = build([...levels, 0, 5], (counts) => {
    counts[11] = counts[11]!.map((x, at) => (at < 7 ? Number.NaN : x))
    counts[2]![8] = 0
  })
  const { details, sentence, effect } = detect(accounts) as Tested
  expect(sentence).toMatchObject({ subject: 'account 3', verb: 'went silent' })
  expect(details).toMatchObject({ accounts_judged: 10, accounts_new: 1, accounts_dormant: 1, since: '2025-09-01' })
  expect(effect!.high).toBeLessThan(0.3)
})

test('one that was silent for long and comes back woke up', () => {
  const accounts = build(levels, (counts) => {
    counts[0] = [0, 0, 0, 0, 0, 0, 0, 0, 60]
  })
  expect((detect(accounts) as Tested).sentence).toMatchObject({ subject: 'account 1', verb: 'woke up' })
})

test.each([
  [build([1, 2, 3], () => {}), 'has 3 accounts; account_change needs 8'],
  [build(levels, () => {}, 3), 'has 3 periods; 1 recent ones need 4 for a history 3 times as long'],
  [
    build([0, 0, 0, 0, 0, 0, 0, 1, 1], () => {}),
    '2 of 9 accounts have a history (0 are new, 7 never did anything); account_change needs 8',
  ],
] as const)('says why it cannot tell', (accounts, reason) => {
  expect(detect(accounts)).toEqual({ status: 'untestable', reason })
})

test('days in which accounts sleep are no reason: weekends are in every window', () => {
  const { pValue } = detect(simulateAccounts(createRandom(92), { ...plain, length: 180 })) as Tested
  expect(pValue).toBeGreaterThan(0.001)
})
