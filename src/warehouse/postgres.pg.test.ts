import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Engine, openPostgresEngine } from '../../tests/conformance/open-engines.ts'
import { describeWarehouse, suiteStatements } from '../../tests/conformance/warehouse-suite.ts'
import { openWarehouse } from './open-warehouse.ts'

let engine: Engine
let odd: Engine

beforeAll(async () => {
  engine = await openPostgresEngine([...suiteStatements, 'CREATE SEQUENCE tickets'])
  odd = await openPostgresEngine(['CREATE SCHEMA "odd.schema"', 'CREATE TABLE "odd.schema"."T" (a int)'])
})

afterAll(async () => {
  await engine.close()
  await odd.close()
})

describe('a Postgres database', () => describeWarehouse(() => engine))

test('tables of other schemas are listed with their schema, in quotes where a point stands in it', async () => {
  expect((await odd.warehouse.listTables()).map(({ name }) => name)).toEqual(['"odd.schema".T'])
})

const limits = { timeoutMs: 5000, rowsMax: 10 }

test('the transaction is read only even for a function that writes', async () => {
  const write = engine.warehouse.query("SELECT nextval('tickets')", [], limits)
  await expect(write).rejects.toMatchObject({ code: 'warehouse-read-only' })
})

test('a value with a NUL character is refused before it is sent', async () => {
  const ask = engine.warehouse.query('SELECT $1::text', ['a\0b'], limits)
  await expect(ask).rejects.toMatchObject({ code: 'warehouse-value' })
})

test('a server that does not listen is unreachable, and the message holds no password', async () => {
  const open = openWarehouse('postgres://me:secret@127.0.0.1:9/db', { folder: '/' })
  await expect(open).rejects.toMatchObject({
    code: 'warehouse-unreachable',
    retry: true,
    message: '`postgres://127.0.0.1:9/db` cannot be reached: connect ECONNREFUSED 127.0.0.1:9',
  })
})

test('a database that is not there is named', async () => {
  const url = new URL(process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres')
  url.pathname = '/hunch_no_such_database'
  await expect(openWarehouse(url.href, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-not-found',
    message: expect.stringMatching(/^there is no database at `postgres:\/\/[^@]*\/hunch_no_such_database`$/),
  })
})
