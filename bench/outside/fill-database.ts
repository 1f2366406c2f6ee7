import type pg from 'pg'
import type { Row } from './generate-rows.ts'
import type { Table } from './read-tables.ts'

const quote = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')

/** What is in each column now, as texts, each once. */
export async function readValues(
  client: pg.Client,
  tables: readonly Table[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const values = new Map<string, readonly string[]>()
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const { rows } = await client.query<{ value: string }>(
        `SELECT DISTINCT "${column.name}"::text AS value FROM ${quote(name)} WHERE "${column.name}" IS NOT NULL ORDER BY 1 LIMIT 200`,
      )
      values.set(
        `${name}/${column.name}`,
        rows.map(({ value }) => value),
      )
    }
  }
  return values
}

/** Empties all tables and fills them anew. Foreign keys are not looked at meanwhile: the rows hold to them. */
export async function fillDatabase(
  client: pg.Client,
  tables: readonly Table[],
  rows: ReadonlyMap<string, readonly Row[]>,
): Promise<void> {
  await client.query("SET session_replication_role = 'replica'")
  await client.query(`TRUNCATE ${tables.map(({ name }) => quote(name)).join(', ')}`)
  for (const { name, columns } of tables) {
    const own = rows.get(name) ?? []
    if (own.length === 0) continue
    const list = columns.map((column) => `"${column.name}"`).join(', ')
    await client.query(
      `INSERT INTO ${quote(name)} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${quote(name)}, $1::json)`,
      [JSON.stringify(own)],
    )
  }
  await client.query("SET session_replication_role = 'origin'")
}
