import { ClickHouseError, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client'
import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { clickhouseSettings } from '../dsl/dialects/clickhouse-settings.ts'
import { chooseReader } from './clickhouse-cells.ts'
import { listClickhouseTables } from './clickhouse-tables.ts'
import { nameConnectFailure, reasonOf } from './connect-failure.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

type Client = ReturnType<typeof createClient>

/** ClickHouse looks at the clock between blocks of rows: past this much more the request is given up. */
const graceMs = 2000

/** How the session runs and how values are written, so that no digit is lost and nothing depends on the server's time zone. */
const sessionSettings: ClickHouseSettings = {
  ...clickhouseSettings,
  session_timezone: 'UTC',
  date_time_input_format: 'best_effort',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  // The answer begins when it is whole: an error then is an error, not rows that end early.
  wait_end_of_query: 1,
  cancel_http_readonly_queries_on_client_close: 1,
  timeout_before_checking_execution_speed: 0,
  timeout_overflow_mode: 'throw',
  result_overflow_mode: 'break',
}

/**
 * A ClickHouse server, over HTTP: `clickhouse://user:password@host:8123/database`, with `?secure=1` over TLS. Each query is read only,
 * within a time and a number of rows that the server itself keeps; a signal closes the request, which stops it. A user with `readonly = 1`
 * cannot be used: it may not say that missing rows of a join are empty.
 */
export async function openClickhouse(url: string): Promise<Warehouse> {
  const address = hideSecrets(url)
  const client = connect(url)
  try {
    const isReadOnly = await probe(client, address)
    const query: Warehouse['query'] = (sql, parameters, limits) =>
      runLimited(client, sql, parameters, limits, isReadOnly ? {} : { readonly: '1' })
    return {
      dialect: 'clickhouse',
      address,
      query,
      listTables: () => listClickhouseTables(query),
      close: () => client.close(),
    }
  } catch (error) {
    await client.close()
    throw error
  }
}

function connect(url: string): Client {
  // Only web addresses are read with all their parts.
  const place = new URL(url.replace(/^clickhouse:/i, 'http:'))
  const isSecure = ['1', 'true'].includes(place.searchParams.get('secure') ?? '')
  const port = place.port || (isSecure ? '8443' : '8123')
  return createClient({
    url: `${isSecure ? 'https' : 'http'}://${place.hostname}:${port}`,
    username: decodeURIComponent(place.username) || 'default',
    password: decodeURIComponent(place.password),
    database: decodeURIComponent(place.pathname.slice(1)) || 'default',
    application: 'hunch',
    max_open_connections: 4,
    // Queries have limits of their own.
    request_timeout: 24 * 3_600_000,
    keep_alive: { enabled: true, eagerly_destroy_stale_sockets: true },
    log: { level: ClickHouseLogLevel.OFF },
    // A long list of values does not fit into an address.
    use_multipart_params_auto: true,
  })
}

/** Whether the user's queries are read only already; then they may set all but that. */
async function probe(client: Client, address: string): Promise<boolean> {
  let level: unknown
  try {
    const result = await client.query({
      query: "SELECT toUInt8(getSetting('readonly'))",
      format: 'JSONCompactEachRow',
      abort_signal: AbortSignal.timeout(10_000),
    })
    level = (await result.json<readonly unknown[]>())[0]?.[0]
  } catch (error) {
    throw nameRefusal(error, address)
  }
  if (level !== 1) return level === 2
  throw new Failure(`the user of \`${address}\` may change no setting of a query`, {
    code: 'warehouse-refused',
    hint: 'Give the user a profile with `readonly = 2`: it still cannot write, but may say how a query runs.',
  })
}

const codeOf = (error: unknown): number => (error instanceof ClickHouseError ? Number(error.code) : 0)

/** `REQUIRED_PASSWORD`, `UNKNOWN_USER`, `WRONG_PASSWORD`, `AUTHENTICATION_FAILED`. */
const refusals = new Set([192, 193, 194, 516])

function nameRefusal(error: unknown, address: string): Failure {
  const code = codeOf(error)
  const obstacle = refusals.has(code) ? 'login' : code === 81 ? 'database' : 'server'
  return nameConnectFailure(obstacle, address, error, 'the port of its HTTP interface, 8123 or, with `?secure=1`, 8443')
}

/** `INVALID_JOIN_ON_EXPRESSION`: also where a server that reorders joins has lost a key that comes to a constant. It keeps it in order. */
const invalidJoin = 403

async function runLimited(
  client: Client,
  sql: string,
  parameters: readonly Cell[],
  { timeoutMs, rowsMax, signal }: QueryLimits,
  access: ClickHouseSettings,
): Promise<Rows> {
  if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
  refuseOthers(sql)
  const startedAt = performance.now()
  const patience = AbortSignal.timeout(timeoutMs + graceMs)
  const ask = (more: ClickHouseSettings) =>
    client.query({
      query: sql,
      format: 'JSONCompactEachRowWithNamesAndTypes',
      query_params: Object.fromEntries(parameters.map((value, at) => [`p${at + 1}`, value])),
      clickhouse_settings: {
        ...sessionSettings,
        ...access,
        ...more,
        max_execution_time: Math.max(1, timeoutMs) / 1000,
        max_result_rows: String(rowsMax + 1),
      },
      abort_signal: signal ? AbortSignal.any([signal, patience]) : patience,
    })
  try {
    const result = await ask({}).catch((error: unknown) => {
      if (codeOf(error) !== invalidJoin) throw error
      // A server that does not know the setting says so; what it said first is the better reason.
      return ask({ query_plan_optimize_join_order_limit: '0' }).catch(() => Promise.reject(error))
    })
    return { ...(await readRows(result, rowsMax)), ms: performance.now() - startedAt }
  } catch (error) {
    throw nameFailure(error, { timeoutMs, isCancelled: signal?.aborted === true, isLate: patience.aborted })
  }
}

/** Queries run read only anyway; this says so before the server does. */
function refuseOthers(sql: string): void {
  const start = sql.replace(/^(?:\s+|--[^\r\n]*(?:[\r\n]|$)|\/\*[\s\S]*?\*\/)+/, '')
  if (!/^(?:select|with|\()/i.test(start))
    throw new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only' })
}

/** Names, types, then rows, a line each. */
async function readRows(result: Awaited<ReturnType<Client['query']>>, rowsMax: number) {
  let columns: readonly string[] | undefined
  let read: readonly ((value: unknown) => Cell)[] | undefined
  const rows: Cell[][] = []
  for await (const lines of result.stream()) {
    for (const line of lines) {
      const cells = JSON.parse(line.text) as readonly unknown[]
      if (columns === undefined) columns = cells.map(String)
      else if (read === undefined) read = cells.map((type) => chooseReader(String(type)))
      else if (rows.length <= rowsMax) rows.push(cells.map((cell, at) => read![at]!(cell)))
    }
  }
  return { columns: columns ?? [], rows: rows.slice(0, rowsMax), truncated: rows.length > rowsMax }
}

function nameFailure(
  error: unknown,
  {
    timeoutMs,
    isCancelled,
    isLate,
  }: { readonly timeoutMs: number; readonly isCancelled: boolean; readonly isLate: boolean },
): Failure {
  const code = codeOf(error)
  // 394: somebody stopped it on the server.
  if (isCancelled || code === 394)
    return new Failure('the query was cancelled', { code: 'warehouse-cancelled', cause: error })
  // `TIMEOUT_EXCEEDED`, `TOO_SLOW`
  if (isLate || code === 159 || code === 160)
    return new Failure(`the query took longer than ${timeoutMs} ms and was stopped`, {
      code: 'warehouse-timeout',
      hint: 'Narrow the time range, or allow more time.',
      cause: error,
    })
  if (code === 164)
    return new Failure('the SQL is no query: a warehouse is only read', { code: 'warehouse-read-only', cause: error })
  if (code === 62 && /multi-statements/i.test(describeError(error)))
    return new Failure('the SQL holds several statements, not one', { code: 'warehouse-statement', cause: error })
  if (code === 0)
    return new Failure(`the connection was lost: ${reasonOf(error)}`, {
      code: 'warehouse-unreachable',
      retry: true,
      cause: error,
    })
  return new Failure(`the warehouse refused the query: ${reasonOf(error)}`, { code: 'warehouse-query', cause: error })
}
