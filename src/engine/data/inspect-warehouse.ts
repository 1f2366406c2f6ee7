import { Failure } from '../../base/failure.ts'
import { findKey, proposePairs } from '../../catalog/draft/propose-keys.ts'
import { proposeReferences } from '../../catalog/draft/propose-references.ts'
import { proposeSpans } from '../../catalog/draft/propose-spans.ts'
import { quoteColumn, quoteTable } from '../../catalog/draft/quote-sql.ts'
import {
  type CheckedReference,
  type CheckedSpan,
  type ColumnProfile,
  type Inspection,
  type Reference,
  type TableProfile,
  valuesMax,
} from '../../catalog/draft/table-profile.ts'
import { findDialect } from '../../dsl/dialects/index.ts'
import { kindOf } from '../../warehouse/column-kind.ts'
import type { Cell, TableInfo, Warehouse } from '../../warehouse/warehouse.ts'
import type { Progress } from '../context.ts'

/** Rows past which only a random sample of a table is looked at. */
const rowsMax = 1_000_000
const limits = { timeoutMs: 120_000, rowsMax: 10_000 }

/**
 * Looks at every table of a warehouse: what its columns hold, what identifies a row, which columns hold other tables' keys. Reads
 * each table a few times, and of large ones a sample; tables without rows are left out.
 */
export async function inspectWarehouse(
  warehouse: Warehouse,
  report: (progress: Progress) => void,
): Promise<Inspection> {
  const { quote } = findDialect(warehouse.dialect)
  const column = (name: string) => quoteColumn(name, quote)
  const source = (name: string) => quoteTable(name, quote)
  const found = (await warehouse.listTables()).filter(({ rows, columns }) => rows > 0 && columns.length > 0)
  const tables: TableProfile[] = []
  for (const table of found) {
    report({ phase: 'looking at tables', done: tables.length, total: found.length, unit: 'tables' })
    tables.push(await profileTable(table, warehouse))
  }
  report({ phase: 'looking at tables', done: tables.length, total: found.length, unit: 'tables' })

  const proposed = listReferences(found, tables)
  const references: CheckedReference[] = []
  for (const reference of proposed) {
    report({ phase: 'comparing keys', done: references.length, total: proposed.length, unit: 'pairs of columns' })
    references.push({ ...reference, ...(await compareKeys(reference, warehouse)) })
  }
  report({ phase: 'comparing keys', done: references.length, total: proposed.length, unit: 'pairs of columns' })

  const spans: CheckedSpan[] = []
  for (const profile of tables) {
    for (const { from, to } of proposeSpans(profile)) {
      const [rows = 0, ordered = 0] = await readNumbers(
        warehouse,
        `SELECT count(*), count(CASE WHEN ${column(to)} >= ${column(from)} THEN 1 END) FROM ${source(profile.table)}
         WHERE ${column(from)} IS NOT NULL AND ${column(to)} IS NOT NULL`,
      )
      spans.push({ table: profile.table, from, to, rows, ordered })
    }
  }
  return { quote, tables, references, spans }
}

/** What tables declare, and of other columns what may refer to a key. */
function listReferences(found: readonly TableInfo[], tables: readonly TableProfile[]): readonly Reference[] {
  const isKey = (table: string, column: string) =>
    tables.some(({ table: name, key }) => name === table && key.length === 1 && key[0] === column)
  const declared = found.flatMap(({ name: table, declared }) =>
    (declared?.references ?? [])
      .filter(({ toTable, toColumn }) => isKey(toTable, toColumn))
      .map((one): Reference => ({ table, ...one, reason: 'declared' })),
  )
  const isDeclared = (one: Reference) =>
    declared.some(({ table, column }) => table === one.table && column === one.column)
  return [...declared, ...proposeReferences(tables).filter((one) => !isDeclared(one))]
}

/** How many values of a column there are, and how many of them the other table has. */
async function compareKeys(
  { table, column, toTable, toColumn }: Reference,
  warehouse: Warehouse,
): Promise<Pick<CheckedReference, 'distinct' | 'found'>> {
  const { quote } = findDialect(warehouse.dialect)
  const listValues = (name: string, of: string) => {
    const own = quoteColumn(name, quote)
    return `(SELECT DISTINCT ${own} AS v FROM ${quoteTable(of, quote)} WHERE ${own} IS NOT NULL)`
  }
  try {
    const [distinct = 0, found = 0] = await readNumbers(
      warehouse,
      `SELECT count(*), count(k.v) FROM ${listValues(column, table)} AS c LEFT JOIN ${listValues(toColumn, toTable)} AS k ON k.v = c.v`,
    )
    return { distinct, found }
  } catch (error) {
    // engines do not compare every two types: a uuid is no text in Postgres
    if (error instanceof Failure && error.code === 'warehouse-query') return { distinct: 1, found: 0 }
    throw error
  }
}

