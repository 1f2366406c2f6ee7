import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { describeBreak, type Filling, fillingDays, findBreak, listMeasuredFields } from './find-broken-fields.ts'

const asOf = '2026-09-30'

/** Days with about `rowsADay` rows, each empty with the chance that `emptyAt` gives for the number of days before the last. */
function fill(random: Random, rowsADay: number, emptyAt: (ago: number, random: Random) => number): readonly Filling[] {
  return Array.from({ length: fillingDays }, (_, at) => {
    const ago = fillingDays - 1 - at
    const day = addPeriods(asOf, -ago, 'day')
    const rows = random.poisson(rowsADay * (new Date(day).getUTCDay() % 6 === 0 ? 0.3 : 1))
    const chance = emptyAt(ago, random)
    let filled = 0
    for (let row = 0; row < rows; row++) if (random.uniform() >= chance) filled++
    return { day, rows, filled }
  })
}
const look = (emptyAt: (ago: number, random: Random) => number, mayMature = false) =>
  findBreak(fill(createRandom(1), 120, emptyAt), asOf, mayMature)

test('a field that loses most of its values is noticed from the third day on', () => {
  const lost = (days: number) => look((ago) => (ago < days ? 0.9 : 0.01))
  expect(lost(10)).toMatchObject({ from: '2026-09-21', to: asOf })
  expect(lost(10)?.share).toBeCloseTo(0.9, 1)
  expect(lost(3)).toMatchObject({ from: '2026-09-28', to: asOf })
  expect(lost(2)).toBeUndefined()
  expect(describeBreak('country', lost(10)!, asOf)).toBe(
    '`country` is empty in 90% of the rows from 2026-09-21 on, otherwise in 1%',
  )
})

test('days that are over are noticed for two weeks', () => {
  const day = (over: number) => look((ago) => (ago === over ? 1 : 0))
  expect(day(5)).toMatchObject({ from: '2026-09-25', to: '2026-09-25' })
  expect(day(20)).toBeUndefined()
})

test('a field that has values since some day is noticed', () => {
  const found = look((ago) => (ago >= 40 ? 1 : 0))
  expect(found).toMatchObject({ from: '2026-06-03', to: '2026-08-21', share: 1, usual: 0 })
})

test('fields that are empty for reasons of their own are let be', () => {
  // filled in later, as the time of an answer
  expect(look((ago) => 0.9 * 0.6 ** ago)).toBeUndefined()
  expect(look((ago) => (ago === 0 ? 0.8 : 0))).toBeUndefined()
  // a campaign that ends, among signups that mostly have none
  expect(look((ago) => (ago < 20 ? 1 : 0.6))).toBeUndefined()
  expect(look((ago) => (ago % 7 === 0 ? 0.5 : 0))).toBeUndefined()
  expect(look(() => 1)).toBeUndefined()
  expect(findBreak([], asOf, false)).toBeUndefined()
})

test('what is known only after some days is no break where it is no slice and no sum', () => {
  const matures = (ago: number) => (ago < 30 ? 1 : ago === 30 ? 0.4 : 0)
  expect(look(matures, true)).toBeUndefined()
  expect(look(matures)).toMatchObject({ from: '2026-08-31', to: asOf })
  expect(look((ago) => (ago < 30 ? 0.8 : 0), true)).toMatchObject({ from: '2026-09-01', to: asOf })
})

test('of 2,000 fields to which nothing happened none is called broken', () => {
  const random = createRandom(7)
  for (let at = 0; at < 2000; at++) {
    const usual = random.uniform() ** 4
    const slow = 0.3 * random.uniform()
    const emptyAt = (ago: number, one: Random) => usual * (1 + slow * Math.sin(ago / 15)) * (0.7 + 0.6 * one.uniform())
    expect(findBreak(fill(random, 5 + 100 * random.uniform(), emptyAt), asOf, false)).toBeUndefined()
  }
})

test('a measure reads the fields of its own model', () => {
  const fields = (measure: string) => listMeasuredFields({ measure })
  expect(fields('count(where status = "failed") / count()')).toEqual(['status'])
  expect(fields('sum(amount where account.plan = "pro")')).toEqual(['amount'])
  expect(fields('count()')).toEqual([])
})
