import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { type Entrant, splitEntrants } from '../../hypotheses/funnels/build-conversions.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { judgeFunnel } from './judge-funnels.ts'

const [today, windowDays, days] = ['2026-10-01', 14, 280]
const dayOf = Array.from({ length: days }, (_, ago) => addPeriods(today, -windowDays - ago - 1, 'day'))

/** Users of accounts who enter on 280 days whose windows are over. */
interface Entry {
  readonly perDay: number
  readonly chance: number
  /** Variance of the chance’s logit from account to account, and from week to week. */
  readonly ofAccounts: number
  readonly ofWeeks: number
}

const plain: Entry = { perDay: 8, chance: 0.3, ofAccounts: 0, ofWeeks: 0 }
const entries: Readonly<Record<string, Entry>> = {
  'chance alone': plain,
  'accounts alike': { ...plain, ofAccounts: 1 },
  'weeks alike': { ...plain, perDay: 20, ofWeeks: 0.15 },
  'weeks and accounts alike': { ...plain, ofWeeks: 0.1, ofAccounts: 0.5 },
  'hardly anybody goes on': { ...plain, chance: 0.02 },
  'few a day': { ...plain, perDay: 1 },
}

function draw(random: Random, entry: Entry, factor = 1, lateDays = 0): readonly Entrant[] {
  const usual = Math.log(entry.chance / (1 - entry.chance))
  const accounts = Array.from({ length: 80 }, () => Math.sqrt(entry.ofAccounts) * random.normal())
  const all: Entrant[] = []
  let week = 0
  for (let ago = days - 1; ago >= 0; ago--) {
    if (ago % 7 === 6) week = Math.sqrt(entry.ofWeeks) * random.normal()
    for (let count = random.poisson(entry.perDay); count > 0; count--) {
      const account = random.integer(0, accounts.length - 1)
      const chance = 1 / (1 + Math.exp(-usual - accounts[account]! - week))
      const wentOn = random.uniform() < chance * (ago < lateDays ? factor : 1)
      all.push({ began: dayOf[ago]!, wentOn, account: String(account) })
    }
  }
  return all
}

const options = { recent: 28, window: windowDays }
const pValueOf = (entrants: readonly Entrant[], permuteSeed?: number): number | undefined => {
  const judged = judgeFunnel({ entrants, today, options }, permuteSeed)
  return judged.status === 'tested' ? judged.numbers.pValue : undefined
}

test.each(Object.keys(entries))('where nothing happens it is told no more often than promised: %s', (name) => {
  const random = createRandom(name.length)
  const [runs, levels] = [150, [0.05, 0.01]]
  const drawn = Array.from({ length: runs }, () => draw(random, entries[name]!))
  for (const pValues of [drawn.map((one) => pValueOf(one)), drawn.map((one, at) => pValueOf(one, at))]) {
    const tested = pValues.filter((one) => one !== undefined)
    expect(tested.length).toBeGreaterThan(100)
    for (const level of levels)
      expect(tested.filter((one) => one <= level).length).toBeLessThanOrEqual(alarmsMax(tested.length, level))
  }
})

test('a third fewer who go on are found, and their days are said', () => {
  const random = createRandom(9)
  const found = Array.from({ length: 20 }, () => pValueOf(draw(random, { ...plain, perDay: 20 }, 0.6, 28)))
  expect(found.filter((one) => one !== undefined && one < 1e-3).length).toBeGreaterThanOrEqual(18)
  const judged = judgeFunnel({ entrants: draw(random, { ...plain, perDay: 20 }, 0.5, 28), today, options })
  expect(judged).toMatchObject({ numbers: { from: '2026-08-20', to: null, direction: 'down', periods: 28 } })
})

test('who had no time yet is left out; those of one account are one unit, of one week a batch', () => {
  const of = (began: string, wentOn: boolean, account: string): Entrant => ({ began, wentOn, account })
  const entrants = [
    of('2026-07-01', true, 'a'),
    of('2026-06-30', false, 'a'),
    of('2026-08-19', true, ''),
    of('2026-08-20', true, 'a'),
    of('2026-09-16', false, 'b'),
    of('2026-09-17', false, 'b'),
  ]
  expect(splitEntrants(entrants, { today, recentDays: 28, windowDays })).toEqual({
    names: ['those who began earlier', 'those who began since 2026-08-20'],
    first: [
      { entered: 2, converted: 1, account: 0 },
      { entered: 1, converted: 1, account: 4 },
    ],
    second: [
      { entered: 1, converted: 1, account: 0 },
      { entered: 1, converted: 0, account: 1 },
    ],
    batches: [
      { entered: 2, converted: 1, account: 11 },
      { entered: 1, converted: 1, account: 4 },
    ],
  })
})
