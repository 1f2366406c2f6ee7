import { type Calendar, startOfPeriod } from '../../src/base/periods.ts'
import type { Column, Fill, Literal, Lookup, Node, Plan, Shift, Top, Zip } from '../../src/dsl/plan/plan.ts'
import { readInstant, readWhole } from '../../src/warehouse/cells.ts'
import type { Cell } from '../../src/warehouse/warehouse.ts'
import { evaluate } from './evaluate.ts'
import { group } from './interpret-aggregate.ts'
import { descend, expand, repeat } from './interpret-many.ts'
import { window } from './interpret-window.ts'
import { move, pick, type Relation, sortRows, unsorted } from './relation.ts'
import { compareForOrder, idOf, type Row, type Value } from './values.ts'

/** Rows of each table by its name, columns by their physical names. */
export type Tables = Readonly<Record<string, readonly Row[]>>

function lookUp({ on, columns, matchesEmpty }: Lookup, input: Relation, to: Relation): Relation {
  const rows = input.rows.map((row) => {
    const match = to.rows.find((other) =>
      on.every(
        ({ left, right }) => (matchesEmpty || row[left] !== null) && idOf([row[left]!]) === idOf([other[right]!]),
      ),
    )
    const found = columns.map(
      ({ name, from, orElse }) => [name, match ? match[from]! : (orElse?.value ?? null)] as const,
    )
    return { ...row, ...Object.fromEntries(found) }
  })
  return { ...input, rows, names: [...input.names, ...columns.map(({ name }) => name)] }
}

function shift({ time, per, columns }: Shift, input: Relation): Relation {
  const rows = input.rows.map((row) => {
    const values = columns.map(({ name, of, by, unit }) => {
      const at = row[time]!
      const wanted = at === null ? undefined : idOf([move(at, -by, unit), ...pick(row, per)])
      const match = input.rows.find((other) => idOf(pick(other, [time, ...per])) === wanted)
      return [name, match?.[of] ?? null] as const
    })
    return { ...row, ...Object.fromEntries(values) }
  })
  return { ...input, rows, names: [...input.names, ...columns.map(({ name }) => name)] }
}

function fill({ time, grain, per, from, to, columns }: Fill, input: Relation, calendar: Calendar): Relation {
  const times = input.rows.map((row) => row[time]!).filter((value) => value !== null)
  const ordered = [...times].sort((a, b) => compareForOrder(a, b, false))
  const isDay = grain !== 'hour' && grain !== 'minute'
  const bound = (value: string | undefined, otherwise: Value | undefined) =>
    value === undefined ? (otherwise ?? null) : isDay ? startOfPeriod(value, grain, calendar) : Date.parse(value)
  const first = bound(from, ordered[0])
  const last = bound(to, ordered.at(-1))
  const there = new Set(input.rows.map((row) => idOf(pick(row, [time, ...per]))))
  const series = new Map(input.rows.map((row) => [idOf(pick(row, per)), row]))
  if (per.length === 0) series.set(idOf([]), {})
  const rows: Row[] = [...input.rows]
  for (const sample of series.values()) {
    for (
      let at = first;
      at !== null && last !== null && compareForOrder(at, last, false) <= 0;
      at = move(at, 1, grain)
    ) {
      if (there.has(idOf([at, ...pick(sample, per)]))) continue
      const values = input.names.map((name): readonly [string, Value] => {
        if (name === time) return [name, at]
        if (per.includes(name)) return [name, sample[name]!]
        const column = columns.find((candidate) => candidate.name === name)
        if (column?.with === undefined) return [name, null]
        if (column.with !== 'previous') return [name, column.with.value]
        const before = input.rows.filter(
          (row) => row[time] !== null && row[time]! < at! && idOf(pick(row, per)) === idOf(pick(sample, per)),
        )
        return [name, sortRows(before, [{ name: time, descending: true }], [])[0]?.[name] ?? null]
      })
      rows.push(Object.fromEntries(values))
    }
  }
  return unsorted(rows, input.names)
}

function zip({ keys }: Zip, inputs: readonly Relation[]): Relation {
  const names = keys.map(({ name }) => name)
  const rows = new Map<string, Row>()
  const own = inputs.map((input) => input.names.filter((name) => !names.includes(name)))
  const blank = Object.fromEntries(own.flat().map((name) => [name, null]))
  inputs.forEach((input) => {
    for (const row of input.rows) {
      const id = idOf(pick(row, names))
      rows.set(id, { ...(rows.get(id) ?? blank), ...row })
    }
  })
  return unsorted([...rows.values()], [...names, ...own.flat()])
}

function top({ count, by, per, withTies }: Top, input: Relation): Relation {
  const groups = Map.groupBy(sortRows(input.rows, by, input.names), (row) => idOf(pick(row, per)))
  const keys = by.map(({ name }) => name)
  const rows = [...groups.values()].flatMap((group) => {
    const last = group[count - 1]
    return group.filter(
      (row, at) => at < count || (withTies && last && idOf(pick(row, keys)) === idOf(pick(last, keys))),
    )
  })
  return per.length === 0 && !withTies ? { ...input, rows, sorted: by, cut: true } : unsorted(rows, input.names)
}

