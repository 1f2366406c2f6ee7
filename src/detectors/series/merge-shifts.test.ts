import { expect, test } from 'vitest'
import { mergeShifts } from './merge-shifts.ts'
import type { Shift } from './scan-shifts.ts'

const count = 100
const shift = (from: number, to: number, pValue: number) => ({ from, to, pValue, change: 1 }) as Shift

test('neighbours of nearly the same level are one that lasts longer, as sure as the surer of them', () => {
  const merged = mergeShifts([shift(40, 60, 1e-6), shift(61, 80, 1e-9)], [0.5, 0.6], count)
  expect(merged).toEqual([shift(40, 80, 1e-9)])
})

test('a lasting change that another undoes ended there, as sure as the less sure of its ends', () => {
  expect(mergeShifts([shift(96, count, 1e-20), shift(90, count, 1e-4)], [2.3, -2.4], count)).toEqual([
    shift(90, 96, 1e-4),
  ])
  // half of it stays: two changes of level
  expect(mergeShifts([shift(90, count, 1e-4), shift(96, count, 1e-20)], [-2.4, 1.2], count)).toHaveLength(2)
})
