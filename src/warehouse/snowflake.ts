import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { loadSdk } from './load-sdk.ts'
import { refuseOthers } from './refuse-others.ts'
import { runWithin } from './run-within.ts'
import { readSnowflakeCell } from './snowflake-cells.ts'
import { listSnowflakeTables } from './snowflake-tables.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

/** What of `snowflake-sdk` is used. */
interface Sdk {
  createConnection(options: Readonly<Record<string, unknown>>): Connection
  configure(options: Readonly<Record<string, unknown>>): void
}

interface Connection {
  connectAsync(callback?: (error: Error | undefined) => void): Promise<unknown>
  execute(options: Readonly<Record<string, unknown>>): Statement
  destroy(callback: (error: Error | undefined) => void): void
}

interface Statement {
  getColumns(): readonly { getName(): string; getType(): string }[]
  streamRows(options?: { readonly start: number; readonly end: number }): AsyncIterable<readonly unknown[]>
  cancel(callback: (error: Error | undefined) => void): void
}

/** Sessions in UTC whose weeks start on Monday, and in which times are written as they are read. */
const session = {
  TIMEZONE: 'UTC',
  WEEK_START: 1,
  MULTI_STATEMENT_COUNT: 1,
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6 TZHTZM',
  TIMESTAMP_TZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6 TZHTZM',
}

const decode = (text: string): string | undefined => (text === '' ? undefined : decodeURIComponent(text))

/** `snowflake://user:password@account/database/schema?warehouse=W&role=R`. */
export function readSnowflakeAddress(url: string): Readonly<Record<string, unknown>> {
  try {
    const { hostname, username, password, pathname, searchParams } = new URL(url)
    const [database, schema] = pathname.slice(1).split('/').map(decode)
    if (!hostname || !database) throw new TypeError('no account or database')
    return {
      account: hostname,
      username: decode(username),
      password: decode(password),
      database,
      schema,
      warehouse: searchParams.get('warehouse') ?? undefined,
      role: searchParams.get('role') ?? undefined,
    }
  } catch (cause) {
    throw new Failure(`\`${hideSecrets(url)}\` is no address of a Snowflake`, {
      code: 'warehouse-unknown',
      hint: 'Write `snowflake://user:password@account/database/schema?warehouse=NAME&role=NAME`.',
      cause,
    })
  }
}

/**
 * A Snowflake database, through `snowflake-sdk`, which is installed by those who need it. Not run against a live warehouse. Snowflake has no
 * session that is read only: give Hunch a role that may only read.
 */
export async function openSnowflake(url: string): Promise<Warehouse> {
  const address = hideSecrets(url)
  const options = readSnowflakeAddress(url)
  const loaded = await loadSdk<Sdk & { readonly default?: Sdk }>('snowflake-sdk', 'Snowflake')
  const sdk = loaded.default ?? loaded
  sdk.configure({ logLevel: 'OFF' })
  const connection = sdk.createConnection({
    ...options,
    application: 'hunch',
    rowMode: 'array',
    fetchAsString: ['Number', 'Date', 'JSON'],
    clientSessionKeepAlive: true,
  })
  try {
    await connection.connectAsync()
  } catch (cause) {
    throw new Failure(`\`${address}\` cannot be reached: ${describeError(cause)}`, {
      code: 'warehouse-unreachable',
      retry: true,
      hint: 'Check account, user, role and warehouse in `hunch.yaml`.',
      cause,
    })
  }
  const query: Warehouse['query'] = (sql, parameters, limits) => runLimited(connection, sql, parameters, limits)
  return {
    dialect: 'snowflake',
    address,
    query,
    listTables: () => listSnowflakeTables(query),
    close: () => new Promise((resolve, reject) => connection.destroy((error) => (error ? reject(error) : resolve()))),
  }
}

async function runLimited(
  connection: Connection,
  sql: string,
  parameters: readonly Cell[],
  limits: QueryLimits,
): Promise<Rows> {
  refuseOthers(sql)
  const startedAt = performance.now()
  let running: Statement | undefined
  const cancel = () => running?.cancel(() => undefined)
  const execute = () =>
    new Promise<Statement>((resolve, reject) => {
      running = connection.execute({
        sqlText: sql,
        binds: [...parameters],
        streamResult: true,
        parameters: { ...session, STATEMENT_TIMEOUT_IN_SECONDS: Math.max(1, Math.ceil(limits.timeoutMs / 1000)) },
        complete: (error: Error | undefined, statement: Statement) => (error ? reject(error) : resolve(statement)),
      })
    })
  return await runWithin(limits, cancel, async () => {
    try {
      const read = await readRows(await execute(), limits.rowsMax)
      return { ...read, ms: performance.now() - startedAt }
    } catch (cause) {
      throw new Failure(`the warehouse refused the query: ${describeError(cause).split('\n')[0]}`, {
        code: 'warehouse-query',
        cause,
      })
    }
  })
}

async function readRows(statement: Statement, rowsMax: number): Promise<Omit<Rows, 'ms'>> {
  const columns = statement.getColumns()
  const types = columns.map((column) => column.getType())
  const rows: Cell[][] = []
  let truncated = false
  for await (const row of statement.streamRows({ start: 0, end: rowsMax })) {
    truncated = rows.length === rowsMax
    if (truncated) break
    rows.push(types.map((type, at) => readSnowflakeCell(type, row[at])))
  }
  return { columns: columns.map((column) => column.getName()), rows, truncated }
}
