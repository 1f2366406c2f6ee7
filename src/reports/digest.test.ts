import { expect, test } from 'vitest'
import { dataUntil, findings, summary } from '../../tests/fixtures/example-cycle.ts'
import type { Finding } from '../findings/finding.ts'
import { describeCadence } from './describe-cadence.ts'
import { describeDrivers } from './describe-drivers.ts'
import { describeHonesty, describeLedger, describeNullReplicate } from './describe-honesty.ts'
import { chooseDigest, shortenHeadline, writePreheader, writeSubject } from './digest.ts'

const all = { follows: [], shown: 5 }

test('a team is told the best new and ongoing findings of what it follows', () => {
  const choice = chooseDigest(findings, all)
  expect(choice?.cards.map(({ rank }) => rank)).toEqual([1, 2, 3])
  expect(choice?.recovered.map(({ rank }) => rank)).toEqual([4])
  expect(chooseDigest(findings, { ...all, follows: ['refunds'] })?.cards.map(({ metric }) => metric)).toEqual([
    'refunds',
  ])
})

test('what is ongoing and not among the cards is still listed', () => {
  const choice = chooseDigest(findings, { follows: [], shown: 1 })
  expect(choice?.cards.map(({ rank }) => rank)).toEqual([1])
  expect(choice?.stillOpen.map(({ rank }) => rank)).toEqual([2])
})

test('what goes with coming back is pushed while it is new, in the room that is left', () => {
  const goesWith: Finding = { ...findings[0]!, kind: 'association', metric: 'user_return', rank: 9, from: null }
  const ranks = (shown: number) =>
    chooseDigest([...findings, goesWith], { ...all, shown })?.cards.map(({ rank }) => rank)
  expect(ranks(5)).toEqual([1, 2, 3, 9])
  expect(ranks(3)).toEqual([1, 2, 3])
  expect(chooseDigest([goesWith], all)?.cards).toHaveLength(1)
  const old = chooseDigest([...findings, { ...goesWith, state: 'ongoing' }], { ...all, shown: 1 })
  expect(old?.stillOpen.map(({ rank }) => rank)).toEqual([2])
})

test('there is nothing to say when nothing is new', () => {
  expect(chooseDigest([], all)).toBeUndefined()
  const old = findings.map((finding): Finding => ({ ...finding, state: 'ongoing' }))
  expect(chooseDigest(old, all)).toBeUndefined()
  expect(chooseDigest(findings, { ...all, follows: ['unknown'] })).toBeUndefined()
})

test('the subject is the top finding with its number', () => {
  const choice = chooseDigest(findings, all)!
  const cards = choice.cards.map((finding) => ({ finding, evidence: undefined }))
  expect(writeSubject({ ...choice, cards })).toBe(
    'Signups that came from Paid search fell 48%: 41 a day, since 14 Sep 2026, and 3 more',
  )
  expect(writePreheader({ ...choice, cards })).toMatch(
    /^Activation with plan Pro rose 23%: 58%, since 24 Aug 2026 · Refunds/,
  )
  expect(writeSubject({ cards: [], recovered: [] })).toBe('All quiet')
})

test('a headline loses what was expected in a subject, and its date where it is still long', () => {
  expect(shortenHeadline('Signups fell 48%: 41 a day against 79 expected, since 14 Sep 2026')).toBe(
    'Signups fell 48%: 41 a day, since 14 Sep 2026',
  )
  expect(
    shortenHeadline(
      'Revenue with plan Enterprise and country Estonia that came from partners fell 48%: 4.1k EUR a day against 7.9k EUR expected, since 14 Sep 2026',
    ),
  ).toBe('Revenue with plan Enterprise and country Estonia that came from partners fell 48%: 4.1k EUR a day')
  expect(shortenHeadline('Signups with city Tartu, Estonia stopped')).toBe('Signups with city Tartu, Estonia stopped')
})

test('the line of honesty says how much was asked, and which data ends earlier', () => {
  expect(describeHonesty(summary, 5, dataUntil)).toBe(
    'Tested 12,431 hypotheses on 9,118 series; 37 held up at a false-discovery rate of 5%; 5 shown. Data complete until 30 Sep 2026 (ticket: 29 Sep).',
  )
  expect(describeHonesty(summary, 5, {})).toMatch(/5 shown\.$/)
})

const ledger = {
  level: 0.0125,
  discoveries: 2,
  repeated: 0,
  replicates: { days: 28, tested: 8120, far: 9, promised: 0.001 },
  tightened: [],
}

