import { expect, test } from 'vitest'
import { utcCalendar } from '../base/periods.ts'
import { readBigqueryAddress } from './bigquery.ts'
import { readBigqueryCell } from './bigquery-cells.ts'
import { checkWarehouse } from './check-warehouse.ts'
import { openWarehouse } from './open-warehouse.ts'
import { refuseOthers } from './refuse-others.ts'
import { readSnowflakeAddress } from './snowflake.ts'
import { readSnowflakeCell } from './snowflake-cells.ts'
import type { Warehouse } from './warehouse.ts'

test.each([
  ['snowflake://me:secret@xy12345/acme/public?warehouse=small', 'snowflake-sdk'],
  ['bigquery://acme/shop?location=EU', '@google-cloud/bigquery'],
])('%s says which driver is missing, and that it is not run', async (url, driver) => {
  await expect(openWarehouse(url, { folder: '/' })).rejects.toMatchObject({
    code: 'warehouse-driver',
    message: expect.stringMatching(`^\`${driver}\`, which .* is read with, is not installed$`),
    hint: expect.stringContaining('has not been run against a live warehouse'),
  })
})

test('addresses are read in their parts', () => {
  expect(readSnowflakeAddress('snowflake://me:a%40b@xy12345.eu/acme/public?warehouse=small&role=reader')).toEqual({
    account: 'xy12345.eu',
    username: 'me',
    password: 'a@b',
    database: 'acme',
    schema: 'public',
    warehouse: 'small',
    role: 'reader',
  })
  expect(readBigqueryAddress('bigquery://acme-eu/shop?location=EU')).toEqual({
    project: 'acme-eu',
    dataset: 'shop',
    location: 'EU',
  })
  expect(() => readSnowflakeAddress('snowflake://me:secret@host')).toThrow('`snowflake://host` is no address')
  expect(() => readBigqueryAddress('bigquery://acme')).toThrow('is no address of a BigQuery')
})

test('cells of Snowflake are normalised', () => {
  const cells = [
    ['fixed', '42'],
    ['fixed', '9007199254740993'],
    ['fixed', '12.50'],
    ['real', '0.1'],
    ['boolean', true],
    ['date', '2024-03-31'],
    ['timestamp_ntz', '2024-03-31 01:00:00.000000'],
    ['timestamp_tz', '2024-03-31 03:00:00.125000 +0200'],
    ['timestamp_tz', '1969-12-31 16:59:59.999999 -0700'],
    ['text', 'Zoë 😀'],
    ['variant', { a: 1 }],
    ['text', null],
  ] as const
  expect(cells.map(([type, value]) => readSnowflakeCell(type, value))).toEqual([
    42,
    '9007199254740993',
    12.5,
    0.1,
    true,
    '2024-03-31',
    '2024-03-31T01:00:00Z',
    '2024-03-31T01:00:00.125Z',
    '1969-12-31T23:59:59.999999Z',
    'Zoë 😀',
    '{"a":1}',
    null,
  ])
})

test('cells of BigQuery are normalised', () => {
  const cells = [
    ['INTEGER', { value: '42' }],
    ['INTEGER', { value: '9007199254740993' }],
    ['NUMERIC', { toString: () => '123456789012345678.123456789' }],
    ['FLOAT', 0.1],
    ['FLOAT', Number.NaN],
    ['BOOLEAN', false],
    ['DATE', { value: '2024-03-31' }],
    ['TIMESTAMP', { value: '2024-03-31T01:00:00.000Z' }],
    ['TIMESTAMP', { value: '2024-03-31T01:00:00.125001Z' }],
    ['DATETIME', { value: '2024-03-31T01:00:00' }],
    ['STRING', 'Zoë 😀'],
    ['STRING', null],
  ] as const
  expect(cells.map(([type, value]) => readBigqueryCell(type, value))).toEqual([
    42,
    '9007199254740993',
    '123456789012345678.123456789',
    0.1,
    null,
    false,
    '2024-03-31',
    '2024-03-31T01:00:00Z',
    '2024-03-31T01:00:00.125001Z',
    '2024-03-31T01:00:00Z',
    'Zoë 😀',
    null,
  ])
})

test('what is no single query is refused before it is sent', () => {
  for (const sql of ['SELECT 1', "-- DROP\nWITH x AS (SELECT ';') SELECT * FROM x;", '/* ; */ (SELECT 1)'])
    expect(() => refuseOthers(sql)).not.toThrow()
  for (const sql of ['DROP TABLE x', 'CALL p()', '-- SELECT\nMERGE INTO x USING y'])
    expect(() => refuseOthers(sql)).toThrow('is no query')
  expect(() => refuseOthers('SELECT 1; SELECT 2')).toThrow('several statements')
})

test('a check says that an engine is not run', async () => {
  const warehouse: Warehouse = {
    dialect: 'snowflake',
    address: 'snowflake://xy12345/acme',
    query: () => Promise.reject(new Error('asked')),
    listTables: async () => [],
    close: async () => undefined,
  }
  expect(await checkWarehouse({ models: {}, calendar: utcCalendar, events: [] }, warehouse)).toMatchObject([
    {
      code: 'unproven-engine',
      severity: 'warning',
      message: 'SQL for Snowflake has not been run against a live warehouse',
    },
  ])
})
