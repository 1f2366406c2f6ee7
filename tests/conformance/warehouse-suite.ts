import { expect, test } from 'vitest'
import type { Engine } from './open-engines.ts'

/** Tables that the suite below reads. The engines take these statements, ClickHouse translated. */
export const suiteStatements: readonly string[] = [
  'CREATE TABLE numbers (n INTEGER)',
  'INSERT INTO numbers SELECT * FROM generate_series(1, 25000)',
  `CREATE TABLE kinds (whole BIGINT, exact DECIMAL(30, 12), wide DECIMAL(12, 2), real DOUBLE PRECISION, flag BOOLEAN, day DATE,
    naive TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, words TEXT)`,
  `INSERT INTO kinds VALUES
    (42, 0.5, 12.50, 0.1, true, '2024-03-31', '2024-03-31 01:00:00', '2024-03-31 03:00:00.125+02', 'Zoë 😀'),
    (9007199254740993, 123456789012345678.123456789012, -0.01, 1e300, false, '1969-12-31', '1969-12-31 23:59:59.999999', '2024-10-27 00:30:00+00', ''),
    (NULL, NULL, NULL, 'NaN', NULL, NULL, NULL, NULL, NULL)`,
  'CREATE TABLE nothing (a INTEGER)',
]

const limits = { timeoutMs: 20_000, rowsMax: 1000 }

/** A query that no machine ends within the tests' patience. */
const endless = `SELECT count(*) FROM numbers AS a CROSS JOIN numbers AS b CROSS JOIN numbers AS c WHERE a.n + b.n + c.n = 7`

const typedParameters =
  'SELECT $1::text AS t, $2::bigint AS w, $3::double precision AS d, $4::boolean AS b, $5::date AS day, $6::text AS empty'

/** What every warehouse promises, whatever its engine. `parametersSql` selects parameters of each kind as its dialect writes them. */
export function describeWarehouse(engine: () => Engine, parametersSql = typedParameters): void {
  const query = (sql: string, parameters: readonly (string | number | boolean | null)[] = [], more = {}) =>
    engine().warehouse.query(sql, parameters, { ...limits, ...more })

  test('cells are normalised', async () => {
    const { columns, rows } = await query('SELECT * FROM kinds ORDER BY whole IS NULL, whole')
    expect(columns).toEqual(['whole', 'exact', 'wide', 'real', 'flag', 'day', 'naive', 'zoned', 'words'])
    expect(rows).toEqual([
      [42, 0.5, 12.5, 0.1, true, '2024-03-31', '2024-03-31T01:00:00Z', '2024-03-31T01:00:00.125Z', 'Zoë 😀'],
      [
        '9007199254740993',
        '123456789012345678.123456789012',
        -0.01,
        1e300,
        false,
        '1969-12-31',
        '1969-12-31T23:59:59.999999Z',
        '2024-10-27T00:30:00Z',
        '',
      ],
      [null, null, null, null, null, null, null, null, null],
    ])
  })

  test('rows past the cap are cut and said to be', async () => {
    const sql = 'SELECT n FROM numbers ORDER BY n'
    const cut = await query(sql)
    expect([cut.rows.length, cut.truncated, cut.rows.at(-1)]).toEqual([1000, true, [1000]])
    const whole = await query(sql, [], { rowsMax: 25_000 })
    expect([whole.rows.length, whole.truncated]).toEqual([25_000, false])
    const none = await query('SELECT n FROM numbers WHERE n < 0')
    expect([none.rows, none.columns, none.truncated]).toEqual([[], ['n'], false])
  })

  test('a query past its time is stopped, and the warehouse goes on', async () => {
    await expect(query(endless, [], { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'warehouse-timeout',
      message: 'the query took longer than 300 ms and was stopped',
    })
    expect((await query('SELECT 1 AS one')).rows).toEqual([[1]])
  })

  test('a query is cancelled by its signal, before it starts and while it runs', async () => {
    await expect(query('SELECT 1', [], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'warehouse-cancelled',
    })
    const controller = new AbortController()
    const running = query(endless, [], { signal: controller.signal })
    setImmediate(() => controller.abort())
    await expect(running).rejects.toMatchObject({ code: 'warehouse-cancelled', message: 'the query was cancelled' })
    expect((await query('SELECT 1 AS one')).rows).toEqual([[1]])
  })

  test('several statements are refused', async () => {
    await expect(query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'warehouse-statement' })
    await expect(query('SELECT 1; DROP TABLE nothing; --')).rejects.toMatchObject({ code: 'warehouse-statement' })
  })

  test.each([
    'INSERT INTO nothing VALUES (1)',
    'UPDATE numbers SET n = 0',
    'DELETE FROM numbers',
    'DROP TABLE nothing',
    'CREATE TABLE more (a INTEGER)',
    '-- SELECT\nCREATE TEMPORARY TABLE more (a INTEGER)',
    'COMMIT',
    "SET TimeZone = 'Asia/Tokyo'",
  ])('%s is refused', async (sql) => {
    await expect(query(sql)).rejects.toMatchObject({ code: 'warehouse-read-only' })
    expect((await query('SELECT count(*) FROM nothing')).rows).toEqual([[0]])
  })

  test('a mistake in the SQL is a failure in words', async () => {
    await expect(query('SELECT missing FROM numbers')).rejects.toMatchObject({
      code: 'warehouse-query',
      message: expect.stringMatching(/^the warehouse refused the query: .*missing/),
    })
  })

  test('parameters of every kind arrive as they were given', async () => {
    const values = ["o'clock; -- $1 😀", 7, 0.1, true, '2024-02-29', null]
    const types = ['text', 'number', 'number', 'boolean', 'date', 'text'] as const
    expect((await query(parametersSql, values, { types })).rows).toEqual([values])
  })

  test('tables are listed with their columns and rows', async () => {
    const tables = await engine().warehouse.listTables()
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['kinds', 3],
      ['nothing', 0],
      ['numbers', 25_000],
    ])
    expect(tables[2]?.columns).toMatchObject([{ name: 'n', type: expect.stringMatching(/^int/i), nullable: true }])
  })
}
