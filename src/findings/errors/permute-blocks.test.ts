import { expect, test } from 'vitest'
import type { Series } from '../../detectors/shapes.ts'
import { createRandom } from '../../stats/random.ts'
import { permuteBlocks } from './permute-blocks.ts'

const values = Float64Array.from({ length: 30 }, (_, at) => at)
const series: Series = { at: Array.from(values, String), values, grain: 'day', kind: 'count', weights: values }

test('weeks change places as wholes, weekdays stay, nothing is lost', () => {
  const { values: permuted, weights } = permuteBlocks(series, 7, createRandom(3))
  expect([...permuted].sort((a, b) => a - b)).toEqual([...values])
  expect([...permuted]).not.toEqual([...values])
  permuted.forEach((value, at) => {
    expect(value % 7).toBe(at % 7)
  })
  expect([...weights!]).toEqual([...permuted])
})

test('the same seed gives the same order', () => {
  const [a, b] = [permuteBlocks(series, 7, createRandom(5)), permuteBlocks(series, 7, createRandom(5))]
  expect([...a.values]).toEqual([...b.values])
})
