/**
 * Generated against hand-written SQL: six typical explorations over generated rows in a DuckDB file (5 million unless a number is given),
 * each the best of fifteen runs. `node bench/sql.ts [rows]`; exits with 1 when one takes more than 1.2 times as long.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expectAccepted } from '../src/base/diagnostic.ts'
import { utcCalendar } from '../src/base/periods.ts'
import type { Catalog, FieldType, Model, Relation } from '../src/catalog/catalog.ts'
import { compile } from '../src/dsl/compile.ts'
import { openWarehouse } from '../src/warehouse/open-warehouse.ts'

const rowCount = Number(process.argv[2] ?? 5_000_000)
const runsPerQuery = 15
const ratioMax = 1.2
const asOf = '2025-01-01'

function model(name: string, fields: Readonly<Record<string, FieldType>>, relations: readonly Relation[]): Model {
  const all = Object.entries(fields).map(([field, type]) => ({
    name: field,
    column: field,
    type,
    label: field,
    description: undefined,
    synonyms: [],
    unit: undefined,
    values: [],
    hidden: false,
    pii: false,
  }))
  return {
    name,
    source: { table: `${name}s` },
    key: ['id'],
    label: name,
    description: undefined,
    synonyms: [],
    fields: Object.fromEntries(all.map((field) => [field.name, field])),
    relations: Object.fromEntries(relations.map((relation) => [relation.name, relation])),
    semantics: undefined,
    metrics: {},
    policies: [],
    explorations: [],
  }
}

const relation = (name: string, to: string, cardinality: 'one' | 'many', own: string, other: string): Relation => ({
  name,
  label: name,
  to,
  cardinality,
  pairs: [{ own, other }],
  valid: undefined,
  through: undefined,
})

const account = { id: 'number', plan: 'text', country: 'text', created_at: 'timestamp' } as const
const event = { id: 'number', account_id: 'number', name: 'text', at: 'timestamp', amount: 'number' } as const
const catalog: Catalog = {
  models: {
    account: model('account', account, [relation('events', 'event', 'many', 'id', 'account_id')]),
    event: model('event', event, [relation('account', 'account', 'one', 'account_id', 'id')]),
  },
  calendar: utcCalendar,
  events: [],
}

interface Case {
  readonly title: string
  readonly exploration: string
  readonly sql: string
}

const cases: readonly Case[] = [
  {
    title: 'shared scan: days by two fields',
    exploration:
      'from event\nwhere at in last 400 days\ngroup by day(at), name: n = count(), total = sum(amount), large = count(where amount > 90) / count()',
    sql: `SELECT "at"::date, name, count(*), sum(amount), count(*) FILTER (WHERE amount > 90) / count(*) FROM events
      WHERE "at" >= TIMESTAMP '2023-11-28' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'the same in Tallinn',
    exploration: 'timezone Europe/Tallinn\nfrom event\nwhere at in last 400 days\ngroup by day(at), name: n = count()',
    sql: `SELECT ("at"::timestamptz AT TIME ZONE 'Europe/Tallinn')::date, name, count(*) FROM events
      WHERE "at" >= TIMESTAMP '2023-11-27 22:00:00' AND "at" < TIMESTAMP '2024-12-31 22:00:00' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'through a relation',
    exploration: 'from event\nwhere at in 2024\ngroup by month(at), account.plan: n = count(), total = sum(amount)',
    sql: `SELECT date_trunc('month', e."at")::date, a.plan, count(*), sum(e.amount) FROM events e LEFT JOIN accounts a ON a.id = e.account_id
      WHERE e."at" >= TIMESTAMP '2024-01-01' AND e."at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2 ORDER BY 1, 2`,
  },
  {
    title: 'related rows, then their mean',
    exploration: 'from account\nadd n = count(events where name = "login")\ngroup by plan: mean = avg(n)',
    sql: `SELECT plan, avg(coalesce(n, 0)) FROM accounts LEFT JOIN
      (SELECT account_id, count(*) AS n FROM events WHERE name = 'login' GROUP BY 1) c ON c.account_id = accounts.id GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'distinct and median',
    exploration: 'from event\ngroup by week(at): accounts = count_distinct(account), middle = median(amount)',
    sql: `SELECT date_trunc('week', "at")::date, count(DISTINCT account_id), median(amount) FROM events GROUP BY 1 ORDER BY 1`,
  },
  {
    title: 'fill, previous and share',
    exploration:
      'from event\nwhere at in 2024\ngroup by day(at), name: n = count()\nfill day per name with 0\nadd before = previous(n)\nadd share = n / total(n per day)\nsort day, name',
    sql: `WITH daily AS (SELECT "at"::date AS day, name, count(*) AS n FROM events
        WHERE "at" >= TIMESTAMP '2024-01-01' AND "at" < TIMESTAMP '2025-01-01' GROUP BY 1, 2),
      grid AS (SELECT day, name FROM (SELECT unnest(generate_series(TIMESTAMP '2024-01-01', TIMESTAMP '2024-12-31', INTERVAL 1 day))::date AS day)
        CROSS JOIN (SELECT DISTINCT name FROM daily)),
      filled AS (SELECT day, name, coalesce(n, 0) AS n FROM grid LEFT JOIN daily USING (day, name))
      SELECT day, name, n, lag(n) OVER (PARTITION BY name ORDER BY day), n / sum(n) OVER (PARTITION BY day) FROM filled ORDER BY 1, 2`,
  },
]

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

const warehouse = await openWarehouse(`duckdb:${file}`, { folder: '/' })
const limits = { timeoutMs: 120_000, rowsMax: 1_000_000 }

async function measure(sql: string, parameters: readonly (string | number | boolean | null)[]) {
  const { rows, ms } = await warehouse.query(sql, parameters, limits)
  return { rows: rows.length, ms }
}

let worst = 0
try {
  for (const { title, exploration, sql } of cases) {
    const compiled = expectAccepted(compile(exploration, { catalog, calendar: utcCalendar, asOf, dialect: 'duckdb' }))
    let [generated, written] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    let rows = [0, 0]
    for (let run = 0; run < runsPerQuery; run++) {
      const one = await measure(compiled.sql, compiled.parameters)
      const other = await measure(sql, [])
      generated = Math.min(generated, one.ms)
      written = Math.min(written, other.ms)
      rows = [one.rows, other.rows]
    }
    const ratio = generated / written
    worst = Math.max(worst, ratio)
    const times = `${generated.toFixed(0).padStart(6)} ms generated ${written.toFixed(0).padStart(6)} ms by hand`
    console.log(`${title.padEnd(34)} ${times}  ratio ${ratio.toFixed(2)}  rows ${rows.join(' = ')}`)
  }
} finally {
  await warehouse.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`worst ratio ${worst.toFixed(2)}, at most ${ratioMax}, over ${rowCount} rows`)
process.exitCode = worst > ratioMax ? 1 : 0
