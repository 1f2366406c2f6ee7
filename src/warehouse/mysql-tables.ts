import { gatherDeclared, readConstraint } from './declared-keys.ts'
import { writeTableName } from './table-name.ts'
import type { Cell, TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** Beyond this many rows the engine's estimate is taken instead of a count. */
const countedMax = 1_000_000

const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``

/** Tables and views of the database that the address names. */
export async function listMysqlTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT t.table_schema, t.table_name, t.table_rows, c.column_name, c.column_type, c.is_nullable = 'YES'
     FROM information_schema.tables AS t
     JOIN information_schema.columns AS c ON c.table_schema = t.table_schema AND c.table_name = t.table_name
     WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
     ORDER BY BINARY t.table_name, c.ordinal_position`,
    [],
    limits,
  )
  const tables = new Map<string, { schema: string; estimate: number; columns: TableInfo['columns'] }>()
  for (const [schema, table, estimate, name, type, nullable] of rows) {
    const known = tables.get(String(table)) ?? { schema: String(schema), estimate: Number(estimate ?? 0), columns: [] }
    const column = { name: String(name), type: String(type), nullable: Number(nullable) === 1 }
    tables.set(String(table), { ...known, columns: [...known.columns, column] })
  }
  const declaredOf = await listDeclared(query)
  const found: TableInfo[] = []
  for (const [name, { schema, estimate, columns }] of tables) {
    const source = `${quote(schema)}.${quote(name)}`
    const count = async () => Number((await query(`SELECT count(*) FROM ${source}`, [], limits)).rows[0]?.[0] ?? 0)
    const parts = [schema, name]
    found.push({
      name: writeTableName([name]),
      declared: declaredOf(writeTableName([name])),
      fullName: writeTableName(parts),
      columns,
      rows: estimate > countedMax ? estimate : await count(),
    })
  }
  return found
}

/** Primary keys, and foreign ones to tables of the same database. */
async function listDeclared(query: Warehouse['query']) {
  const { rows } = await query(
    `SELECT constraint_name, table_name, column_name, referenced_table_name, referenced_column_name
     FROM information_schema.key_column_usage
     WHERE table_schema = DATABASE()
       AND (constraint_name = 'PRIMARY' OR referenced_table_schema = DATABASE())
     ORDER BY BINARY table_name, BINARY constraint_name, ordinal_position`,
    [],
    limits,
  )
  const nameOf = (table: Cell | undefined) => (table === null ? null : writeTableName([String(table)]))
  return gatherDeclared(
    rows.map(([id, table, column, toTable, toColumn]) =>
      readConstraint([id, nameOf(table), column, nameOf(toTable), toColumn]),
    ),
  )
}