async function readNumbers(warehouse: Warehouse, sql: string): Promise<readonly number[]> {
  const { rows } = await warehouse.query(sql, [], limits)
  return (rows[0] ?? []).map(Number)
}

async function profileTable(table: TableInfo, warehouse: Warehouse): Promise<TableProfile> {
  const share = table.rows > rowsMax ? rowsMax / 2 / table.rows : undefined
  const { quote, chance, writeAnyText } = findDialect(warehouse.dialect)
  const source = `${quoteTable(table.name, quote)}${share === undefined ? '' : ` WHERE ${chance} < ${share}`}`
  const columns = table.columns.map(({ name, type }) => ({
    name,
    type: kindOf(type),
    // Whatever is no number, time or boolean is compared as text: json and the like have no order.
    sql: kindOf(type) === 'text' ? writeAnyText(quoteColumn(name, quote)) : quoteColumn(name, quote),
  }))
  const wanted = columns.flatMap(({ type, sql }) => [
    `count(${sql})`,
    `count(DISTINCT ${sql})`,
    type === 'boolean' ? 'NULL' : `min(${sql})`,
    type === 'boolean' ? 'NULL' : `max(${sql})`,
    type === 'number' ? `count(CASE WHEN ${sql} < 0 THEN 1 END)` : '0',
    type === 'number' ? `count(CASE WHEN ${sql} <> floor(${sql}) THEN 1 END)` : '0',
  ])
  const { rows } = await warehouse.query(`SELECT count(*), ${wanted.join(', ')} FROM ${source}`, [], limits)
  const [looked = 0, ...cells] = rows[0] ?? []
  const profiles: ColumnProfile[] = []
  for (const [index, { name, type, sql }] of columns.entries()) {
    const [filled, distinct, low, high, negative, fractions] = cells.slice(index * 6, index * 6 + 6)
    const column = {
      name,
      type,
      empty: Number(looked) - Number(filled),
      distinct: Number(distinct),
      low: readEdge(low),
      high: readEdge(high),
      negative: Number(negative),
      isWhole: type === 'number' && Number(fractions) === 0,
    }
    const isListed = column.distinct > 0 && column.distinct <= valuesMax && (type === 'text' || column.isWhole)
    profiles.push({ ...column, values: isListed ? await listValues(sql, source, warehouse) : [] })
  }
  const profile = { table: table.name, rows: table.rows, looked: Number(looked), columns: profiles }
  const declared = table.declared?.key ?? []
  if (declared.length > 0) return { ...profile, key: declared, isDeclared: true }
  const key = findKey(table.name, Number(looked), profiles)
  return { ...profile, key: key === undefined ? await findPair(Number(looked), profiles, source, warehouse) : [key] }
}

const readEdge = (cell: Cell | undefined): string | number | undefined =>
  typeof cell === 'string' || typeof cell === 'number' ? cell : undefined

async function listValues(sql: string, source: string, warehouse: Warehouse): Promise<ColumnProfile['values']> {
  const text = `SELECT ${sql} AS v, count(*) AS n FROM ${source} GROUP BY 1 ORDER BY 2 DESC, 1`
  const { rows } = await warehouse.query(text, [], limits)
  return rows.flatMap(([value, count]) => (value === null ? [] : [{ value: String(value), rows: Number(count) }]))
}

async function findPair(
  looked: number,
  columns: readonly ColumnProfile[],
  source: string,
  warehouse: Warehouse,
): Promise<readonly string[]> {
  const { quote } = findDialect(warehouse.dialect)
  for (const pair of proposePairs(looked, columns)) {
    const names = pair.map((name) => quoteColumn(name, quote)).join(', ')
    const [distinct] = await readNumbers(
      warehouse,
      `SELECT count(*) FROM (SELECT DISTINCT ${names} FROM ${source}) AS pairs`,
    )
    if (distinct === looked) return pair
  }
  return []
}