test('the ledger says what new findings were held to, and what was tested before', () => {
  expect(describeLedger({ ...summary, ledger })).toBe(
    '2 findings are new; the level for new ones was 1.3%, out of the 5% promised over all cycles.',
  )
  expect(describeLedger({ ...summary, ledger: { ...ledger, discoveries: 1, repeated: 40 } })).toMatch(
    /^1 finding is new; .*; 40 tests were on unchanged data and do not count again\.$/,
  )
  expect(describeLedger(summary)).toBe('')
})

test('the foot says what permuted series gave today and in four weeks, and what was done about it', () => {
  expect(describeNullReplicate({ ...summary, ledger })).toBe(
    'Of 1,243 tests on shuffled series, in which nothing can have happened, 1 held up (0.08%). In 28 days 9 of 8,120 such tests had a p-value below 0.1% (0.11%).',
  )
  const tightened = [{ detector: 'outlier', tested: 2000, far: 20, times: 46.4 }]
  expect(describeNullReplicate({ ...summary, ledger: { ...ledger, tightened } })).toMatch(
    / outlier had 20 of its 2,000 below it, more than chance explains, and is held to a level 46 times lower\.$/,
  )
  const silenced = [{ detector: 'divergence', tested: 2, far: 2, times: Number.POSITIVE_INFINITY }]
  expect(describeNullReplicate({ ...summary, ledger: { ...ledger, tightened: silenced } })).toMatch(
    / divergence had 2 of its 2 below it, more than chance explains, and is not believed for now\.$/,
  )
  expect(describeNullReplicate({ nullReplicate: { tested: 0, false: 0 } })).toBe('')
})

test('drivers are said with their shares, small ones left out', () => {
  const style = { unit: undefined, format: 'percent' } as const
  expect(describeDrivers(findings[0]!)).toBe('Mostly country Germany (62%) and country Austria (21%).')
  expect(describeDrivers({ ...style, drivers: [{ slice: [], label: 'plan Free', share: 0.3 }] })).toBe(
    'In part plan Free (30%).',
  )
  expect(describeDrivers({ ...style, drivers: [] })).toBe('')
})

test('mix and accounts are said where they matter', () => {
  const explained = { drivers: [], unit: undefined, format: 'percent' } as const
  const mix = {
    field: 'plan',
    fieldLabel: 'plan',
    value: 'free',
    valueLabel: 'plan Free',
    shareBefore: 0.6,
    shareAfter: 0.66,
  }
  expect(describeDrivers({ ...explained, mix: { ...mix, change: -0.041, within: -0.032, mix: -0.009 } })).toBe(
    'Of the fall of 4.1 points, 3.2 lie within each plan and 0.9 come from the mix: more are plan Free (66% instead of 60%).',
  )
  expect(describeDrivers({ ...explained, mix: { ...mix, change: 0.02, within: 0.03, mix: -0.01 } })).toBe(
    'The rise of 2 points is a rise of 3 points within each plan and a fall of 1 by the mix: more are plan Free (66% instead of 60%).',
  )
  expect(describeDrivers({ ...explained, mix: { ...mix, change: -0.04, within: 0.0004, mix: -0.0404 } })).toBe(
    'The fall of 4 points comes from the mix: more are plan Free (66% instead of 60%).',
  )
  expect(describeDrivers({ ...explained, mix: { ...mix, change: 0.2, within: 0.199, mix: 0.001 } })).toBe('')
  const one = { key: 17, label: 'Acme', share: 0.8, actual: 20, expected: 100 }
  const accounts = { path: 'account.id', count: 40, concerned: 12, top: [one] }
  expect(describeDrivers({ ...explained, accounts })).toBe('One account (Acme) makes 80% of it.')
  const two = [0.3, 0.25].map((share, key) => ({ key, share, actual: 0, expected: 9 }))
  expect(describeDrivers({ ...explained, accounts: { ...accounts, top: two } })).toBe(
    '2 of 40 accounts make 55% of it.',
  )
  expect(describeDrivers({ ...explained, accounts: { ...accounts, top: [{ ...one, share: 0.04 }] } })).toBe('')
})

test.each([
  ['0 8 * * mon-fri', 'Monday to Friday at 08:00'],
  ['30 7 * * 1', 'Monday at 07:30'],
  ['0 9 * * mon,thu', 'Monday and Thursday at 09:00'],
  ['0 8 * * *', 'every day at 08:00'],
  ['15 6 1 * *', 'monthly on day 1 at 06:15'],
  ['*/5 * * * *', '*/5 * * * *'],
])('the cadence %s reads %s', (cron, words) => {
  expect(describeCadence(cron)).toBe(words)
})
