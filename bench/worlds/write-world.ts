import { once } from 'node:events'
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { makeAccounts } from './make-accounts.ts'
import { makeRows } from './make-rows.ts'
import { countForOracle, type OracleCounts } from './oracle.ts'
import type { Effect, Trade } from './trade.ts'

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const text = value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, 19) : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const sqlTypes: Readonly<Record<string, string>> = {
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}
const types = (columns: readonly (readonly [name: string, type: string])[]) =>
  `{${columns.map(([name, type]) => `'${name}': '${sqlTypes[type]}'`).join(', ')}}`

const toFields = (columns: readonly (readonly [name: string, type: string])[]) =>
  Object.fromEntries(columns.map(([name, type]) => [name, { type, ...(/(^|_)id$/.test(name) && { hidden: true }) }]))

function writeCatalog(trade: Trade, columns: readonly (readonly [string, string])[]): string {
  const { model, metrics, slices, time, accounts, kind = 'event', events = [] } = trade
  const entries = Object.entries(metrics)
  const metricsOf = (wanted: string) =>
    Object.fromEntries(
      entries.flatMap(([name, { moves: _, of = model, ...metric }]) =>
        of === wanted ? [[name, { time: time.field, slices, ...metric }]] : [],
      ),
    )
  const others = Object.entries(trade.models ?? {}).map(([name, one]) => [
    name,
    { ...(one as object), metrics: metricsOf(name) },
  ])
  const account = accounts && {
    table: 'accounts',
    key: 'id',
    fields: toFields([['id', 'number'], ...accountColumns(trade).slice(1)]),
    relations: { [`${model}s`]: { to: model, many: 'account_id' } },
    semantics: { kind: 'account', name: 'name', created: 'created_at' },
    metrics: {},
  }
  const models = {
    [model]: {
      table: 'happened',
      key: 'id',
      fields: toFields(columns),
      relations: { ...(account && { account: { to: 'account', one: 'account_id' } }), ...trade.relations },
      semantics: kind === 'event' ? { kind, time: time.field } : { kind },
      metrics: metricsOf(model),
    },
    ...(account && { account }),
    ...Object.fromEntries(others),
  }
  return JSON.stringify({ models, ...(events.length > 0 && { events }) }, null, 1)
}

const accountColumns = ({ accounts }: Trade): readonly (readonly [string, string])[] => [
  ['id', 'number'],
  ['name', 'text'],
  ...Object.keys(accounts?.fields ?? {}).map((name) => [name, 'text'] as const),
  ['created_at', 'timestamp'],
]

/** Writes a workspace of a trade: a DuckDB file, its catalog and configuration. Returns what a reader who knows the plants would compare. */
export async function writeWorld(
  folder: string,
  trade: Trade,
  seed: number,
  effects: readonly Effect[],
): Promise<readonly OracleCounts[]> {
  const random = createRandom(seed)
  const accounts = makeAccounts(trade, random)
  const columns: readonly (readonly [string, string])[] = [
    ['id', 'number'],
    ...(accounts.length > 0 ? [['account_id', 'number'] as const] : []),
    ...Object.keys(trade.fields).map((name) => [name, 'text'] as const),
    ...Object.entries(trade.columns).map(([name, { type }]) => [name, type] as const),
    [trade.time.field, trade.time.type],
  ]
  mkdirSync(join(folder, 'catalog'), { recursive: true })
  const files = { happened: join(folder, 'happened.csv'), accounts: join(folder, 'accounts.csv') }
  const oracle = countForOracle(effects, trade.days)
  const stream = createWriteStream(files.happened)
  let [id, buffer] = [0, `${columns.map(([name]) => name).join(',')}\n`]
  for (const made of makeRows(trade, accounts, effects, random)) {
    oracle.add(made)
    const { at, account, row, values } = made
    const time = trade.time.type === 'date' ? at.toISOString().slice(0, 10) : at
    const cells = [
      ++id,
      ...(accounts.length > 0 ? [accounts[account]!.id] : []),
      ...Object.keys(trade.fields).map((name) => row[name]),
      ...Object.keys(trade.columns).map((name) => values[name]),
      time,
    ]
    buffer += `${cells.map(cell).join(',')}\n`
    if (buffer.length > 1e6) {
      if (!stream.write(buffer)) await once(stream, 'drain')
      buffer = ''
    }
  }
  stream.end(buffer)
  await once(stream, 'finish')
  const lines = accounts.map((one) =>
    [one.id, `Company ${one.id}`, ...Object.values(one.fields), addPeriods(trade.asOf, -one.began, 'day')]
      .map(cell)
      .join(','),
  )
  writeFileSync(files.accounts, [accountColumns(trade).map(([name]) => name), ...lines].join('\n'))
  await load(
    join(folder, 'warehouse.duckdb'),
    [
      ['happened', files.happened, types(columns)],
      ...(accounts.length > 0 ? [['accounts', files.accounts, types(accountColumns(trade))] as const] : []),
    ],
    trade.tables,
  )
  for (const file of Object.values(files)) rmSync(file)
  writeFileSync(join(folder, 'catalog', 'trade.yaml'), writeCatalog(trade, columns))
  const config = `workspace: ${trade.name.replaceAll(' ', '-')}\ntimezone: ${trade.timezone ?? 'UTC'}\nwarehouse: duckdb:./warehouse.duckdb\ncatalog: ./catalog\n`
  writeFileSync(join(folder, 'hunch.yaml'), config)
  return oracle.counts
}

async function load(
  file: string,
  tables: readonly (readonly [name: string, csv: string, types: string])[],
  made: Trade['tables'] = {},
) {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  for (const [name, csv, columns] of tables)
    await connection.run(`create table ${name} as from read_csv('${csv}', columns = ${columns}, header = true)`)
  for (const [name, sql] of Object.entries(made)) await connection.run(`create table ${name} as ${sql}`)
  connection.closeSync()
  instance.closeSync()
}
