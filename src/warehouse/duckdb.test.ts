import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openDuckdbEngine } from '../../tests/conformance/open-engines.ts'
import { describeWarehouse, suiteStatements } from '../../tests/conformance/warehouse-suite.ts'
import { openWarehouse } from './open-warehouse.ts'

let engine: Engine
let folder = ''

beforeAll(async () => {
  engine = await openDuckdbEngine(suiteStatements)
  folder = await mkdtemp(join(tmpdir(), 'hunch-duckdb-test-'))
})

afterAll(async () => {
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a DuckDB file', () => describeWarehouse(() => engine))

const run = (sql: string) => engine.warehouse.query(sql, [], { timeoutMs: 5000, rowsMax: 10 })

test('neither files nor settings can be reached from a query', async () => {
  await expect(run("SELECT * FROM read_text('/etc/passwd')")).rejects.toMatchObject({ code: 'warehouse-query' })
  await expect(run("SELECT * FROM '/etc/passwd'")).rejects.toMatchObject({ code: 'warehouse-query' })
  await expect(run("COPY numbers TO '/tmp/hunch-copy'")).rejects.toMatchObject({ code: 'warehouse-query' })
  await expect(run("ATTACH '/tmp/other.duckdb'")).rejects.toMatchObject({ code: 'warehouse-read-only' })
  await expect(run('INSTALL httpfs')).rejects.toMatchObject({ code: 'warehouse-read-only' })
  const settings = ['lock_configuration', 'TimeZone', 'disabled_optimizers']
  const { rows } = await run(`SELECT ${settings.map((name) => `current_setting('${name}')`).join(', ')}`)
  const [[isLocked, timezone, disabled] = []] = rows
  expect([isLocked, timezone]).toEqual([true, 'UTC'])
  expect(String(disabled).split(',').sort()).toEqual(['common_subplan', 'top_n_window_elimination'])
})

test('a missing file and a file of another kind are failures in words', async () => {
  const gone = join(folder, 'gone.duckdb')
  await expect(openWarehouse('duckdb:gone.duckdb', { folder })).rejects.toMatchObject({
    code: 'warehouse-not-found',
    message: `there is no database file \`${gone}\``,
  })
  await writeFile(join(folder, 'text.duckdb'), 'id,name\n1,a\n'.repeat(1000))
  await expect(openWarehouse('duckdb:./text.duckdb', { folder })).rejects.toMatchObject({
    code: 'warehouse-unreachable',
    message: expect.stringMatching(/^`.*text\.duckdb` cannot be opened: /),
  })
})

test('an address of no known kind is refused without its secrets', async () => {
  await expect(openWarehouse('mongodb://me:secret@host/db', { folder })).rejects.toMatchObject({
    code: 'warehouse-unknown',
    message: '`mongodb://host/db` is no address of a warehouse',
  })
})
