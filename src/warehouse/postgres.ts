import pg from 'pg'
import Cursor from 'pg-cursor'
import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { readDecimal, readFloat, readInstantText, readWhole } from './cells.ts'
import { codeOf, nameConnectFailure, reasonOf } from './connect-failure.ts'
import { listPostgresTables } from './postgres-tables.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

const rowsPerFetch = 5000
const connectMsMax = 10_000

const readWholeText = (text: string): Cell => readWhole(BigInt(text))

/** How cells are read, by the type's number in `pg_type`; others are the text that Postgres writes. */
const readers: Readonly<Record<number, (text: string) => Cell>> = {
  [pg.types.builtins.BOOL]: (text) => text === 't',
  [pg.types.builtins.INT2]: Number,
  [pg.types.builtins.INT4]: Number,
  [pg.types.builtins.INT8]: readWholeText,
  [pg.types.builtins.FLOAT4]: (text) => readFloat(Number(text)),
  [pg.types.builtins.FLOAT8]: (text) => readFloat(Number(text)),
  [pg.types.builtins.NUMERIC]: readDecimal,
  [pg.types.builtins.TIMESTAMP]: readInstantText,
  [pg.types.builtins.TIMESTAMPTZ]: readInstantText,
}

/**
 * A Postgres database. Each query runs in a read-only transaction of its own, in UTC, under a statement time-out; rows come through
 * a cursor, so that a large result is not held twice.
 */
export async function openPostgres(url: string): Promise<Warehouse> {
  const address = hideSecrets(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: connectMsMax,
    application_name: 'hunch',
  })
  // An idle connection that breaks is replaced at its next use.
  pool.on('error', () => undefined)
  const query: Warehouse['query'] = async (sql, parameters, limits) => {
    const client = await connect(pool, address)
    let isBroken = false
    try {
      return await runLimited(url, client, sql, parameters, limits)
    } catch (error) {
      isBroken = !(error instanceof Failure) || error.code === 'warehouse-unreachable'
      throw error
    } finally {
      client.release(isBroken)
    }
  }
  const client = await connect(pool, address).catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  client.release()
  return { dialect: 'postgres', address, query, listTables: () => listPostgresTables(query), close: () => pool.end() }
}

async function connect(pool: pg.Pool, address: string): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    const code = codeOf(error)
    throw nameConnectFailure(code.startsWith('28') ? 'login' : code === '3D000' ? 'database' : 'server', address, error)
  }
}

/** Over a connection of its own: those of the pool may all be busy. */
async function cancelQuery(url: string, pid: number): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectMsMax })
  try {
    await client.connect()
    await client.query('SELECT pg_cancel_backend($1)', [pid])
  } catch {
    // The statement's own time-out still holds.
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function runLimited(
  url: string,
  client: pg.PoolClient,
  sql: string,
  parameters: readonly Cell[],
  { timeoutMs, rowsMax, signal }: QueryLimits,
): Promise<Rows> {
  if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
  refuseOthers(sql, parameters)
  const startedAt = performance.now()
  const pid = (client as unknown as { processID: number }).processID
  let cancelling: Promise<void> | undefined
  const onAbort = () => {
    cancelling = cancelQuery(url, pid)
  }
  signal?.addEventListener('abort', onAbort)
  try {
    await client.query(
      `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(timeoutMs))};` +
        ` SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'`,
    )
    const read = await readRows(client, sql, parameters, rowsMax)
    return { ...read, ms: performance.now() - startedAt }
  } catch (error) {
    throw nameFailure(error, signal, timeoutMs)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    // A late cancellation must not meet the connection's next query.
    await cancelling
    await client.query('ROLLBACK').catch(() => undefined)
  }
}

/** The transaction is read only anyway; this says so before the server does, and keeps `COMMIT` and the like out. */
function refuseOthers(sql: string, parameters: readonly Cell[]): void {
  const start = sql.replace(/^(?:\s+|--[^\r\n]*(?:[\r\n]|$)|\/\*[\s\S]*?\*\/)+/, '')
  if (!/^(?:select|with|values|\()/i.test(start))
    throw new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only' })
  if (parameters.some((value) => typeof value === 'string' && value.includes('\0')))
    throw new Failure('a value holds a NUL character, which no text in Postgres can', { code: 'warehouse-value' })
}

function nameFailure(error: unknown, signal: AbortSignal | undefined, timeoutMs: number): Failure {
  if (error instanceof Failure) return error
  const code = codeOf(error)
  if (code === '57014' && signal?.aborted)
    return new Failure('the query was cancelled', { code: 'warehouse-cancelled', cause: error })
  if (code === '57014')
    return new Failure(`the query took longer than ${timeoutMs} ms and was stopped`, {
      code: 'warehouse-timeout',
      hint: 'Narrow the time range, or allow more time.',
      cause: error,
    })
  if (code === '25006')
    return new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only', cause: error })
  if (code === '42601' && /multiple commands/.test(describeError(error)))
    return new Failure('the SQL holds several statements, not one', { code: 'warehouse-statement', cause: error })
  const isLost = code === '' || code.startsWith('08') || code.startsWith('57P') || code.startsWith('E')
  if (isLost)
    return new Failure(`the connection was lost: ${reasonOf(error)}`, {
      code: 'warehouse-unreachable',
      retry: true,
      cause: error,
    })
  return new Failure(`the warehouse refused the query: ${reasonOf(error)}`, { code: 'warehouse-query', cause: error })
}

async function readRows(client: pg.PoolClient, sql: string, parameters: readonly Cell[], rowsMax: number) {
  const cursor = client.query(
    new Cursor<(string | null)[]>(sql, [...parameters], {
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig,
    }),
  )
  const rows: Cell[][] = []
  let fields: readonly pg.FieldDef[] = []
  let isDone = false
  while (!isDone && rows.length <= rowsMax) {
    const wanted = Math.min(rowsPerFetch, rowsMax + 1 - rows.length)
    const { batch, result } = await fetchBatch(cursor, wanted)
    fields = result?.fields ?? fields
    const read = fields.map(({ dataTypeID }) => readers[dataTypeID] ?? ((text: string) => text))
    for (const texts of batch) rows.push(texts.map((text, at) => (text === null ? null : read[at]!(text))))
    isDone = batch.length < wanted
  }
  await cursor.close()
  return { columns: fields.map(({ name }) => name), rows: rows.slice(0, rowsMax), truncated: rows.length > rowsMax }
}

function fetchBatch(cursor: Cursor<(string | null)[]>, count: number) {
  return new Promise<{ batch: readonly (string | null)[][]; result: pg.QueryResult | undefined }>((resolve, reject) => {
    cursor.read(count, (error: Error | undefined, batch, result) => {
      if (error) reject(error)
      else resolve({ batch, result: result as pg.QueryResult | undefined })
    })
  })
}
