import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClickhouseEngine } from '../../tests/conformance/open-clickhouse.ts'
import type { Engine } from '../../tests/conformance/open-engines.ts'
import { describeWarehouse, suiteStatements } from '../../tests/conformance/warehouse-suite.ts'
import { openWarehouse } from './open-warehouse.ts'

let engine: Engine
beforeAll(async () => {
  engine = await openClickhouseEngine(suiteStatements)
})

afterAll(async () => {
  await engine?.close()
})

describe('a ClickHouse database', () =>
  describeWarehouse(
    () => engine,
    `SELECT {p1:String} AS t, {p2:Int64} AS w, {p3:Float64} AS d, {p4:Bool} AS b, {p5:Date32} AS day, {p6:Nullable(String)} AS empty`,
  ))

const limits = { timeoutMs: 5000, rowsMax: 10 }
const run = async (sql: string, parameters: readonly (string | number)[] = [], more = {}) =>
  (await engine.warehouse.query(sql, parameters, { ...limits, ...more })).rows

test('types of ClickHouse read as what they hold', async () => {
  const rows = await run(
    `SELECT toUInt64(18446744073709551615), toInt256('-170141183460469231731687303715884105728'), toUInt8(255), toFloat32(0.1), inf,
       toDate('2024-02-29'), toDateTime('2024-01-01 00:00:00', 'Asia/Tokyo'), toDateTime64('2024-01-01 00:00:00.123456789', 9, 'UTC'),
       CAST('x' AS LowCardinality(Nullable(String))), CAST('b' AS Enum8('a' = 1, 'b' = 2)), toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0'),
       [1, 2], map('k', NULL), toDecimal256('1234567890123456789012345.5', 10), NULL`,
  )
  expect(rows).toEqual([
    [
      '18446744073709551615',
      '-170141183460469231731687303715884105728',
      255,
      0.1,
      null,
      '2024-02-29',
      '2023-12-31T15:00:00Z',
      '2024-01-01T00:00:00.123456Z',
      'x',
      'b',
      '61f0c404-5cb3-11e7-907b-a6006ad3dba0',
      '[1,2]',
      '{"k":null}',
      '1234567890123456789012345.5',
      null,
    ],
  ])
})

test('the cap on rows cuts the answer and nothing that it is made of', async () => {
  const sql = `WITH many AS (SELECT number AS n FROM numbers(5000))
    SELECT count(), (SELECT count() FROM many), sum(n IN (SELECT n + 10 FROM many)) FROM many LEFT JOIN many AS other ON other.n = many.n`
  expect(await run(sql, [], { rowsMax: 1 })).toEqual([[5000, 5000, 4990]])
})

test('a query that was cancelled no longer runs on the server', async () => {
  const controller = new AbortController()
  const sql = 'SELECT count() FROM numbers(1e6) AS a CROSS JOIN numbers(1e6) AS b WHERE a.number + b.number = 7'
  const running = engine.warehouse.query(sql, [], { ...limits, timeoutMs: 60_000, signal: controller.signal })
  const countRunning = () =>
    run("SELECT count() FROM system.processes WHERE query LIKE '%CROSS JOIN%' AND query NOT LIKE '%processes%'")
  while ((await countRunning())[0]?.[0] !== 1);
  controller.abort()
  await expect(running).rejects.toMatchObject({ code: 'warehouse-cancelled' })
  while ((await countRunning())[0]?.[0] !== 0);
})

test('files, other servers and settings cannot be reached from a query', async () => {
  const refused = { code: 'warehouse-read-only' }
  await expect(run("SELECT * FROM file('/etc/passwd', 'LineAsString')")).rejects.toMatchObject(refused)
  await expect(run("SELECT * FROM url('http://127.0.0.1:9/', 'LineAsString')")).rejects.toMatchObject(refused)
  await expect(run('SELECT 1 SETTINGS max_execution_time = 0')).rejects.toMatchObject(refused)
  await expect(run('WITH 1 AS x INSERT INTO nothing SELECT x')).rejects.toMatchObject(refused)
  expect(await run('SELECT timezone()')).toEqual([['UTC']])
})

test('a long list of values is no matter', async () => {
  const values = Array.from({ length: 3000 }, (_, at) => `value ${at}`)
  const sql = `SELECT count() WHERE 'value 2999' IN (${values.map((_, at) => `{p${at + 1}:String}`).join(', ')})`
  expect(await run(sql, values)).toEqual([[1]])
})

/** The engine's address with another user, or another database. */
function addressOf(change: (url: URL) => void): string {
  const url = new URL(engine.warehouse.address.replace('clickhouse:', 'http:'))
  change(url)
  return url.href.replace('http:', 'clickhouse:')
}

test('a user who may only read is served, one who may change no setting is told what to change', async () => {
  const reader = await openWarehouse(
    addressOf((url) => {
      url.username = 'reader'
    }),
    { folder: '/' },
  )
  expect((await reader.query('SELECT count() FROM numbers', [], limits)).rows).toEqual([[25_000]])
  await expect(reader.query('WITH 1 AS x INSERT INTO nothing SELECT x', [], limits)).rejects.toMatchObject({
    code: 'warehouse-read-only',
  })
  await reader.close()
  const locked = addressOf((url) => {
    url.username = 'locked'
  })
  await expect(openWarehouse(locked, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-refused',
    hint: expect.stringContaining('readonly = 2'),
  })
})

test('a wrong password, a missing database and a deaf server are failures in words, without the password', async () => {
  const wrong = addressOf((url) => {
    url.username = 'me'
    url.password = 'secret'
  })
  await expect(openWarehouse(wrong, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-refused',
    message: expect.stringMatching(/^`clickhouse:\/\/127[^@]*` refuses the user name or password$/),
  })
  const gone = addressOf((url) => {
    url.pathname = '/hunch_no_such_database'
  })
  await expect(openWarehouse(gone, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-not-found',
    message: expect.stringMatching(/^there is no database at `clickhouse:\/\/[^@]*\/hunch_no_such_database`$/),
  })
  await expect(openWarehouse('clickhouse://me:secret@127.0.0.1:9/db', { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-unreachable',
    retry: true,
    message: '`clickhouse://127.0.0.1:9/db` cannot be reached: connect ECONNREFUSED 127.0.0.1:9',
  })
})
