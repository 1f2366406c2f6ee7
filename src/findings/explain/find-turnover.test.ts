import { expect, test } from 'vitest'
import type { SliceValue } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { isTurnover } from './find-turnover.ts'
import { measureMovement } from './measure-movement.ts'
import type { Parts } from './parts.ts'

const length = 300
const excluded = new Uint8Array(length)

type Lives = Readonly<Record<string, { readonly from: number; readonly to: number; readonly pace: number }>>

/** A table of one field whose values live from and to a day, with so many rows on each. */
function makeSpace(lives: Lives): SliceSpace {
  const partsOf = async (_metric: string, slice: readonly SliceValue[]): Promise<Parts> => {
    const { from, to, pace } = lives[String(slice[0]!.value)]!
    const rows = Float64Array.from({ length }, (_, day) => (day >= from && day < to ? pace : 0))
    return { kind: 'count', total: rows, weight: undefined, rows }
  }
  return {
    periods: Array.from({ length }, (_, day) => String(day)),
    excluded,
    season: 7,
    partsOf,
    slicesBy: async () => Object.keys(lives).map((value) => [{ field: 'coupon', value }]),
  }
}

async function ask(lives: Lives, value: string, from: number): Promise<boolean> {
  const space = makeSpace(lives)
  const slice = [{ field: 'coupon', value }]
  const window = { from, to: length }
  const parts = (await space.partsOf('orders', slice, slice))!
  const movement = measureMovement({ parts, window, excluded, season: 7 })!
  const verdict = { hypothesis: { metric: 'orders', slice, grain: 'day' } } as unknown as Candidate['verdict']
  return isTurnover({ verdict, window, movement }, space)
}

/** A coupon each three weeks, for four weeks each. */
const coupons: Lives = Object.fromEntries(
  Array.from({ length: 14 }, (_, at) => [`C${at}`, { from: at * 21, to: at * 21 + 28, pace: 12 }]),
)

test('that one of many coupons ended, or began, is how the field lives', async () => {
  expect(await ask(coupons, 'C12', 280)).toBe(true)
  expect(await ask({ ...coupons, new: { from: 285, to: length, pace: 15 } }, 'new', 285)).toBe(true)
})

test('that one much larger than them ended is news, and so is one of a field that hardly changes', async () => {
  expect(await ask({ ...coupons, large: { from: 0, to: 280, pace: 60 } }, 'large', 280)).toBe(false)
  const methods = { card: { from: 0, to: length, pace: 50 }, old: { from: 0, to: 100, pace: 20 } }
  expect(await ask({ ...methods, cash: { from: 0, to: 280, pace: 20 } }, 'cash', 280)).toBe(false)
  expect(await ask({ ...methods, later: { from: 280, to: length, pace: 20 } }, 'later', 280)).toBe(false)
})

test('a value that only fell to a half is told, whatever the others do', async () => {
  const half = { from: 0, to: length, pace: 12 }
  const space = makeSpace({ ...coupons, half })
  const slice = [{ field: 'coupon', value: 'half' }]
  const verdict = { hypothesis: { metric: 'orders', slice, grain: 'day' } } as unknown as Candidate['verdict']
  const sizes = { change: -0.5, extent: 0.5, kind: 'count', units: 240, strength: -8, size: 60, freedom: 10 } as const
  const movement = { actual: 120, expected: 240, ...sizes }
  expect(await isTurnover({ verdict, window: { from: 280, to: length }, movement }, space)).toBe(false)
})
