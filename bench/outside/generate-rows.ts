import { createRandom } from '../../tests/support/mutate-text.ts'
import { drawValue, type Pool, pick, type Random, type Value } from './draw-value.ts'
import type { Reference, Table, TableColumn } from './read-tables.ts'

export interface Filling {
  readonly seed: number
  /** Names are told apart, no number is 0 and no text odd, as queries like to assume. */
  readonly tame: boolean
  readonly asOf: string
  readonly literals: ReadonlyMap<string, readonly string[]>
  /** Values of a table's column as shipped. */
  readonly shipped: (table: string, column: string) => readonly string[]
}

export type Row = Readonly<Record<string, Value>>
type Filled = Map<string, readonly Row[]>

const orphanShare = 0.08
/** Rows at the front of a table that nothing refers to are its empty groups. */
const referredShare = 0.75

/**
 * Rows for all tables: keys are unique, declared foreign keys hold, other relations have orphans; a part of each table is referred to
 * by nobody. The same seed gives the same rows.
 */
export function generateRows(tables: readonly Table[], filling: Filling): ReadonlyMap<string, readonly Row[]> {
  const random = createRandom(filling.seed * 7919)
  const filled: Filled = new Map()
  for (const table of orderTables(tables)) filled.set(table.name, fillTable(table, filled, filling, random))
  return filled
}

/** Tables after those that they refer to; where they refer to each other, enforced references win. */
function orderTables(tables: readonly Table[]): readonly Table[] {
  const ordered: Table[] = []
  const left = new Set(tables)
  const isReady = (table: Table, enforcedOnly: boolean) =>
    table.references.every(
      ({ to, enforced }) =>
        to === table.name || (enforcedOnly && !enforced) || ![...left].some(({ name }) => name === to),
    )
  while (left.size > 0) {
    const next =
      [...left].find((one) => isReady(one, false)) ?? [...left].find((one) => isReady(one, true)) ?? [...left][0]!
    left.delete(next)
    ordered.push(next)
  }
  return ordered
}

function fillTable(table: Table, filled: Filled, filling: Filling, random: Random): readonly Row[] {
  const wanted = table.references.length === 0 ? 30 : 180
  const unique = filling.tame ? [...table.unique, ...table.names.map((name) => [name])] : table.unique
  const seen = unique.map(() => new Set<string>())
  const rows: Row[] = []
  for (let attempt = 0; attempt < wanted * 5 && rows.length < wanted; attempt++) {
    const row = fillRow(table, rows, filled, filling, random)
    const keys = unique.map((columns) => JSON.stringify(columns.map((column) => row[column])))
    if (keys.some((key, at) => seen[at]!.has(key))) continue
    for (const [at, key] of keys.entries()) seen[at]!.add(key)
    rows.push(row)
  }
  return rows
}

function fillRow(table: Table, own: readonly Row[], filled: Filled, filling: Filling, random: Random): Row {
  const row: Record<string, Value> = {}
  for (const reference of table.references) {
    if (reference.columns.some((column) => row[column] !== undefined)) continue
    const target = reference.to === table.name ? own : filled.get(reference.to)
    if (target) Object.assign(row, refer(table, reference, target, random))
  }
  for (const column of table.columns) row[column.name] ??= fillColumn(table, column, row, own.length, filling, random)
  return row
}

function refer(table: Table, reference: Reference, target: readonly Row[], random: Random): Row {
  const { columns, toColumns, enforced } = reference
  const isOptional = columns.every((name) => table.columns.find((column) => column.name === name)?.nullable)
  const isKey = table.unique.some((key) => key.some((column) => columns.includes(column)))
  const chance = random()
  if (isOptional && !isKey && (chance < 0.06 || (enforced && target.length === 0)))
    return Object.fromEntries(columns.map((column) => [column, null]))
  // Left out here, it is drawn like any other column: an orphan.
  if (target.length === 0 || (!enforced && chance < 0.06 + orphanShare)) return {}
  const to = target[Math.floor(target.length * (1 - referredShare) + random() * target.length * referredShare)]!
  return Object.fromEntries(columns.map((column, at) => [column, to[toColumns[at]!]!]))
}

function fillColumn(table: Table, column: TableColumn, row: Row, at: number, filling: Filling, random: Random): Value {
  if (row[column.name] !== undefined) return row[column.name]!
  const pool: Pool = {
    literals: filling.literals.get(column.name.toLowerCase()) ?? [],
    shipped: filling.shipped(table.name, column.name),
    asOf: filling.asOf,
    tame: filling.tame,
  }
  const key = table.unique.find((columns) => columns.includes(column.name))
  if (!key) return drawValue(column, pool, random)
  const value = drawValue({ ...column, nullable: false }, pool, random)
  if (key.length > 1 || random() < (column.kind === 'text' ? 0.6 : 0.3)) return value
  return inventKey(column, value, at, random)
}

/** A key that no other row has, most likely. */
function inventKey(column: TableColumn, value: Value, at: number, random: Random): Value {
  if (column.kind === 'whole') return String(pick([at, at, at + 200], random))
  if (column.kind !== 'text') return value
  const suffix = String(at + 1)
  return `${(value ?? '').slice(0, Math.max(0, (column.sizeMax ?? 40) - suffix.length))}${suffix}`
}
