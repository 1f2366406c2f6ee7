import { expect, test } from 'vitest'
import type { SharedScan } from '../hypothesis.ts'
import { buildBreakdown, buildLeaves, type TableMeasure } from './build-breakdown.ts'
import type { ScanSlice } from './scan-table.ts'

const periods = Array.from({ length: 112 }, (_, at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10))
const flat = (value: number) => new Float64Array(periods.length).fill(value)
const slice = (value: string, rows: number, rate = 0): ScanSlice => ({
  slice: [{ field: 'country', value }],
  rows: flat(rows),
  values: { signups: flat(rows), activation: flat(rate) },
  weights: { activation: flat(rows) },
})
const scan = { grain: 'day', dimensions: ['country'] } as unknown as SharedScan
const none = new Uint8Array(periods.length)
const measure = (slices: readonly ScanSlice[], metric: 'signups' | 'activation'): TableMeasure => ({
  table: { scan, periods, slices },
  metric,
  shape:
    metric === 'signups'
      ? { kind: 'count', weight: undefined, isAdditive: true }
      : { kind: 'ratio', weight: 'count()', isAdditive: true },
  marks: { missing: none, excluded: none },
})

test('the largest slices stand by themselves and the small ones add up, rates by their weights', () => {
  const slices = [slice('EE', 300, 0.5), slice('FI', 600, 0.2), slice('AX', 1, 0.9), slice('FO', 3, 0.1)]
  const built = buildBreakdown(measure(slices, 'activation'))
  if (typeof built === 'string') throw new Error(built)
  expect(built.breakdown.slices.map(({ label, series }) => [label, series.values[0]])).toEqual([
    ['FI', 0.2],
    ['EE', 0.5],
    ['all others', expect.closeTo(0.3, 9)],
  ])
  expect(built.breakdown.slices[2]?.series.weights?.[0]).toBe(4)
  expect(built.members.map((one) => one?.[0]?.value)).toEqual(['FI', 'EE', undefined])
})

test('a field whose values are all small has none that stand for the whole', () => {
  const slices = Array.from({ length: 200 }, (_, at) => slice(`c${at}`, 10))
  expect(buildBreakdown(measure(slices, 'signups'))).toMatch(/values hold only \d+% of the rows$/)
})

test('leaves are numerators and denominators of the last four weeks and the twelve before', () => {
  const built = buildLeaves(measure([slice('EE', 10, 0.5), slice('FI', 20, 0.25)], 'activation'))
  if (typeof built === 'string') throw new Error(built)
  expect(built.from).toBe(84)
  expect([...built.leaves.actual, ...built.leaves.expected]).toEqual([140, 140, 420, 420])
  expect([...built.leaves.weight!.actual, ...built.leaves.weight!.expected]).toEqual([280, 560, 840, 1680])
})
