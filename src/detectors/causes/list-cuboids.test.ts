import { expect, test } from 'vitest'
import type { Leaves } from '../shapes.ts'
import { listCuboids } from './list-cuboids.ts'

/** Leaves with so many fields of three values each. */
function makeLeaves(fields: number, count: number): Leaves {
  return {
    fields: Array.from({ length: fields }, (_, field) => `f${field}`),
    labels: Array.from({ length: fields }, () => ['x', 'y', 'z']),
    codes: Array.from({ length: fields }, (_, field) =>
      Int32Array.from({ length: count }, (_, leaf) => Math.floor(leaf / 3 ** field) % 3),
    ),
    actual: new Float64Array(count),
    expected: new Float64Array(count),
  }
}

test('all sets of fields, the whole first, and only slices that have leaves', () => {
  const cuboids = listCuboids(makeLeaves(3, 9))
  expect(cuboids.map(({ fields }) => fields.join())).toEqual(['', '0', '1', '2', '0,1', '0,2', '1,2', '0,1,2'])
  expect(cuboids.map(({ size }) => size)).toEqual([1, 3, 3, 1, 9, 3, 3, 9])
  expect([...cuboids[2]!.elementOf]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2])
})

test('with very many fields only sets of a few are listed', () => {
  const cuboids = listCuboids(makeLeaves(25, 20_000))
  expect(Math.max(...cuboids.map(({ fields }) => fields.length))).toBe(2)
  expect(cuboids.length).toBe(1 + 25 + 300)
})
