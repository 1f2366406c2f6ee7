import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { type DatedValue, readDatedValues, splitValues } from '../../hypotheses/distributions/build-samples.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { judgeDrift } from './judge-drift.ts'

const [today, days] = ['2026-10-01', 196]
const dayOf = Array.from({ length: days }, (_, ago) => addPeriods(today, -ago - 1, 'day'))

/** Orders of accounts on 28 weeks, their amounts lognormal. */
interface Orders {
  readonly perDay: number
  /** Deviation of the logarithm between accounts, and between weeks; how much of a week stays until the next. */
  readonly ofAccounts: number
  readonly ofWeeks: number
  readonly memory: number
  /** Deviation of the logarithm of how much weeks scatter. */
  readonly ofScatter: number
  /** Size of a season of the year, and of weekends. */
  readonly season: number
}

const plain: Orders = { perDay: 8, ofAccounts: 0, ofWeeks: 0, memory: 0, ofScatter: 0, season: 0 }
const worlds: Readonly<Record<string, Orders>> = {
  'chance alone': plain,
  'accounts alike': { ...plain, ofAccounts: 0.8 },
  'weeks alike': { ...plain, perDay: 20, ofWeeks: 0.15 },
  'weeks scatter': { ...plain, perDay: 20, ofScatter: 0.2 },
  'weeks and accounts alike, with memory': { ...plain, ofAccounts: 0.5, ofWeeks: 0.1, memory: 0.4 },
  'a season of the year': { ...plain, perDay: 20, season: 0.15 },
  'few a day': { ...plain, perDay: 1 },
}

/** In the last four weeks the logarithm is spread so many times as wide. */
function draw(random: Random, world: Orders, spread = 1, move = 0): readonly DatedValue[] {
  const { perDay, ofAccounts, ofWeeks, memory, ofScatter, season } = world
  const accounts = Array.from({ length: 60 }, () => ofAccounts * random.normal())
  const all: DatedValue[] = []
  let [week, scatter] = [random.normal(), 1]
  for (let ago = days - 1; ago >= 0; ago--) {
    if (ago % 7 === 6) {
      week = memory * week + Math.sqrt(1 - memory ** 2) * random.normal()
      scatter = Math.exp(ofScatter * random.normal())
    }
    const isWeekend = ago % 7 < 2
    const wave = season * (Math.sin((2 * Math.PI * ago) / 365) + (isWeekend ? 1 : 0))
    for (let count = random.poisson(perDay); count > 0; count--) {
      const account = random.integer(0, accounts.length - 1)
      const isLate = ago < 28
      const own = (isLate ? spread : 1) * scatter * 0.8 * random.normal() + (isLate ? move : 0)
      const value = Math.exp(4 + accounts[account]! + ofWeeks * week + wave + own)
      all.push({ day: dayOf[ago]!, value, account: String(account) })
    }
  }
  return all
}

const options = { recent: 28 }
const judge = (values: readonly DatedValue[], permuteSeed?: number) => {
  const judged = judgeDrift({ values, today, options }, permuteSeed)
  return judged.status === 'tested' ? judged.numbers : undefined
}

test.each(Object.keys(worlds))('where nothing happens it is told no more often than promised: %s', (name) => {
  const random = createRandom(name.length)
  const drawn = Array.from({ length: 80 }, () => draw(random, worlds[name]!))
  for (const pValues of [drawn.map((one) => judge(one)?.pValue), drawn.map((one, at) => judge(one, at)?.pValue)]) {
    const tested = pValues.filter((one) => one !== undefined)
    expect(tested.length).toBeGreaterThan(60)
    for (const level of [0.05, 0.01])
      expect(tested.filter((one) => one <= level).length).toBeLessThanOrEqual(alarmsMax(tested.length, level))
  }
})

test('values that spread out are found, and how far', () => {
  const random = createRandom(9)
  const all = Array.from({ length: 20 }, () => judge(draw(random, { ...plain, perDay: 20, ofAccounts: 0.3 }, 1.8))!)
  const found = all.filter(({ pValue, details }) => pValue < 1e-3 && details.shape === 'spread out')
  expect(found.length).toBeGreaterThanOrEqual(17)
  const { from, to, direction, change, low, expected, high, details } = found[0]!
  expect({ from, to, direction }).toEqual({ from: '2026-09-03', to: null, direction: 'up' })
  expect(change).toBeGreaterThan(0.3)
  expect(low < expected && expected < high).toBe(true)
  expect(Number(details.low_now)).toBeLessThan(Number(details.low_before))
  expect(Number(details.high_now)).toBeGreaterThan(Number(details.high_before))
})

test('values that all moved up did not change their shape', () => {
  const random = createRandom(10)
  const moved = Array.from({ length: 40 }, () => judge(draw(random, { ...plain, perDay: 20 }, 1, 0.5))!.pValue)
  expect(moved.filter((one) => one <= 0.05).length).toBeLessThanOrEqual(alarmsMax(40, 0.05))
})

test('rows of declared events and those without a value are left out; weeks are batches, accounts units', () => {
  const columns = ['day', 'value', 'account'].map((name) => ({ name }))
  const rows = [
    ['2026-09-30', 3, 'a'],
    ['2026-09-02', 2, null],
    ['2026-09-03', 1, 'a'],
    ['2026-09-10', 9, 'b'],
    ['2026-09-11', null, 'b'],
  ]
  const events = [{ name: 'fair', from: '2026-09-10', to: '2026-09-10' }]
  const values = readDatedValues({ columns, rows, day: 'day', value: 'value', account: 'account', events })
  expect(splitValues(values, { today, recentDays: 28 })).toEqual({
    names: ['the values before', 'the values since 2026-09-03'],
    first: { values: Float64Array.of(2), units: Int32Array.of(1), batches: Int32Array.of(4) },
    second: { values: Float64Array.of(1, 3), units: Int32Array.of(0, 0), batches: Int32Array.of(3, 0) },
  })
})
