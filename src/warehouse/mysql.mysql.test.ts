import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '../../tests/conformance/open-engines.ts'
import { openMariadbEngine } from '../../tests/conformance/open-mariadb.ts'
import { describeWarehouse } from '../../tests/conformance/warehouse-suite.ts'
import { openWarehouse } from './open-warehouse.ts'

const serverUrl = process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306'

const statements = [
  'CREATE TABLE numbers (n INTEGER)',
  'INSERT INTO numbers SELECT seq FROM seq_1_to_25000',
  `CREATE TABLE kinds (whole BIGINT, exact DECIMAL(30, 12), wide DECIMAL(12, 2), \`real\` DOUBLE, flag BOOLEAN, day DATE,
    naive TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, words VARCHAR(40))`,
  `INSERT INTO kinds VALUES
    (42, 0.5, 12.50, 0.1, true, '2024-03-31', '2024-03-31 01:00:00', '2024-03-31 01:00:00.125', 'Zoë 😀'),
    (9007199254740993, 123456789012345678.123456789012, -0.01, 1e300, false, '1969-12-31', '1969-12-31 23:59:59.999999', '2024-10-27 00:30:00', ''),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`,
  'CREATE TABLE nothing (a INTEGER)',
  "CREATE TABLE odd (bits BIT(12), flag BIT(1), small FLOAT, year YEAR, bytes VARBINARY(4), states ENUM('b', 'a'), doc JSON, large BIGINT UNSIGNED, rating TINYINT)",
  `INSERT INTO odd VALUES (b'101', b'1', 0.1, 2024, x'00ff', 'a', '{"a": 1}', 18446744073709551615, 1)`,
  'CREATE SEQUENCE tickets',
]

let engine: Engine
let odd: Engine

beforeAll(async () => {
  engine = await openMariadbEngine(statements.slice(0, 5))
  odd = await openMariadbEngine(statements.slice(5))
})

afterAll(async () => {
  await engine.close()
  await odd.close()
})

const parametersSql = 'SELECT ? AS t, CAST(? AS SIGNED) AS w, ? AS d, ? AS b, CAST(? AS DATE) AS day, ? AS empty'

describe('a MariaDB database', () => describeWarehouse(() => engine, parametersSql))

const limits = { timeoutMs: 5000, rowsMax: 10 }

test('cells of other types become what is nearest to them', async () => {
  const { rows } = await odd.warehouse.query('SELECT * FROM odd', [], limits)
  expect(rows).toEqual([[5, true, 0.1, 2024, '\\x00ff', 'a', '{"a": 1}', '18446744073709551615', 1]])
})

test('what a plan knows to be boolean is, and what it knows to be a number is not', async () => {
  const sql = 'SELECT rating > 0 AS x, flag AS y FROM odd'
  const read = async (...types: readonly ('boolean' | 'number')[]) =>
    (await odd.warehouse.query(sql, [], { ...limits, types })).rows
  expect(await read('boolean', 'number')).toEqual([[true, 1]])
  expect(await read('number', 'boolean')).toEqual([[1, true]])
})

test('the session is read only even for a function that writes, a lock or a file', async () => {
  for (const sql of [
    'SELECT NEXTVAL(tickets)',
    'SELECT * FROM odd FOR UPDATE',
    "SELECT 1 INTO OUTFILE '/tmp/never'",
    "SELECT 1 /*! INTO OUTFILE '/tmp/never' */",
    'WITH x AS (SELECT 1) DELETE FROM odd',
  ])
    await expect(odd.warehouse.query(sql, [], limits), sql).rejects.toMatchObject({
      code: expect.stringMatching(/^warehouse-(read-only|query)$/),
    })
  expect((await odd.warehouse.query('SELECT count(*) FROM odd', [], limits)).rows).toEqual([[1]])
})

test('words of statements may stand in texts, names and comments', async () => {
  const sql = "SELECT 'a; DROP TABLE odd' AS `into; x` -- ; DELETE\n/* FOR UPDATE; */ FROM odd"
  expect(await odd.warehouse.query(sql, [], limits)).toMatchObject({
    columns: ['into; x'],
    rows: [['a; DROP TABLE odd']],
  })
})

test('the session does not depend on how the server is configured', async () => {
  const sql = "SELECT @@time_zone, @@sql_mode, @@collation_connection, 'a' || 'b', 5 - CAST(6 AS UNSIGNED)"
  expect((await odd.warehouse.query(sql, [], limits)).rows).toEqual([
    ['+00:00', 'NO_UNSIGNED_SUBTRACTION', 'utf8mb4_nopad_bin', 0, -1],
  ])
})

test('a server that does not listen is unreachable, and the message holds no password', async () => {
  const open = openWarehouse('mysql://me:secret@127.0.0.1:9/db', { folder: '/' })
  await expect(open).rejects.toMatchObject({
    code: 'warehouse-unreachable',
    retry: true,
    message: '`mysql://127.0.0.1:9/db` cannot be reached: connect ECONNREFUSED 127.0.0.1:9',
  })
})

test('a database that is not there is named, a wrong password refused, and a broken address explained', async () => {
  const url = new URL(serverUrl)
  url.pathname = '/hunch_no_such_database'
  await expect(openWarehouse(url.href, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-not-found',
    message: expect.stringMatching(/^there is no database at `mysql:\/\/[^@]*\/hunch_no_such_database`$/),
  })
  await expect(openWarehouse(`mysql://nobody:secret@${url.host}/x`, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-refused',
    message: expect.not.stringContaining('secret'),
  })
  await expect(openWarehouse('mysql://me:%zz@host/db', { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-unknown',
  })
})

test('collations that do not go together are explained', async () => {
  const sql = "SELECT 1 FROM odd WHERE _latin1'a' COLLATE latin1_bin = _latin1'a' COLLATE latin1_swedish_ci"
  await expect(odd.warehouse.query(sql, [], limits)).rejects.toMatchObject({
    code: 'warehouse-query',
    hint: expect.stringContaining('one collation'),
  })
})

test('nothing is left connected when it is closed', async () => {
  const { warehouse, close } = await openMariadbEngine([])
  await warehouse.query('SELECT 1', [], limits)
  const connection = await createConnection({ uri: serverUrl })
  const database = warehouse.address.split('/').at(-1)
  const count = async () => {
    const [rows] = await connection.query('SELECT count(*) AS n FROM information_schema.processlist WHERE db = ?', [
      database,
    ])
    return (rows as unknown as [{ n: number }])[0].n
  }
  expect(await count()).toBeGreaterThan(0)
  await close()
  await expect.poll(count).toBe(0)
  await connection.end()
})
