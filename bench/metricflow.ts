/**
 * Requests of MetricFlow's integration tests, written as explorations over catalogs that its semantic manifests are translated to, and run
 * beside their SQL on DuckDB, or with `--postgres` on Postgres (`OUTSIDE_POSTGRES`; a database is made there and dropped again).
 * `node bench/metricflow.ts <folder of the questions>`, and maybe `--only id`, `--family name`, `--sql`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { expectAccepted, Rejection } from '../src/base/diagnostic.ts'
import { readGold } from '../src/llm/read-gold.ts'
import { judgeRequest, readRequests } from './outside/metricflow/judge-request.ts'
import { readManifest } from './outside/metricflow/read-manifest.ts'
import { copyTables, isUnique, loadTables, readTables } from './outside/metricflow/tables.ts'
import { translateManifest } from './outside/metricflow/translate-manifest.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    family: { type: 'string' },
    sql: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
  },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('name the folder of the questions: node bench/metricflow.ts <folder>')
  process.exit(2)
}
process.on('uncaughtException', (error) => {
  console.error(error instanceof Rejection ? error.message : error)
  process.exit(1)
})

const name = join(import.meta.dirname, 'outside', 'metricflow.md')
const written = new Map(
  expectAccepted(readGold({ name, text: readFileSync(name, 'utf8') })).map((one) => [one.question, one]),
)
const tables = readTables(folder)
const loaded = await loadTables(folder, tables)
const engine = values.postgres ? 'postgres' : 'duckdb'
const url = process.env.OUTSIDE_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const warehouse = values.postgres ? await copyTables(loaded, tables, url) : loaded
const facts = { tables, isUnique: (table: string, columns: readonly string[]) => isUnique(loaded, table, columns) }
const catalogs = new Map<string, Awaited<ReturnType<typeof translateManifest>>>()
const families = new Map<string, { same: number; all: number }>()
const misses: string[] = []

for (const request of readRequests(folder)) {
  if (values.only !== undefined && request.id !== values.only) continue
  if (values.family !== undefined && request.family !== values.family) continue
  const catalog =
    catalogs.get(request.manifest) ?? (await translateManifest(readManifest(folder, request.manifest), facts))
  catalogs.set(request.manifest, catalog)
  const miss = await judgeRequest(request, written.get(request.id), { catalog, warehouse, engine, showSql: values.sql })
  const family = families.get(request.family) ?? { same: 0, all: 0 }
  families.set(request.family, { same: family.same + (miss === undefined ? 1 : 0), all: family.all + 1 })
  if (miss !== undefined) misses.push(`${request.id}: ${miss}`)
}
await warehouse.close()
if (warehouse !== loaded) await loaded.close()

const all = [...families.values()]
const whole = { same: all.reduce((sum, { same }) => sum + same, 0), all: all.reduce((sum, one) => sum + one.all, 0) }
for (const [family, { same, all: count }] of [...families, ['in all', whole] as const])
  console.log(`${family.padEnd(30)} ${String(same).padStart(4)} of ${count}`)
for (const miss of misses) console.log(`  ${miss}`)
