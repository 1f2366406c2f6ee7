import { expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { rankFindings } from './compose-finding.ts'

const finding = (key: string, total: number, measure: string, field: string, from: string | null = null): Finding =>
  ({
    key,
    measure,
    from,
    model: 'm',
    kind: 'peer_outlier',
    slice: [{ field, value: key }],
    score: { total },
    pValue: 0.01,
  }) as unknown as Finding

const order = (all: readonly Finding[]) => rankFindings(all).map(({ key }) => key)

test('of what stands the first findings are about different measures and fields', () => {
  const all = [finding('a', 0.9, 'cost', 'team'), finding('b', 0.89, 'cost', 'team'), finding('c', 0.8, 'time', 'plan')]
  expect(order(all)).toEqual(['a', 'c', 'b'])
})

test('what stands in what is watched every day comes after all that happened', () => {
  const goesWith = { ...finding('a', 0.9, 'came back', 'events.name'), kind: 'association' }
  expect(order([goesWith, finding('b', 0.1, 'cost', 'team', '2026-09-01')])).toEqual(['b', 'a'])
})

test('what happened is ranked by its worth alone', () => {
  const all = [
    finding('a', 0.9, 'cost', 'team', '2026-09-01'),
    finding('b', 0.89, 'cost', 'team', '2026-09-01'),
    finding('c', 0.8, 'time', 'plan', '2026-09-01'),
  ]
  expect(order(all)).toEqual(['a', 'b', 'c'])
})
