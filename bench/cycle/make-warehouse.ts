import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { DuckDBInstance } from '@duckdb/node-api'
import { openDatabase } from '../../src/store/database.ts'

/** What a bench changes of the table: the values of each field that measures are cut by, how many measures, and days. */
export interface EventsShape {
  readonly rows?: number
  readonly fields?: readonly number[]
  readonly metrics?: number
  readonly days?: number
}

const allFields = [5, 8, 10, 12, 16, 20, 30, 50]
const allDays = 182
/** Days judged at first, and the one more of the second cycle. */
export const firstDay = '2026-09-29'
export const secondDay = '2026-09-30'

const metrics = [
  'events: { measure: count(), time: at',
  'value: { measure: sum(amount), time: at',
  'mean_value: { measure: avg(amount), time: at',
  'done_rate: { measure: "count(where done) / count()", time: at, format: percent',
]

const writeCatalog = ({ fields = allFields, metrics: count = metrics.length }: EventsShape) => `models:
  event:
    table: events
    key: id
    fields:
      id: { type: number, hidden: true }
${fields.map((values) => `      f${values}: { type: text }`).join('\n')}
      amount: { type: number }
      done: { type: boolean }
      at: { type: timestamp }
    metrics:
${metrics
  .slice(0, count)
  .map((metric) => `      ${metric}, slices: [${fields.map((values) => `f${values}`).join(', ')}] }`)
  .join('\n')}
`

/** Values of a field are not alike in size: the first has about twice the rows of the last. */
const pickValue = (count: number, draw: string) => `'v' || floor(${count} * power(${draw}, 1.3))::int`

/** Rows in about equal numbers on each day, the day after the last one begun; every number from a hash of the row's id. */
const selectRows = (
  rows: number,
  series: string,
  hash: (salt: number) => string,
  { fields = allFields, days = allDays }: EventsShape,
) => `
  select id, ${fields.map((count, at) => `${pickValue(count, hash(at))} as f${count}`).join(', ')},
    20 + 60 * ${hash(20)} as amount, ${hash(21)} < 0.3 as done,
    timestamp '${secondDay} 00:00:00' + interval '1 day' - floor(${hash(22)} * ${days}) * interval '1 day' - interval '1 second' - ${hash(23)} * interval '23 hours' as at
  from ${series.replace('ROWS', String(rows))}`

async function fillDuckdb(file: string, rows: number, shape: EventsShape): Promise<void> {
  const instance = await DuckDBInstance.create(file, { threads: '2' })
  const connection = await instance.connect()
  const hash = (salt: number) => `((hash(id * 64 + ${salt}) >> 12) / power(2, 52))`
  await connection.run(`create table events as ${selectRows(rows, 'range(ROWS) as ids(id)', hash, shape)}`)
  await connection.run('checkpoint')
  connection.closeSync()
  instance.closeSync()
}

async function fillPostgres(url: string, rows: number, shape: EventsShape): Promise<void> {
  const database = openDatabase(url)
  const hash = (salt: number) =>
    `((hashint8extended(id, ${salt}) >> 11) & 4503599627370495) / 4503599627370496.0::float8`
  await database.raw('drop table if exists events')
  await database.raw(`create table events as ${selectRows(rows, 'generate_series(1, ROWS) as ids(id)', hash, shape)}`)
  await database.raw('analyze events')
  await database.destroy()
}

async function fillClickhouse(url: string, rows: number, { fields = allFields, days = allDays }: EventsShape) {
  const { hostname, port, username, pathname } = new URL(url)
  const database = pathname.slice(1) || 'default'
  const client = createClient({
    url: `http://${hostname}:${port}`,
    username,
    database,
    request_timeout: 600_000,
    log: { level: ClickHouseLogLevel.ERROR },
  })
  const hash = (salt: number) => `(bitShiftRight(cityHash64(number * 64 + ${salt}), 12) / pow(2, 52))`
  const values = fields.map(
    (count, at) => `concat('v', toString(toInt32(floor(${count} * pow(${hash(at)}, 1.3))))) as f${count}`,
  )
  await client.command({ query: 'drop table if exists events' })
  await client.command({
    query: `create table events engine = MergeTree order by at as
  select number as id, ${values.join(', ')}, 20 + 60 * ${hash(20)} as amount, ${hash(21)} < 0.3 as done,
    toDateTime('${secondDay} 23:59:59', 'UTC') - toIntervalDay(toInt32(floor(${hash(22)} * ${days}))) - toIntervalSecond(toInt32(${hash(23)} * 82800)) as at
  from numbers(${rows})`,
  })
  await client.close()
}

/** A workspace in `folder` over ten million (or `rows`) events, in a DuckDB file or in the Postgres or ClickHouse of an address. Gives its configuration. */
export async function makeWarehouse(
  folder: string,
  rows: number,
  address?: string,
  shape: EventsShape = {},
): Promise<string> {
  if (address?.startsWith('clickhouse:')) await fillClickhouse(address, rows, shape)
  else if (address) await fillPostgres(address, rows, shape)
  else await fillDuckdb(join(folder, 'events.duckdb'), rows, shape)
  mkdirSync(join(folder, 'catalog'))
  writeFileSync(join(folder, 'catalog', 'events.yaml'), writeCatalog(shape))
  const config = join(folder, 'hunch.yaml')
  writeFileSync(
    config,
    `workspace: bench\nwarehouse: ${address ?? 'duckdb:./events.duckdb'}\ncatalog: ./catalog\nengine: { fdr: 0.05, budget: { hypotheses: 60000, seconds: 600 }, shown: 5 }\n`,
  )
  return config
}
