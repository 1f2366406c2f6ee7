import type { Calendar } from '../../src/base/periods.ts'
import type { Descend, Expand, Repeat } from '../../src/dsl/plan/plan.ts'
import { bucket, evaluate, wallClock } from './evaluate.ts'
import { move, pick, type Relation, unsorted } from './relation.ts'
import { compareForOrder, idOf, type Row, type Value } from './values.ts'

/** Nodes that make several rows of one. */
export function expand({ on, columns, matchesEmpty }: Expand, input: Relation, to: Relation): Relation {
  const rows = input.rows.flatMap((row) =>
    to.rows
      .filter((other) =>
        on.every(
          ({ left, right }) => (matchesEmpty || row[left] !== null) && idOf([row[left]!]) === idOf([other[right]!]),
        ),
      )
      .map((other) => ({
        ...row,
        ...Object.fromEntries(columns.map(({ name, from }) => [name, other[from]!] as const)),
      })),
  )
  return unsorted(rows, [...input.names, ...columns.map(({ name }) => name)])
}

/** Each period in turn is asked whether it touches the interval; times are compared as clocks on the wall show them. */
export function repeat(node: Repeat, input: Relation, calendar: Calendar): Relation {
  const { grain, argType, mode } = node
  const isDay = grain !== 'hour' && grain !== 'minute'
  const periodOf = (time: Value): Value => bucket(time, grain, argType, calendar)
  const clock = (time: Value): Value => (isDay && argType === 'timestamp' ? wallClock(time, calendar) : time)
  const since = isDay ? node.since : Date.parse(node.since)
  const until = isDay ? node.until : Date.parse(node.until)
  const rows = input.rows.flatMap((row) => {
    const from = evaluate(node.from, row, input.rows, calendar)
    const to = evaluate(node.to, row, input.rows, calendar)
    if (from === null || (to !== null && compareForOrder(to, from, false) <= 0)) return []
    const found: Row[] = []
    const first = periodOf(from)!
    for (
      let at: Value = compareForOrder(first, since, false) < 0 ? since : first;
      compareForOrder(at, until, false) <= 0;
      at = move(at!, 1, grain)
    ) {
      const begins = mode !== 'start' || compareForOrder(clock(from), at, false) <= 0
      const bound = mode === 'end' ? periodOf(to) : clock(to)
      if (begins && (bound === null || compareForOrder(bound, at, false) > 0))
        found.push({ ...row, [node.period.name]: at })
    }
    return found
  })
  return unsorted(rows, [...input.names, node.period.name])
}

/** Level by level, as far as there is something new. */
export function descend({ columns, depthMax }: Descend, start: Relation, edges: Relation): Relation {
  const keysOf = (row: Row, side: 'start' | 'from' | 'to') =>
    pick(
      row,
      columns.map((column) => column[side]),
    )
  const reached = new Map<string, readonly Value[]>()
  let level = start.rows.map((row) => keysOf(row, 'start'))
  for (let depth = 1; depth <= depthMax && level.length > 0; depth++) {
    const ids = new Set(level.map(idOf))
    const next = edges.rows
      .filter((row) => !keysOf(row, 'from').includes(null) && ids.has(idOf(keysOf(row, 'from'))))
      .map((row) => keysOf(row, 'to'))
    level = next.filter((keys) => !reached.has(idOf(keys)))
    for (const keys of next) reached.set(idOf(keys), keys)
  }
  const rows = [...reached.values()].map((keys) => Object.fromEntries(columns.map(({ name }, at) => [name, keys[at]!])))
  return unsorted(
    rows,
    columns.map(({ name }) => name),
  )
}
