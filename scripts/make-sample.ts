/**
 * Writes the sample company into a DuckDB file: `node scripts/make-sample.ts [FILE] [--null] [--seed N] [--until YYYY-MM-DD]`.
 * `--null` plants nothing.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { makeSample, sampleSeed, sampleUntil } from '../src/sample/make-sample.ts'
import { loadDuckdb } from '../src/warehouse/load-duckdb.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    null: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(sampleSeed) },
    until: { type: 'string', default: sampleUntil },
  },
})
const file = positionals[0] ?? 'examples/saas/.hunch/saas.duckdb'
const tables = makeSample({ seed: Number(values.seed), until: values.until, planted: !values.null })
mkdirSync(dirname(file), { recursive: true })
rmSync(file, { force: true })
await loadDuckdb(file, tables)
for (const { name, rows } of tables) console.log(`${name}: ${rows} rows`)
console.log(`written to ${file}`)
