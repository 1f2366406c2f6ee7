import { unwrapType } from './clickhouse-cells.ts'
import { writeTableName } from './table-name.ts'
import type { TableInfo, Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 60_000, rowsMax: 1_000_000 }

/** Engines whose tables are queues: reading them takes their rows away, or fails. */
const queues = "'Kafka', 'RabbitMQ', 'NATS', 'FileLog', 'S3Queue', 'AzureQueue', 'Redis', 'Null'"

/** Tables and views that the user may read; those outside of the connection's own database with their database. */
export async function listClickhouseTables(query: Warehouse['query']): Promise<readonly TableInfo[]> {
  const { rows } = await query(
    `SELECT t.database, t.name, t.database = currentDatabase(), t.total_rows, c.name, c.type
     FROM system.tables AS t
     INNER JOIN system.columns AS c ON c.database = t.database AND c.table = t.name
     WHERE t.database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') AND t.is_temporary = 0
       AND t.engine NOT IN (${queues}) AND t.name NOT LIKE '.inner%' AND c.default_kind != 'EPHEMERAL'
     ORDER BY t.database, t.name, c.position`,
    [],
    limits,
  )
  const tables = new Map<
    string,
    { parts: string[]; isOwn: boolean; known: number | undefined; columns: TableInfo['columns'] }
  >()
  for (const [database, table, isOwn, total, name, type] of rows) {
    const parts = [String(database), String(table)]
    const id = JSON.stringify(parts)
    const known = total === null ? undefined : Number(total)
    const listed = tables.get(id) ?? { parts, isOwn: isOwn === 1, known, columns: [] }
    const column = {
      name: String(name),
      type: unwrapType(String(type)),
      nullable: /^(LowCardinality\()?Nullable\(/.test(String(type)),
    }
    tables.set(id, { ...listed, columns: [...listed.columns, column] })
  }
  const found: TableInfo[] = []
  for (const { parts, isOwn, known, columns } of tables.values()) {
    const quoted = parts.map((part) => `"${part.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join('.')
    const count = async () => Number((await query(`SELECT count() FROM ${quoted}`, [], limits)).rows[0]?.[0] ?? 0)
    found.push({
      name: writeTableName(isOwn ? parts.slice(1) : parts),
      fullName: writeTableName(parts),
      columns,
      rows: known ?? (await count()),
    })
  }
  return found
}
