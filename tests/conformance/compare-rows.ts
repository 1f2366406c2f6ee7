import type { Cell } from '../../src/warehouse/warehouse.ts'

const isNumeric = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+\.\d+$/.test(cell))

/**
 * Sums of fractions may differ in their last digit by the order in which they were added, and a long decimal that one engine has exactly,
 * as text, another has as a number.
 */
function isSame(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === b) return true
  if (!isNumeric(a) || !isNumeric(b)) return false
  const [left, right] = [Number(a), Number(b)]
  return Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right))
}

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
