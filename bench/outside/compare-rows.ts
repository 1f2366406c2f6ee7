import type { Cell } from '../../src/warehouse/warehouse.ts'
import type { Expected } from './run-gold.ts'

type Table = readonly (readonly Cell[])[]

/**
 * A cell for comparison: numbers to nine digits, however they are typed; midnight of a day is the day; an interval of one unit is its
 * number; padding behind a text is dropped.
 */
export function simplifyCell(cell: Cell): string {
  if (cell === null) return '∅'
  if (typeof cell === 'boolean') return cell ? 'true' : 'false'
  const text = String(cell).trimEnd()
  const interval = /^PT?(-?\d+(?:\.\d+)?)[YMDHS]$/.exec(text)?.[1] ?? text
  if (/^-?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i.test(interval)) return String(Number(Number(interval).toPrecision(9)))
  return text.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?(?:Z|\+00:00)$/, '$1')
}

const join = (row: readonly string[]) => row.join(' | ')

/** What of `rows` is not in `pool`, each copy counting once. */
function subtract(rows: readonly string[], pool: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const row of pool) left.set(row, (left.get(row) ?? 0) + 1)
  return rows.filter((row) => {
    const count = left.get(row) ?? 0
    left.set(row, count - 1)
    return count <= 0
  })
}

function* permute(count: number, taken: readonly number[] = []): Generator<readonly number[]> {
  if (taken.length === count) yield taken
  for (let at = 0; at < count; at++) if (!taken.includes(at)) yield* permute(count, [...taken, at])
}

/**
 * The first difference between what gold gives and what was found; undefined where they agree. Columns may stand in any order, names do
 * not matter. Rows stand in gold's order where it has one, in any order among those that tie there; where gold is cut amid a tie, any of
 * those that tie may be kept.
 */
export function findDifference(expected: Expected, found: Table): string | undefined {
  const total = expected.groups.reduce((sum, { length }) => sum + length, 0)
  const wanted = Math.min(total, expected.limit ?? total)
  if (found.length !== wanted) return `${wanted} rows in gold, ${found.length} here${showRows(expected, found)}`
  const width = expected.width
  if (found[0] && found[0].length !== width) return `${width} columns in gold, ${found[0].length} here`
  const cells = found.map((row) => row.map(simplifyCell))
  const orders = width <= 6 ? permute(width) : [Array.from({ length: width }, (_, at) => at)]
  let first: string | undefined
  for (const order of orders) {
    const difference = findRowDifference(
      expected,
      cells.map((row) => join(order.map((at) => row[at]!))),
      wanted,
    )
    if (difference === undefined) return undefined
    first ??= difference
  }
  return first
}

function findRowDifference({ groups }: Expected, rows: readonly string[], wanted: number): string | undefined {
  let at = 0
  for (const group of groups) {
    const kept = rows.slice(at, Math.min(at + group.length, wanted))
    const [stray] = subtract(
      kept,
      group.map((row) => join(row.map(simplifyCell))),
    )
    if (stray !== undefined) {
      const all = groups.flatMap((one) => one.map((row) => join(row.map(simplifyCell))))
      const [lacking] = subtract(all, rows)
      return lacking === undefined
        ? `in another order: (${stray}) stands too early or too late`
        : `gold has (${lacking}), here is (${subtract(rows, all)[0] ?? stray})`
    }
    at += group.length
    if (at >= wanted) break
  }
  return undefined
}

function showRows({ groups }: Expected, found: Table): string {
  const gold = groups.flatMap((group) => group.map((row) => join(row.map(simplifyCell))))
  const here = found.map((row) => join(row.map(simplifyCell)))
  const [lacking] = subtract(gold, here)
  const [stray] = subtract(here, gold)
  return `${lacking === undefined ? '' : `; lacking (${lacking})`}${stray === undefined ? '' : `; too many (${stray})`}`
}
