import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api'
import { describeError, Failure } from '../base/failure.ts'
import { readerOf } from './duckdb-cells.ts'
import { listDuckdbTables } from './duckdb-tables.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

/** How much of this machine an engine within our process may take. */
export interface EngineLimits {
  /** As DuckDB writes it: `1GB`. */
  readonly memory: string
  readonly threads: number
}

export const engineLimits: EngineLimits = { memory: '1GB', threads: 2 }

/** A DuckDB that may still read files: for loading. `lock` it before the first query. */
export async function startDuckdb(path: string, limits: EngineLimits, options: Record<string, string> = {}) {
  // Where sorts and groupings larger than the memory limit go; DuckDB would write beside the warehouse's file otherwise.
  const spill = await mkdtemp(join(tmpdir(), 'hunch-duckdb-'))
  const instance = await DuckDBInstance.create(path, {
    memory_limit: limits.memory,
    threads: String(limits.threads),
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...options,
  })
  return { instance, removeSpill: () => rm(spill, { recursive: true, force: true }) }
}

/** From here on no file is read, nothing is installed, and no setting can change back. */
async function lock(instance: DuckDBInstance): Promise<void> {
  const connection = await instance.connect()
  try {
    for (const setting of [
      "SET GLOBAL TimeZone = 'UTC'",
      "SET GLOBAL default_null_order = 'nulls_last'",
      // Up to 1.5.5 the first takes two joins of the same tables for one, and may read a column of the wrong one; the second gives a row of nothing for
      // the first of no rows.
      "SET GLOBAL disabled_optimizers = 'common_subplan,top_n_window_elimination'",
      'SET GLOBAL enable_external_access = false',
      'SET GLOBAL lock_configuration = true',
    ])
      await connection.run(setting)
  } finally {
    connection.disconnectSync()
  }
}

/** A DuckDB database file, opened read only. The file must be there; another process may read, but not write it meanwhile. */
export async function openDuckdb(path: string, limits: EngineLimits = engineLimits): Promise<Warehouse> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile())
    throw new Failure(`there is no database file \`${path}\``, {
      code: 'warehouse-not-found',
      hint: 'Give the path of a DuckDB file behind `duckdb:`, relative to the folder of `hunch.yaml`.',
    })
  try {
    const { instance, removeSpill } = await startDuckdb(path, limits, { access_mode: 'READ_ONLY' })
    return await createDuckdbWarehouse(instance, `duckdb:${path}`, removeSpill)
  } catch (error) {
    if (error instanceof Failure) throw error
    const isLocked = /lock/i.test(describeError(error))
    throw new Failure(`\`${path}\` cannot be opened: ${firstLine(error)}`, {
      code: 'warehouse-unreachable',
      retry: isLocked,
      hint: isLocked
        ? 'Another process is writing to it; try again when it is done.'
        : 'Name a DuckDB database file behind `duckdb:`; a folder of csv and Parquet files is read with `files:`.',
      cause: error,
    })
  }
}

export const firstLine = (error: unknown): string => describeError(error).split('\n')[0] ?? ''

/** `instance` as a warehouse; it is locked first. Each query has a connection of its own. */
export async function createDuckdbWarehouse(
  instance: DuckDBInstance,
  address: string,
  cleanUp: () => Promise<void>,
): Promise<Warehouse> {
  await lock(instance)
  const query: Warehouse['query'] = async (sql, parameters, limits) => {
    const connection = await instance.connect()
    try {
      return await runLimited(connection, sql, parameters, limits)
    } finally {
      connection.disconnectSync()
    }
  }
  return {
    dialect: 'duckdb',
    address,
    query,
    listTables: () => listDuckdbTables(query),
    close: async () => {
      instance.closeSync()
      await cleanUp()
    },
  }
}

/** Runs under the limits: past the time, or when the signal says so, the statement is interrupted. */
async function runLimited(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly Cell[],
  { timeoutMs, rowsMax, signal }: QueryLimits,
): Promise<Rows> {
  const startedAt = performance.now()
  let stopped: 'time' | 'signal' | undefined
  const stop = (reason: 'time' | 'signal') => () => {
    stopped ??= reason
    connection.interrupt()
  }
  const onAbort = stop('signal')
  const timer = setTimeout(stop('time'), timeoutMs)
  signal?.addEventListener('abort', onAbort)
  try {
    if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
    const statement = await prepareQuery(connection, sql, parameters)
    const { columns, rows, truncated } = await readRows(statement, rowsMax, () => stopped !== undefined)
    if (stopped) throw new Error('interrupted')
    return { columns, rows, truncated, ms: performance.now() - startedAt }
  } catch (error) {
    throw nameFailure(error, stopped, timeoutMs)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

function nameFailure(error: unknown, stopped: 'time' | 'signal' | undefined, timeoutMs: number): Failure {
  if (error instanceof Failure) return error
  if (stopped === 'signal') return new Failure('the query was cancelled', { code: 'warehouse-cancelled', cause: error })
  if (stopped === 'time')
    return new Failure(`the query took longer than ${timeoutMs} ms and was stopped`, {
      code: 'warehouse-timeout',
      hint: 'Narrow the time range, or allow more time.',
      cause: error,
    })
  return new Failure(`the warehouse refused the query: ${firstLine(error)}`, { code: 'warehouse-query', cause: error })
}

/** One statement, and one that only reads. */
async function prepareQuery(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly Cell[],
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1)
    throw new Failure(`the SQL holds ${statements.count} statements, not one`, { code: 'warehouse-statement' })
  const statement = await statements.prepare(0)
  if (statement.statementType !== StatementType.SELECT)
    throw new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only' })
  parameters.forEach((value, at) => {
    bind(statement, at + 1, value)
  })
  return statement
}

function bind(statement: DuckDBPreparedStatement, place: number, value: Cell): void {
  if (value === null) statement.bindNull(place)
  else if (typeof value === 'boolean') statement.bindBoolean(place, value)
  else if (typeof value === 'string') statement.bindVarchar(place, value)
  else if (Number.isSafeInteger(value)) statement.bindBigInt(place, BigInt(value))
  else statement.bindDouble(place, value)
}

/** Reads chunk by chunk, each column by its own reader, up to `rowsMax`. */
async function readRows(statement: DuckDBPreparedStatement, rowsMax: number, isStopped: () => boolean) {
  const result = await statement.stream()
  const columns = result.columnNames()
  const readers = result.columnTypes().map(readerOf)
  const rows: Cell[][] = []
  for (;;) {
    const chunk = await result.fetchChunk()
    const count = Math.min(chunk?.rowCount ?? 0, rowsMax - rows.length)
    if (!chunk || chunk.rowCount === 0 || isStopped()) return { columns, rows, truncated: false }
    const first = rows.length
    for (let row = 0; row < count; row++) rows.push(new Array<Cell>(readers.length))
    readers.forEach((read, column) => {
      const vector = chunk.getColumnVector(column)
      for (let row = 0; row < count; row++) rows[first + row]![column] = read(vector.getItem(row))
    })
    if (count < chunk.rowCount) return { columns, rows, truncated: true }
  }
}
