import type { Calendar } from '../../src/base/periods.ts'
import type { Window, WindowCall } from '../../src/dsl/plan/plan.ts'
import { aggregate } from './evaluate.ts'
import { move, pick, type Relation, sortRows } from './relation.ts'
import { compareForOrder, idOf, type Row, type Value } from './values.ts'

/** The tile of place `at`: the first tiles have a row more where they do not come out even. */
function findTile(at: number, count: number, tiles: number): number {
  let end = 0
  for (let tile = 1; ; tile++) {
    end += Math.floor(count / tiles) + (tile <= count % tiles ? 1 : 0)
    if (at < end) return tile
  }
}

/** What the row at place `at` of its own, sorted rows gets; `keys` are what each of them is sorted by. */
function place(
  call: WindowCall,
  at: number,
  { rows, keys }: { readonly rows: readonly Row[]; readonly keys: readonly string[] },
  { by }: Window,
  calendar: Calendar,
): Value {
  const own = rows[at]!
  switch (call.fn) {
    case 'row_number':
      return at + 1
    case 'rank':
      return keys.indexOf(keys[at]!) + 1
    case 'dense_rank':
      return new Set(keys.slice(0, at + 1)).size
    case 'ntile':
      return findTile(at, rows.length, call.tiles)
    case 'running':
      return aggregate(call.aggregate, rows.slice(0, call.isBefore ? at : at + 1), calendar)
    case 'beside':
      return rows[at - call.by]?.[call.of] ?? null
    case 'moving': {
      const timeOf = (row: Row): Value => row[by[0]!.name]!
      const start = move(timeOf(own)!, -call.count, call.unit)
      const isWithin = (row: Row) =>
        compareForOrder(timeOf(row), start, false) > 0 && compareForOrder(timeOf(row), timeOf(own), false) <= 0
      return aggregate(call.aggregate, rows.filter(isWithin), calendar)
    }
  }
}

/** The rows in the order they had, with what each gets from those around it. */
export function window(node: Window, input: Relation, calendar: Calendar): Relation {
  const { per, by, needs, columns } = node
  const taking = input.rows.filter((row) => needs === undefined || row[needs] !== null)
  const groups = Map.groupBy(taking, (row) => idOf(pick(row, per)))
  const found = new Map<Row, readonly (readonly [string, Value])[]>()
  for (const group of groups.values()) {
    const sorted = sortRows(group, by, input.names)
    const names = by.map(({ name }) => name)
    const placed = { rows: sorted, keys: sorted.map((row) => idOf(pick(row, names))) }
    for (const [at, row] of sorted.entries())
      found.set(
        row,
        columns.map(({ name, call }) => [name, place(call, at, placed, node, calendar)] as const),
      )
  }
  const nothing = columns.map(({ name }) => [name, null] as const)
  const rows = input.rows.map((row) => ({ ...row, ...Object.fromEntries(found.get(row) ?? nothing) }))
  return { ...input, rows, names: [...input.names, ...columns.map(({ name }) => name)] }
}
