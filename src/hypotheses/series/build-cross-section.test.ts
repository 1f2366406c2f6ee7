import { expect, test } from 'vitest'
import { buildCrossSection, type Sibling } from './build-cross-section.ts'

const sibling = (value: string | null, values: readonly number[], rows: readonly number[]): Sibling => ({
  member: { field: 'team', value },
  slice: {
    slice: [],
    rows: Float64Array.from(rows),
    values: { cost: Float64Array.from(values) },
    weights: { cost: Float64Array.from(rows) },
  },
})
const mean = { kind: 'mean', weight: 'count()', isAdditive: true } as const

test('means are weighed by their rows, and periods tell how much rows vary', () => {
  const { values, weights, deviations } = buildCrossSection([sibling('a', [10, 16], [4, 2])], 'cost', mean)
  expect([...values]).toEqual([12])
  expect([...weights]).toEqual([6])
  // 4 (10 - 12)² + 2 (16 - 12)² over one degree of freedom
  expect(deviations![0]).toBeCloseTo(Math.sqrt(48), 12)
})

test('the empty value, values without rows and those with hardly any are no siblings', () => {
  const siblings = [sibling('a', [1, 2], [9, 9]), sibling(null, [1, 1], [9, 9]), sibling('b', [3, Number.NaN], [2, 0])]
  expect(buildCrossSection(siblings, 'cost', mean).labels).toEqual(['a'])
})

test('what adds up is added up, with the same exposure for all counts', () => {
  const counts = buildCrossSection([sibling('a', [3, 4, Number.NaN], [3, 4, 0])], 'cost', { ...mean, kind: 'count' })
  expect([[...counts.values], [...counts.weights], counts.deviations]).toEqual([[7], [1], undefined])
})