/** Cuts by the order of the last sort, or by all columns. */
function limit(count: number, input: Relation): Relation {
  const rows = input.sorted ? input.rows : sortRows(input.rows, [], input.names)
  return { ...input, rows: rows.slice(0, count), sorted: input.sorted ?? [], cut: true }
}

function project(columns: readonly (Column & { readonly from: string })[], input: Relation): Relation {
  const rows = input.rows.map((row) => Object.fromEntries(columns.map(({ name, from }) => [name, row[from]!])))
  const sorted = input.sorted?.map(({ name, descending }) => ({
    name: columns.find(({ from }) => from === name)?.name ?? '',
    descending,
  }))
  return { ...input, rows, names: columns.map(({ name }) => name), sorted }
}

type Blocks = ReadonlyMap<string, Relation>

function run(node: Node, tables: Tables, calendar: Calendar, blocks: Blocks): Relation {
  const below = (input: Node) => run(input, tables, calendar, blocks)
  switch (node.op) {
    case 'scan': {
      const table = 'table' in node.source ? node.source.table : node.source.sql
      const rows = (tables[table] ?? []).map((row) =>
        Object.fromEntries(node.columns.map(({ name, column }) => [name, row[column] ?? null])),
      )
      return unsorted(
        rows,
        node.columns.map(({ name }) => name),
      )
    }
    case 'values': {
      const names = node.columns.map(({ name }) => name)
      const read = (cell: Literal): Value =>
        cell.type === 'timestamp' && cell.value !== null ? Date.parse(String(cell.value)) : cell.value
      return unsorted(
        node.rows.map((row) => Object.fromEntries(names.map((name, at) => [name, read(row[at]!)]))),
        names,
      )
    }
    case 'lookup':
      return lookUp(node, below(node.input), below(node.to))
    case 'expand':
      return expand(node, below(node.input), below(node.to))
    case 'descend':
      return descend(node, below(node.start), below(node.edges))
    case 'repeat':
      return repeat(node, below(node.input), calendar)
    case 'filter': {
      const input = below(node.input)
      const rows = input.rows.filter((row) => evaluate(node.where, row, input.rows, calendar) === true)
      return { ...input, rows }
    }
    case 'match': {
      const input = below(node.input)
      return { ...input, rows: input.rows.filter((row) => Number(row[node.count]) > 0 === (node.keeps === 'any')) }
    }
    case 'extend': {
      const input = below(node.input)
      const rows = input.rows.map((row) => {
        const values = node.columns.map(
          ({ name, value }) => [name, evaluate(value, row, input.rows, calendar)] as const,
        )
        return { ...row, ...Object.fromEntries(values) }
      })
      return { ...input, rows, names: [...input.names, ...node.columns.map(({ name }) => name)] }
    }
    case 'aggregate':
      return unsorted(
        group(node, below(node.input).rows, calendar),
        [...node.keys, ...node.measures].map(({ name }) => name),
      )
    case 'shift':
      return shift(node, below(node.input))
    case 'window':
      return window(node, below(node.input), calendar)
    case 'sort': {
      const input = below(node.input)
      return { ...input, rows: sortRows(input.rows, node.by, input.names), sorted: node.by, cut: false }
    }
    case 'limit':
      return limit(node.count, below(node.input))
    case 'top':
      return top(node, below(node.input))
    case 'project':
      return project(node.columns, below(node.input))
    case 'fill':
      return fill(node, below(node.input), calendar)
    case 'zip':
      return zip(node, node.inputs.map(below))
    case 'block': {
      const block = blocks.get(node.name)!
      return unsorted(block.rows, block.names)
    }
    case 'union': {
      const names = node.columns.map(({ name }) => name)
      const rows = node.inputs.flatMap((input) => below(input).rows)
      return unsorted(
        rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]!]))),
        names,
      )
    }
  }
}

function toCell(value: Value, type: Column['type']): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (type === 'timestamp') return readInstant(BigInt(Math.round(Number(value) * 1000)))
  return typeof value === 'bigint' ? readWhole(value) : value
}

/**
 * What a plan means, said a third time: row by row, in memory, without any thought for speed. Gives the cells that a warehouse would.
 */
export function interpret(plan: Plan, tables: Tables): readonly (readonly Cell[])[] {
  const blocks = new Map<string, Relation>()
  for (const { name, node } of plan.blocks ?? []) blocks.set(name, run(node, tables, plan.calendar, blocks))
  const root = run(plan.root, tables, plan.calendar, blocks)
  const keepsOrder =
    root.cut &&
    plan.order.every(({ name, descending }, at) => {
      const own = root.sorted?.[at]
      return own?.name === name && own.descending === descending
    })
  const rows = keepsOrder
    ? root.rows
    : sortRows(
        root.rows,
        plan.order,
        plan.columns.map(({ name }) => name),
      )
  return rows.map((row) => plan.columns.map(({ name, type }) => toCell(row[name] ?? null, type)))
}
