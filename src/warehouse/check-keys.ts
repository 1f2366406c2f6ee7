import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import { Failure } from '../base/failure.ts'
import { countNoun } from '../base/format.ts'
import type { Catalog, Model } from '../catalog/catalog.ts'
import { quoteTable } from '../catalog/draft/quote-sql.ts'
import { findDialect } from '../dsl/dialects/index.ts'
import { findNamed, findTable } from './find-table.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

/** Keys of larger tables are not counted: what others belong to is smaller, and a look at billions of rows costs more than it finds. */
const rowsMax = 2_000_000
const timeoutMs = 30_000

interface Keyed {
  readonly model: Model
  readonly table: TableInfo
  readonly columns: readonly string[]
}

function listKeyed(catalog: Catalog, tables: readonly TableInfo[], warehouse: Warehouse): readonly Keyed[] {
  return Object.values(catalog.models).flatMap((model): readonly Keyed[] => {
    const table = 'table' in model.source ? findTable(model.source.table, tables, warehouse) : undefined
    if (!table || table.rows > rowsMax) return []
    const columns = model.key.flatMap((name) => {
      const column = findNamed(table.columns, name, warehouse.dialect, (one) => one.name)
      return column ? [column.name] : []
    })
    return columns.length > 0 && columns.length === model.key.length ? [{ model, table, columns }] : []
  })
}

/** How many keys stand in several rows, and how many rows these are; nothing where it takes too long to say. */
async function countRepeated(
  { table, columns }: Keyed,
  warehouse: Warehouse,
): Promise<{ readonly keys: number; readonly rows: number } | undefined> {
  const { quote, writeName } = findDialect(warehouse.dialect)
  const names = columns.map((name) => writeName(name))
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ')
  const groups = `SELECT count(*) AS n FROM ${quoteTable(table.name, quote)} WHERE ${filled} GROUP BY ${names.join(', ')} HAVING count(*) > 1`
  try {
    const { rows } = await warehouse.query(`SELECT count(*), sum(n) FROM (${groups}) AS repeated`, [], {
      timeoutMs,
      rowsMax: 1,
    })
    return { keys: Number(rows[0]?.[0] ?? 0), rows: Number(rows[0]?.[1] ?? 0) }
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}

/** Keys that are not unique: whatever belongs to such a row is counted once for each of them. Tables of more than two million rows are left out. */
export async function checkKeys(
  catalog: Catalog,
  tables: readonly TableInfo[],
  warehouse: Warehouse,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = []
  for (const keyed of listKeyed(catalog, tables, warehouse)) {
    const repeated = await countRepeated(keyed, warehouse)
    if (!repeated || repeated.keys === 0) continue
    const { name, key } = keyed.model
    found.push(
      createDiagnostic({
        code: 'repeated-key',
        severity: 'warning',
        path: ['models', name, 'key'],
        message: `the key \`${key.join('`, `')}\` of model \`${name}\` is not unique: ${countNoun(repeated.keys, 'value')} of it ${repeated.keys === 1 ? 'stands' : 'stand'} in ${countNoun(repeated.rows, 'row')}`,
        hint: 'What belongs to such a row is counted once for each of them. Name all columns that tell rows apart (`key: [a, b]`), or read the table by SQL that leaves one row of each.',
      }),
    )
  }
  return found
}
