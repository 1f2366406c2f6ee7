import { expect, test } from 'vitest'
import type { SharedScan } from '../hypothesis.ts'
import { listAskedSlices } from './list-slices.ts'
import type { ScanTable } from './scan-table.ts'

const periods = Array.from({ length: 40 }, (_, at) => `day ${at}`)
const days = (rows: number) => new Float64Array(40).fill(rows)

const table = (dimensions: readonly string[], rows: Readonly<Record<string, Float64Array>>): ScanTable => ({
  scan: { dimensions } as unknown as SharedScan,
  periods,
  slices: Object.entries(rows).map(([values, counts]) => ({
    slice: values.split('+').map((value, at) => ({ field: dimensions[at]!, value })),
    rows: counts,
    values: {},
    weights: {},
  })),
})
const values = (found: ReturnType<typeof listAskedSlices>) =>
  found.map(({ slice }) => slice.map(({ value }) => value).join('+'))

test('thin slices are not asked about', () => {
  const asked = listAskedSlices(table(['plan'], { free: days(60), pro: days(30), odd: days(0.5) }))
  expect(values(asked)).toEqual(['free', 'pro'])
  expect(asked[0]?.rowsPerPeriod).toBe(60)
})

test('one row a period is enough where rows are totals', () => {
  const total = days(1).fill(0, 11, 13)
  const seldom = Float64Array.from({ length: 40 }, (_, at) => (at % 3 === 0 ? 1 : 0))
  const clumped = days(1).fill(0, 11, 30).fill(2, 14, 16)
  expect(values(listAskedSlices(table(['plan'], { free: total, pro: total, odd: seldom, late: clumped })))).toEqual([
    'free',
    'pro',
  ])
})

test('a small part of a large table is asked about where its periods are known well', () => {
  const asked = (rows: number, whole: number) =>
    values(listAskedSlices(table(['plan'], { all: days(whole), odd: days(rows) })))
  expect(asked(60, 10_000)).toContain('odd')
  expect(asked(40, 6_000)).not.toContain('odd')
  expect(asked(60, 20_000)).not.toContain('odd')
})

test('a slice that has just come up is asked about', () => {
  const fresh = new Float64Array(40)
  fresh.fill(4, 30)
  expect(values(listAskedSlices(table(['plan'], { free: days(60), beta: fresh })))).toContain('beta')
  // 150 of 16,150 rows, but of the last four weeks more than one in a hundred
  expect(values(listAskedSlices(table(['plan'], { free: days(400), beta: days(0).fill(15, 30) })))).toContain('beta')
})

test('a value that holds nearly all rows is the whole, and not asked about again', () => {
  expect(values(listAskedSlices(table(['plan'], { free: days(97), pro: days(3) })))).toEqual(['pro'])
})

test('pairs of two names of one thing are not asked about', () => {
  const rows = { 'EE+Estonia': days(40), 'DE+Germany': days(50), 'DE+Austria': days(2) }
  expect(values(listAskedSlices(table(['code', 'country'], rows)))).toEqual([])
})

test('pairs that say more than either condition are', () => {
  const rows = { 'EE+free': days(20), 'EE+pro': days(20), 'DE+free': days(30), 'DE+pro': days(30) }
  expect(values(listAskedSlices(table(['country', 'plan'], rows)))).toHaveLength(4)
})
