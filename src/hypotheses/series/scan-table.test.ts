import { expect, test } from 'vitest'
import { utcCalendar } from '../../base/periods.ts'
import type { SharedScan } from '../hypothesis.ts'
import { buildSeries, markPeriods } from './build-series.ts'
import { identifySlice, readScanTable } from './scan-table.ts'

const scan: SharedScan = {
  id: 's000',
  model: 'account',
  time: 'created_at',
  grain: 'day',
  from: '2026-09-01',
  to: '2026-09-05',
  missing: ['2026-09-03'],
  dimensions: ['plan'],
  metrics: ['signups'],
  text: '',
}
const columns = ['day', 'plan', 'rows', 'signups'].map((name) => ({ name }))
const rows = [
  ['2026-09-02', 'pro', 3, 2],
  ['2026-09-01', 'free', 5, 5],
  ['2026-09-02', 'free', 4, '4'],
  ['2026-09-04', null, 1, 1],
  ['2026-09-09', 'free', 9, 9],
] as const

test('rows are sorted into slices, in an order of their own', () => {
  const table = readScanTable(scan, { columns, rows }, utcCalendar)
  expect(table.periods).toEqual(['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04'])
  expect(table.slices.map(({ slice }) => slice[0]?.value)).toEqual(['free', 'pro', null])
  expect([...table.slices[0]!.values.signups!]).toEqual([5, 4, Number.NaN, Number.NaN])
  const reversed = readScanTable(scan, { columns, rows: [...rows].reverse() }, utcCalendar)
  expect(reversed.slices).toEqual(table.slices)
})

test('metrics named like the columns of a scan are told apart from them', () => {
  const clashing = { ...scan, dimensions: [], metrics: ['rows', 'rate', 'rate_weight'] }
  const names = ['day', 'rows_', 'rows', 'rate', 'rate_weight_', 'rate_weight']
  const table = readScanTable(
    clashing,
    { columns: names.map((name) => ({ name })), rows: [['2026-09-01', 1, 2, 3, 4, 5]] },
    utcCalendar,
  )
  const [slice] = table.slices
  expect([slice?.rows[0], slice?.values.rows?.[0], slice?.values.rate_weight?.[0]]).toEqual([1, 2, 5])
  expect([slice?.weights.rate?.[0], slice?.weights.rows]).toEqual([4, undefined])
})

test('a slice is known by its conditions, whatever their order', () => {
  const [a, b] = [
    { field: 'plan', value: 'pro' },
    { field: 'country', value: null },
  ]
  expect(identifySlice([a, b])).toBe(identifySlice([b, a]))
  expect(identifySlice([{ field: 'plan', value: '1' }])).not.toBe(identifySlice([{ field: 'plan', value: 1 }]))
})

const periods = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04']
const launch = { name: 'Launch', from: '2026-09-04', to: '2026-09-06' }

const series = (kind: 'count' | 'mean') =>
  buildSeries({
    shape: { kind, weight: kind === 'mean' ? 'count()' : undefined, isAdditive: true },
    grain: 'day',
    periods,
    values: Float64Array.of(5, Number.NaN, 7, 2),
    weights: kind === 'mean' ? Float64Array.of(1, Number.NaN, 3, 1) : undefined,
    marks: markPeriods(periods, 'day', ['2026-09-03'], [launch]),
  })

test('nothing to count is 0, a mean of nothing is nothing, a hole is no evidence', () => {
  expect([...series('count').values]).toEqual([5, 0, Number.NaN, 2])
  expect([...series('mean').values]).toEqual([5, Number.NaN, Number.NaN, 2])
  expect([...series('mean').weights!]).toEqual([1, 0, 0, 1])
  expect([...series('count').excluded!]).toEqual([0, 0, 1, 1])
})
