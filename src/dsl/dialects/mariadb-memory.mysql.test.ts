import { createConnection } from 'mysql2/promise'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixtureCatalog } from '../../../tests/conformance/fixture-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { compile } from '../compile.ts'

const memoryMax = 192 * 1024 * 1024

let connection: Awaited<ReturnType<typeof createConnection>>

beforeAll(async () => {
  connection = await createConnection({ uri: process.env.TEST_MYSQL_URL ?? 'mysql://root@127.0.0.1:3306' })
  const name = `hunch_test_memory_${process.pid}`
  await connection.query(`CREATE DATABASE ${name}`)
  await connection.query(`USE ${name}`)
  await connection.query('CREATE TABLE events (id bigint, user_id bigint, name text, at datetime(6))')
  await connection.query("INSERT INTO events VALUES (1, 1, 'login', '2025-01-02'), (2, 1, 'login', '2025-04-05')")
})

afterAll(async () => {
  await connection.query(`DROP DATABASE hunch_test_memory_${process.pid}`)
  await connection.end()
})

const calendar = { timezone: 'UTC', weekStarts: 1, fiscalYearStarts: 1 } as const

const compileChain = (link: string, count: number) =>
  compile(`from event\ngroup by month(at): n = count()\nfill month with 0${link.repeat(count)}`, {
    catalog: fixtureCatalog(calendar),
    calendar,
    asOf: '2025-06-01',
    dialect: 'mariadb',
  })

const fill = '\ngroup by month: n = sum(n)\nfill month with previous'
const look = '\ngroup by month: n = sum(n)\nadd before = previous(n)\nadd both = n + before\nshow month, both as n'

test.each([
  ['fill', fill, 5],
  ['previous', look, 9],
])('a chain of %s is prepared in little memory', async (_, link, count) => {
  const { sql, parameters } = expectAccepted(compileChain(link, count))
  await connection.query(`SET max_session_mem_used = ${memoryMax}`)
  const [rows] = await connection.execute(sql, [...parameters])
  expect(rows).toHaveLength(4)
})

test('what would take more is refused before it is sent', () => {
  expect(compileChain(fill, 7).diagnostics).toMatchObject([
    {
      code: 'too-many-readings',
      message: 'MariaDB would work out the steps 21,866 times over; 20,000 is the most',
    },
  ])
})
