import { expect, test } from 'vitest'
import { takeLevelsOut } from './take-levels-out.ts'

test('a week twice as dear has no other shape', () => {
  const sample = (values: readonly number[], week: number) => ({
    values: Float64Array.from(values),
    batches: Int32Array.from(values, () => week),
  })
  const { first, second } = takeLevelsOut({
    names: ['a', 'b'],
    first: sample([1, 2, 4], 1),
    second: sample([2, 4, 8], 0),
  })
  for (const [at, value] of first.values.entries()) expect(value).toBeCloseTo(Number(second.values[at]), 12)
  const both = { names: ['a', 'b'] as const, first: sample([-1, 0, 1], 1), second: sample([1, 2, 3], 0) }
  expect(takeLevelsOut(both).second.values).toEqual(Float64Array.of(-1, 0, 1))
})
