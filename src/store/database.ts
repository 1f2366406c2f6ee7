import knex, { type Knex } from 'knex'
import pg from 'pg'

/** Our own Postgres, through knex. Only `src/store` writes queries with it. */
export type Database = Knex

const connectionsMax = 10

/** Postgres' type numbers, from its catalog `pg_type`. */
const int8 = 20
const date = 1082
const timestamptz = 1184

const parseInstant = pg.types.getTypeParser(timestamptz) as unknown as (text: string) => Date

/** Whole numbers as numbers, days as `YYYY-MM-DD`, instants as ISO 8601 in UTC; the rest as `pg` reads it. */
const types = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (format === 'binary') return pg.types.getTypeParser(type, 'binary')
    if (type === int8) return Number
    if (type === date) return (text: string) => text
    if (type === timestamptz) return (text: string) => parseInstant(text).toISOString()
    return pg.types.getTypeParser(type, 'text')
  },
}

const toSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const toCamelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Names of columns that were met, in camel case: few, and of every row of an answer the same. */
const camelNames = new Map<string, string>()

function nameColumn(name: string): string {
  const known = camelNames.get(name)
  if (known !== undefined) return known
  const camelName = toCamelCase(name)
  camelNames.set(name, camelName)
  return camelName
}

/** A row as code knows it: camel-case keys, `undefined` for null. Bodies stay as they were stored. */
function readRow(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [nameColumn(name), value ?? undefined]))
}

function readResponse(response: unknown): unknown {
  if (Array.isArray(response)) return response.map(readRow)
  if (typeof response !== 'object' || response === null) return response
  if ('rows' in response && Array.isArray(response.rows)) return { ...response, rows: response.rows.map(readRow) }
  return 'command' in response ? response : readRow(response)
}

const ignore = () => undefined
/** knex prints to standard output, which is for results; whatever matters is thrown as well. */
const silent = { warn: ignore, error: ignore, deprecate: ignore, debug: ignore }

/**
 * A pool of at most ten connections, opened when first used: `migrate` is the first to notice that a database is down. Names are
 * camel case here and snake case there. Close it with `database.destroy()`.
 */
export function openDatabase(url: string): Database {
  return knex({
    client: 'pg',
    connection: { connectionString: url, types, application_name: 'hunch' } as Knex.PgConnectionConfig,
    pool: { min: 0, max: connectionsMax },
    acquireConnectionTimeout: 10_000,
    wrapIdentifier: (name, quote) => quote(toSnakeCase(name)),
    postProcessResponse: readResponse,
    log: silent,
  })
}

/** Does `work` as one transaction: all of it, or nothing. */
export function inTransaction<T>(database: Database, work: (transaction: Database) => Promise<T>): Promise<T> {
  return database.transaction(work)
}

/** A body for a jsonb column. Postgres' text has no NUL character, so it is left out; NaN and infinities become null. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null).replaceAll(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1')
}
