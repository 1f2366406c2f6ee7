import type { Cell } from '../../src/warehouse/warehouse.ts'

/** Sums of fractions may differ in their last digit by the order in which they were added. */
const isSame = (a: Cell | undefined, b: Cell | undefined): boolean =>
  a === b ||
  (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)))

type Table = readonly (readonly Cell[])[]

/** The first difference between two results, in words; undefined when they hold the same cells in the same order. */
export function findDifference(expected: Table, found: Table): string | undefined {
  for (let row = 0; row < Math.max(expected.length, found.length); row++) {
    const left = expected[row]
    const right = found[row]
    if (!left || !right) return `row ${row}: expected ${JSON.stringify(left)}, found ${JSON.stringify(right)}`
    if (!left.every((cell, at) => isSame(cell, right[at])))
      return `row ${row}: expected ${JSON.stringify(left)}, found ${JSON.stringify(right)}`
  }
  return undefined
}
