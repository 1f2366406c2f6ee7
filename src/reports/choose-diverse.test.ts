import { expect, test } from 'vitest'
import type { Slice } from '../hypotheses/hypothesis.ts'
import { chooseDiverse, compareFindings, type Diverse } from './choose-diverse.ts'

const of = (metric: string, total: number, slice: Slice = [], model = 'order'): Diverse => ({
  model,
  metric,
  slice,
  score: { total },
})
const pro = { field: 'plan', value: 'pro' }
const free = { field: 'plan', value: 'free' }
const german = { field: 'country', value: 'DE' }

test('findings are alike by the rows they speak of', () => {
  expect(compareFindings(of('orders', 1), of('orders', 1))).toBe(1)
  expect(compareFindings(of('orders', 1), of('revenue', 1))).toBe(0.5)
  expect(compareFindings(of('orders', 1), of('orders', 1, [pro]))).toBe(1 / 2)
  expect(compareFindings(of('orders', 1, [pro]), of('orders', 1, [pro, german]))).toBe(2 / 3)
  expect(compareFindings(of('orders', 1, [pro]), of('orders', 1, [german]))).toBe(1 / 3)
  expect(compareFindings(of('orders', 1, [pro]), of('orders', 1, [free, german]))).toBe(0)
  expect(compareFindings(of('orders', 1), of('orders', 1, [], 'ticket'))).toBe(0)
})

test('what says something else comes before more of the same', () => {
  const first = of('orders', 0.8, [pro])
  const again = of('orders', 0.7, [pro, german])
  const other = of('tickets', 0.6, [], 'ticket')
  expect(chooseDiverse([first, again, other], 2)).toEqual([first, other])
  expect(chooseDiverse([first, again, other], 1)).toEqual([first])
})

test('what is worth much more is told though it is alike', () => {
  const first = of('orders', 0.8, [pro])
  const again = of('revenue', 0.7, [german])
  const other = of('tickets', 0.3, [], 'ticket')
  expect(chooseDiverse([first, again, other], 2)).toEqual([first, again])
})

test('the order stays, and all are given where there is room', () => {
  const findings = [of('a', 0.9), of('b', 0.5), of('c', 0.4, [], 'ticket')]
  expect(chooseDiverse(findings, 7)).toEqual(findings)
  expect(chooseDiverse([], 5)).toEqual([])
})
