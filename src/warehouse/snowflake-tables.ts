import { writeTableName } from './table-name.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** A name as somebody writes it who quotes nothing: Snowflake holds such names in capitals. */
const spell = (name: string): string => (/^[A-Z_][A-Z0-9_]*$/.test(name) ? name.toLowerCase() : name)

/** Tables and views of the schema that the address names, or else of the whole database. A view's rows are not counted. */
export async function listSnowflakeTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT t.table_schema, t.table_name, t.table_schema = current_schema(), coalesce(t.row_count, 1),
       c.column_name, c.data_type, c.is_nullable = 'YES'
     FROM information_schema.tables AS t
     JOIN information_schema.columns AS c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
     WHERE t.table_schema <> 'INFORMATION_SCHEMA' AND (current_schema() IS NULL OR t.table_schema = current_schema())
     ORDER BY t.table_schema, t.table_name, c.ordinal_position`,
    [],
    limits,
  )
  const tables = new Map<string, TableInfo>()
  for (const [schema, table, isOwn, count, name, type, nullable] of rows) {
    const parts = [spell(String(schema)), spell(String(table))]
    const fullName = writeTableName(parts)
    const known = tables.get(fullName) ?? {
      name: writeTableName(isOwn === true ? parts.slice(1) : parts),
      fullName,
      columns: [],
      rows: Number(count),
    }
    const column = { name: spell(String(name)), type: String(type), nullable: nullable === true }
    tables.set(fullName, { ...known, columns: [...known.columns, column] })
  }
  return [...tables.values()]
}
