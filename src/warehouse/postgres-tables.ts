import { gatherDeclared, readConstraint } from './declared-keys.ts'
import { writeTableName } from './table-name.ts'
import type { Cell, TableInfo, Warehouse } from './warehouse.ts'

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
  const declaredOf = await listDeclared(query)
  const found: TableInfo[] = []
  for (const { parts, isOwn, estimate, columns } of tables.values()) {
    const quoted = parts.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
    const count = async () => Number((await query(`SELECT count(*) FROM ${quoted}`, [], limits)).rows[0]?.[0] ?? 0)
    const name = writeTableName(isOwn ? parts.slice(1) : parts)
    found.push({
      name,
      declared: declaredOf(name),
      fullName: writeTableName(parts),
      columns,
      rows: estimate > countedMax ? estimate : await count(),
    })
  }
  return found
}

/** Primary and foreign keys; one that holds a partition to its table's is that of the table. */
async function listDeclared(query: Warehouse['query']) {
  const { rows } = await query(
    `SELECT k.oid::text, n.nspname, c.relname, n.nspname = current_schema(), a.attname,
       tn.nspname, tc.relname, tn.nspname = current_schema(), ta.attname
     FROM pg_constraint AS k
     CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair (own, other, at)
     JOIN pg_class AS c ON c.oid = k.conrelid
     JOIN pg_namespace AS n ON n.oid = c.relnamespace
     JOIN pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = pair.own
     LEFT JOIN pg_class AS tc ON tc.oid = nullif(k.confrelid, 0)
     LEFT JOIN pg_namespace AS tn ON tn.oid = tc.relnamespace
     LEFT JOIN pg_attribute AS ta ON ta.attrelid = tc.oid AND ta.attnum = pair.other
     WHERE k.contype IN ('p', 'f') AND k.conparentid = 0
     ORDER BY k.oid, pair.at`,
    [],
    limits,
  )
  const nameOf = (schema: Cell | undefined, table: Cell | undefined, isOwn: Cell | undefined) =>
    table === null ? null : writeTableName(isOwn === true ? [String(table)] : [String(schema), String(table)])
  return gatherDeclared(
    rows.map(([id, schema, table, isOwn, column, toSchema, toTable, isToOwn, toColumn]) =>
      readConstraint([id, nameOf(schema, table, isOwn), column, nameOf(toSchema, toTable, isToOwn), toColumn]),
    ),
  )
}
