/**
 * Generated against hand-written SQL: twenty typical explorations over generated rows, each the best of several runs. `node bench/sql.ts [rows]` on
 * a DuckDB file (10 million rows unless a number is given), `node bench/sql.ts --postgres [rows]` in a database of its own (2 million); with
 * `--only=<pattern>` those whose title it is found in. Exits with 1 when the median ratio is over 1.2 or one is over 2.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { expectAccepted } from '../src/base/diagnostic.ts'
import { utcCalendar } from '../src/base/periods.ts'
import { compile } from '../src/dsl/compile.ts'
import { openWarehouse } from '../src/warehouse/open-warehouse.ts'
import { cases, catalog } from './sql/cases.ts'

const isPostgres = process.argv.includes('--postgres')
const rowCount = Number(process.argv.find((one) => /^\d+$/.test(one)) ?? (isPostgres ? 2_000_000 : 10_000_000))
const only = new RegExp(process.argv.find((one) => one.startsWith('--only='))?.slice('--only='.length) ?? '')
const runsPerQuery = 5
const [medianMax, worstMax] = [1.2, 2]
const asOf = '2025-01-01'

async function fillDuckdb() {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-bench-'))
  const file = join(folder, 'bench.duckdb')
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  await connection.run('SELECT setseed(0.5)')
  await connection.run(`CREATE TABLE accounts AS SELECT i AS id, ['free', 'pro', 'team', NULL][1 + (i * 7 % 4)::int] AS plan,
  ['EE', 'DE', 'US', 'FR', 'FI'][1 + (i * 13 % 5)::int] AS country, TIMESTAMP '2020-01-01' + to_seconds(i * 1571) AS created_at FROM range(100000) t(i)`)
  await connection.run(`CREATE TABLE events AS SELECT i AS id, (random() * 110000)::int AS account_id,
  ['login', 'view', 'edit', 'share', 'invite', 'export'][1 + (random() * 5)::int] AS name,
  TIMESTAMP '2023-01-01' + to_seconds((random() * 63072000)::bigint) AS "at", (random() * 10000)::int / 100.0::double AS amount FROM range(${rowCount}) t(i)`)
  connection.disconnectSync()
  instance.closeSync()
  return { url: `duckdb:${file}`, remove: async () => rmSync(folder, { recursive: true, force: true }) }
}

async function fillPostgres() {
  const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const name = `hunch_bench_${process.pid}`
  const url = new URL(server)
  url.pathname = `/${name}`
  const run = async (at: string, statements: readonly string[]) => {
    const client = new pg.Client(at)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  await run(server, [`CREATE DATABASE ${name}`])
  await run(url.href, [
    'SELECT setseed(0.5)',
    `CREATE TABLE accounts AS SELECT i AS id, (ARRAY['free', 'pro', 'team', NULL])[1 + i * 7 % 4] AS plan,
      (ARRAY['EE', 'DE', 'US', 'FR', 'FI'])[1 + i * 13 % 5] AS country, TIMESTAMP '2020-01-01' + i * 1571 * INTERVAL '1 second' AS created_at
      FROM generate_series(0, 99999) t(i)`,
    `CREATE TABLE events AS SELECT i AS id, (random() * 110000)::int AS account_id,
      (ARRAY['login', 'view', 'edit', 'share', 'invite', 'export'])[1 + (random() * 5)::int] AS name,
      TIMESTAMP '2023-01-01' + floor(random() * 63072000) * INTERVAL '1 second' AS "at", (random() * 10000)::int / 100.0::double precision AS amount
      FROM generate_series(1, ${rowCount}) t(i)`,
    'ALTER TABLE accounts ADD PRIMARY KEY (id)',
    'CREATE INDEX ON events (account_id)',
    'CREATE INDEX ON events ("at")',
    'VACUUM ANALYZE accounts',
    'VACUUM ANALYZE events',
  ])
  return { url: url.href, remove: () => run(server, [`DROP DATABASE ${name} WITH (FORCE)`]) }
}

const { url, remove } = await (isPostgres ? fillPostgres() : fillDuckdb())
const warehouse = await openWarehouse(url, { folder: '/' })
const dialect = isPostgres ? 'postgres' : 'duckdb'
const limits = { timeoutMs: 300_000, rowsMax: 1_000_000 }

async function measure(sql: string, parameters: readonly (string | number | boolean | null)[]) {
  const { rows, ms } = await warehouse.query(sql, parameters, limits)
  return { rows: rows.length, ms }
}

const ratios: number[] = []
try {
  for (const { title, exploration, sql, postgres } of cases.filter((one) => only.test(one.title))) {
    const compiled = expectAccepted(compile(exploration, { catalog, calendar: utcCalendar, asOf, dialect }))
    const byHand = isPostgres ? (postgres ?? sql) : sql
    let [generated, written] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    let rows = [0, 0]
    for (let run = 0; run < runsPerQuery; run++) {
      const one = await measure(compiled.sql, compiled.parameters)
      const other = await measure(byHand, [])
      generated = Math.min(generated, one.ms)
      written = Math.min(written, other.ms)
      rows = [one.rows, other.rows]
    }
    ratios.push(generated / written)
    const times = `${generated.toFixed(0).padStart(6)} ms generated ${written.toFixed(0).padStart(6)} ms by hand`
    console.log(`${title.padEnd(42)} ${times}  ratio ${(generated / written).toFixed(2)}  rows ${rows.join(' = ')}`)
  }
} finally {
  await warehouse.close()
  await remove()
}
const sorted = ratios.toSorted((a, b) => a - b)
const [median, worst] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0]
console.log(`median ratio ${median.toFixed(2)}, worst ${worst.toFixed(2)}, over ${rowCount} rows in ${dialect}`)
process.exitCode = median > medianMax || worst > worstMax ? 1 : 0
