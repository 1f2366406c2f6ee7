import { expect, test } from 'vitest'
import { settleValues } from './settle-values.ts'

const of = (...values: readonly number[]) => Float64Array.from(values)

test('sums that differ by their order of addition become one', () => {
  const [forth, back] = [0.1 + 0.2 + 0.3 + 7.7, 7.7 + 0.3 + 0.2 + 0.1]
  expect(forth).not.toBe(back)
  expect(settleValues(of(forth), undefined)).toEqual(settleValues(of(back), undefined))
  expect(settleValues(of(forth), undefined).values[0]).toBe(8.3)
})

test('a mean comes back to the exact sum of its rows', () => {
  const exact = 1234.57 / 7
  const near = [exact * (1 - 3e-16), exact, exact * (1 + 3e-16)]
  expect(new Set(near).size).toBeGreaterThan(1)
  for (const mean of near) expect(settleValues(of(mean), of(7)).values[0]).toBe(exact)
})

test('whole numbers, nothing, and means of nothing stay what they are', () => {
  expect([...settleValues(of(2 ** 53 - 1, Number.NaN, 0), undefined).values]).toEqual([2 ** 53 - 1, Number.NaN, 0])
  expect([...settleValues(of(Number.NaN, 1 / 3), of(0, Number.NaN)).values]).toEqual([Number.NaN, 0.333333333333])
})
