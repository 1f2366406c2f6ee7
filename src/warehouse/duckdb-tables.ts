import { gatherDeclared, readConstraint } from './declared-keys.ts'
import { writeTableName } from './table-name.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** Tables and views of all schemas, with exact row counts. */
export async function listDuckdbTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT database_name, schema_name, table_name, column_name, data_type, is_nullable
     FROM duckdb_columns()
     WHERE NOT internal AND database_name = current_database()
     ORDER BY schema_name, table_name, column_index`,
    [],
    limits,
  )
  const tables = new Map<string, { database: string; schema: string; table: string; columns: TableInfo['columns'] }>()
  for (const [database, schema, table, name, type, nullable] of rows) {
    const id = JSON.stringify([schema, table])
    const known = tables.get(id) ?? {
      database: String(database),
      schema: String(schema),
      table: String(table),
      columns: [],
    }
    const column = { name: String(name), type: String(type), nullable: nullable === true }
    tables.set(id, { ...known, columns: [...known.columns, column] })
  }
  const declaredOf = await listDeclared(query)
  const found: TableInfo[] = []
  for (const { database, schema, table, columns } of tables.values()) {
    const quoted = [schema, table].map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
    const counted = await query(`SELECT count(*) FROM ${quoted}`, [], limits)
    const name = nameTable(schema, table)
    const fullName = writeTableName([database, schema, table])
    found.push({ name, fullName, columns, rows: Number(counted.rows[0]?.[0] ?? 0), declared: declaredOf(name) })
  }
  return found
}

const nameTable = (schema: string, table: string): string =>
  writeTableName(schema === 'main' ? [table] : [schema, table])

/** Primary and foreign keys; those refer within a schema. */
async function listDeclared(query: Warehouse['query']) {
  const { rows } = await query(
    `SELECT constraint_index, schema_name, table_name, unnest(constraint_column_names),
       referenced_table, unnest(referenced_column_names)
     FROM duckdb_constraints()
     WHERE database_name = current_database() AND constraint_type IN ('PRIMARY KEY', 'FOREIGN KEY')`,
    [],
    limits,
  )
  return gatherDeclared(
    rows.map(([id, schema, table, column, toTable, toColumn]) => {
      const other = toTable === null ? null : nameTable(String(schema), String(toTable))
      return readConstraint([id, nameTable(String(schema), String(table)), column, other, toColumn])
    }),
  )
}
