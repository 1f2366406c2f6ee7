import { type Connection, createConnection, createPool, type FieldPacket } from 'mysql2'
import type { Pool, PoolConnection } from 'mysql2/promise'
import { Failure, hideSecrets } from '../base/failure.ts'
import type { DialectName } from '../dsl/dialects/dialect.ts'
import { readMysqlAddress } from './mysql-address.ts'
import { readerOf } from './mysql-cells.ts'
import { nameFailure, nameRefusal, refuseStatements } from './mysql-failures.ts'
import { listMysqlTables } from './mysql-tables.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

const connectMsMax = 10_000
const killEveryMs = 50

type Address = ReturnType<typeof readMysqlAddress>

/** What is particular to one of the two engines. */
interface Kind {
  readonly dialect: DialectName
  /** Once a connection, so that nothing depends on how the server is configured. */
  readonly session: string
  readonly limitTime: (ms: number) => string
}

const session = (collation: string, ...more: readonly string[]) =>
  [
    `SET NAMES utf8mb4 COLLATE ${collation}`,
    "time_zone = '+00:00'",
    "sql_mode = 'NO_UNSIGNED_SUBTRACTION'",
    'group_concat_max_len = 1000000',
    'sql_select_limit = DEFAULT',
    ...more,
  ].join(', ')

const kinds: Readonly<Record<'mariadb' | 'mysql', Kind>> = {
  mariadb: {
    dialect: 'mariadb',
    // Level 8 lets joins hash: look-ups by a text have no index that they could use. Conditions that MariaDB pushes into a grouping lose
    // their columns when parameters are bound.
    session: session(
      'utf8mb4_nopad_bin',
      'join_cache_level = 8',
      "optimizer_switch = 'condition_pushdown_for_derived=off'",
    ),
    limitTime: (ms) => `SET SESSION max_statement_time = ${Math.max(1, Math.ceil(ms)) / 1000}`,
  },
  mysql: {
    dialect: 'mysql',
    session: session('utf8mb4_0900_bin'),
    limitTime: (ms) => `SET SESSION max_execution_time = ${Math.max(1, Math.ceil(ms))}`,
  },
}

/**
 * A MariaDB or MySQL database, whichever answers. Sessions are read only, in UTC, with a mode of ours and a time-out; literals are bound on the
 * server; rows are read as they come and cut at the cap.
 */
export async function openMysql(url: string): Promise<Warehouse> {
  const shown = hideSecrets(url)
  const address = readMysqlAddress(url)
  const pool = createPool({
    ...address,
    connectionLimit: 4,
    connectTimeout: connectMsMax,
    maxPreparedStatements: 16,
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
  }).promise()
  try {
    const kind = await recogniseKind(pool, shown)
    const ready = new WeakSet<object>()
    const query: Warehouse['query'] = async (sql, parameters, limits) => {
      const connection = await connect(pool, shown)
      let isBroken = true
      try {
        const rows = await runLimited({ address, kind, connection, ready }, sql, parameters, limits)
        isBroken = rows.truncated
        return rows
      } catch (error) {
        isBroken = !(error instanceof Failure) || error.code === 'warehouse-unreachable'
        throw error
      } finally {
        if (isBroken) connection.destroy()
        else connection.release()
      }
    }
    return {
      dialect: kind.dialect,
      address: shown,
      query,
      listTables: () => listMysqlTables(query),
      close: () => pool.end(),
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

async function connect(pool: Pool, shown: string): Promise<PoolConnection> {
  try {
    return await pool.getConnection()
  } catch (error) {
    throw nameRefusal(error, shown)
  }
}

async function recogniseKind(pool: Pool, shown: string): Promise<Kind> {
  const connection = await connect(pool, shown)
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version')
    const [{ version }] = rows as unknown as [{ version: string }]
    return kinds[/mariadb/i.test(version) ? 'mariadb' : 'mysql']
  } catch (error) {
    throw nameRefusal(error, shown)
  } finally {
    connection.release()
  }
}

interface Running {
  readonly address: Address
  readonly kind: Kind
  readonly connection: PoolConnection
  /** Connections that have been set up. */
  readonly ready: WeakSet<object>
}

async function runLimited(
  { address, kind, connection, ready }: Running,
  sql: string,
  parameters: readonly Cell[],
  { timeoutMs, rowsMax, signal, types }: QueryLimits,
): Promise<Rows> {
  if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
  refuseStatements(sql)
  const startedAt = performance.now()
  let isDone = false
  let cancelling: Promise<void> | undefined
  const onAbort = () => {
    cancelling = killUntil(address, connection.threadId, () => isDone)
  }
  signal?.addEventListener('abort', onAbort)
  try {
    if (!ready.has(connection.connection)) {
      await connection.query(kind.session)
      await connection.query('SET SESSION TRANSACTION READ ONLY')
      ready.add(connection.connection)
    }
    await connection.query(kind.limitTime(timeoutMs))
    const read = await readRows(connection, sql, parameters, rowsMax, types)
    if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
    return { ...read, ms: performance.now() - startedAt }
  } catch (error) {
    throw nameFailure(error, signal, timeoutMs)
  } finally {
    isDone = true
    signal?.removeEventListener('abort', onAbort)
    // A late one must not meet the connection's next query.
    await cancelling
  }
}

/** Over a connection of its own, and again until it has been heard: a statement that has not begun cannot be stopped. */
async function killUntil(address: Address, thread: number, isDone: () => boolean): Promise<void> {
  const client = createConnection({ ...address, connectTimeout: connectMsMax })
  client.on('error', () => undefined)
  while (!isDone()) {
    const heard = await new Promise<boolean>((resolve) => {
      client.query(`KILL QUERY ${Number(thread)}`, (error) => resolve(!error || error.errno === 1094))
    })
    // The statement's own time-out still holds.
    if (!heard) break
    await new Promise((resolve) => setTimeout(resolve, killEveryMs))
  }
  client.destroy()
}

function readRows(
  connection: PoolConnection,
  sql: string,
  parameters: readonly Cell[],
  rowsMax: number,
  types: QueryLimits['types'],
) {
  return new Promise<Omit<Rows, 'ms'>>((resolve, reject) => {
    const rows: Cell[][] = []
    let fields: readonly FieldPacket[] = []
    let readers: readonly ReturnType<typeof readerOf>[] = []
    const finish = (truncated: boolean) => resolve({ columns: fields.map(({ name }) => name), rows, truncated })
    // The connection below promises gives rows as they come.
    const running = (connection.connection as unknown as Connection).execute({
      sql,
      values: [...parameters],
      rowsAsArray: true,
    })
    running
      .on('fields', (found: readonly FieldPacket[]) => {
        fields = found
        readers = found.map((field, at) => readerOf(field, types?.[at]))
      })
      .on('result', (row: readonly never[]) => {
        if (rows.length < rowsMax) rows.push(row.map((value, at) => readers[at]!(value)))
        else finish(true)
      })
      .on('error', reject)
      .on('end', () => finish(false))
  })
}
