import { expect, test } from 'vitest'
import { factorInPlace, solveLowerInPlace, solveUpperInPlace } from './cholesky.ts'

function solve(matrix: readonly number[], right: readonly number[]): Float64Array {
  const [factor, solution] = [Float64Array.from(matrix), Float64Array.from(right)]
  factorInPlace(factor, right.length)
  solveLowerInPlace(factor, right.length, solution)
  solveUpperInPlace(factor, right.length, solution)
  return solution
}

test('solves symmetric equations', () => {
  // numpy.linalg.solve([[4, 2, 1], [2, 5, 3], [1, 3, 6]], [7, 10, 10]) is [1, 1, 1]
  for (const x of solve([4, 2, 1, 2, 5, 3, 1, 3, 6], [7, 10, 10])) expect(x).toBeCloseTo(1, 12)
})

test('a column that repeats another one gets nothing', () => {
  const [first, second] = solve([2, 2, 2, 2], [6, 6])
  expect(first).toBeCloseTo(3, 12)
  expect(second).toBe(0)
})
