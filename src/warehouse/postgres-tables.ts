import { writeTableName } from './table-name.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** Beyond this many rows the planner's estimate is taken instead of a count. */
const countedMax = 1_000_000

/** Tables and views that the user may read; those outside of the first schema of the search path with their schema. */
export async function listPostgresTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT n.nspname, c.relname, n.nspname = current_schema(), c.reltuples::float8,
       a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
     FROM pg_class AS c
     JOIN pg_namespace AS n ON n.oid = c.relnamespace
     JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'
       AND NOT c.relispartition
       AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
     ORDER BY n.nspname, c.relname, a.attnum`,
    [],
    limits,
  )
  const tables = new Map<string, { parts: string[]; isOwn: boolean; estimate: number; columns: TableInfo['columns'] }>()
  for (const [schema, table, isOwn, estimate, name, type, nullable] of rows) {
    const parts = [String(schema), String(table)]
    const id = JSON.stringify(parts)
    const known = tables.get(id) ?? { parts, isOwn: isOwn === true, estimate: Number(estimate), columns: [] }
    const column = { name: String(name), type: String(type), nullable: nullable === true }
    tables.set(id, { ...known, columns: [...known.columns, column] })
  }
  const found: TableInfo[] = []
  for (const { parts, isOwn, estimate, columns } of tables.values()) {
    const quoted = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
    const count = async () => Number((await query(`SELECT count(*) FROM ${quoted}`, [], limits)).rows[0]?.[0] ?? 0)
    found.push({
      name: writeTableName(isOwn ? parts.slice(1) : parts),
      fullName: writeTableName(parts),
      columns,
      rows: estimate > countedMax ? estimate : await count(),
    })
  }
  return found
}
