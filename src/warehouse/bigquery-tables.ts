import { writeTableName } from './table-name.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** Tables and views of the dataset that the address names. A view's rows are not counted. */
export async function listBigqueryTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT c.table_schema, c.table_name, IF(t.type = 1, t.row_count, 1), c.column_name, c.data_type, c.is_nullable = 'YES'
     FROM INFORMATION_SCHEMA.COLUMNS AS c
     JOIN __TABLES__ AS t ON t.table_id = c.table_name
     ORDER BY c.table_name, c.ordinal_position`,
    [],
    limits,
  )
  const tables = new Map<string, TableInfo>()
  for (const [dataset, table, count, name, type, nullable] of rows) {
    const fullName = writeTableName([String(dataset), String(table)])
    const known = tables.get(fullName) ?? {
      name: writeTableName([String(table)]),
      fullName,
      columns: [],
      rows: Number(count),
    }
    const column = { name: String(name), type: String(type), nullable: nullable === true }
    tables.set(fullName, { ...known, columns: [...known.columns, column] })
  }
  return [...tables.values()]
}
