import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Diagnostic, Rejection } from '../base/diagnostic.ts'
import { openWarehouse } from './open-warehouse.ts'
import type { Warehouse } from './warehouse.ts'

const limits = { timeoutMs: 10_000, rowsMax: 1000 }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-files-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content)
const open = () => openWarehouse('files:.', { folder })

async function query(sql: string) {
  const warehouse = await open()
  try {
    return (await warehouse.query(sql, [], limits)).rows
  } finally {
    await warehouse.close()
  }
}

async function findMistakes(): Promise<readonly Diagnostic[]> {
  const opened: Warehouse | Error = await open().catch((error: Error) => error)
  if (opened instanceof Rejection) return opened.diagnostics
  throw opened instanceof Error ? opened : new Error('the folder was opened')
}

test('csv, gzipped csv and parquet files become tables with the types of their values', async () => {
  await write('orders.csv', 'id,amount,paid,at,day\n1,2.50,true,2024-03-31 01:00:00,2024-03-31\n2,,false,,\n')
  await write('items.csv.gz', gzipSync('sku;name\n7;"a;b"\n'))
  const duckdb = await (await DuckDBInstance.create()).connect()
  await duckdb.run(`COPY (SELECT 9 AS n) TO '${join(folder, 'numbers.parquet')}' (FORMAT parquet)`)
  const warehouse = await open()
  const tables = await warehouse.listTables()
  const { rows } = await warehouse.query('SELECT * FROM orders ORDER BY id', [], limits)
  const items = await warehouse.query('SELECT * FROM items', [], limits)
  await warehouse.close()
  expect(tables.map((table) => [table.name, table.rows, table.columns.map(({ type }) => type).join(' ')])).toEqual([
    ['items', 1, 'BIGINT VARCHAR'],
    ['numbers', 1, 'INTEGER'],
    ['orders', 2, 'BIGINT DOUBLE BOOLEAN TIMESTAMP DATE'],
  ])
  expect(rows).toEqual([
    [1, 2.5, true, '2024-03-31T01:00:00Z', '2024-03-31'],
    [2, null, false, null, null],
  ])
  expect(items.rows).toEqual([[7, 'a;b']])
})

test('numbers with a decimal comma are numbers, where all of a column are', async () => {
  await write('orders.csv', 'id;day;amount;note\n1;31.03.2024;1.234,50;1,5\n2;01.04.2024;-7,25;none\n3;02.04.2024;;2\n')
  await write('plain.csv', 'id;amount\n1;0,5\n2;12\n')
  await write('thousands.csv', 'id;seats\n1;"1,234"\n2;"12"\n')
  await write('points.csv', 'id;price;code\n1;2.5;1,5\n')
  await write('versions.csv', 'id;version\n1;1.234.567\n')
  expect(await query('SELECT day::varchar, amount, note FROM orders ORDER BY id')).toEqual([
    ['2024-03-31', 1234.5, '1,5'],
    ['2024-04-01', -7.25, 'none'],
    ['2024-04-02', null, '2'],
  ])
  expect(await query('SELECT sum(amount) FROM plain')).toEqual([[12.5]])
  expect(await query('SELECT seats FROM thousands ORDER BY id')).toEqual([['1,234'], ['12']])
  expect(await query('SELECT price, code FROM points')).toEqual([[2.5, '1,5']])
  expect(await query('SELECT version FROM versions')).toEqual([['1.234.567']])
})

test('odd file names are tables like any other', async () => {
  await write("o'rders [2024]*.csv", 'a\n1\n')
  await write('v1.2.csv', 'a\n2\n')
  expect(await query(`SELECT * FROM "o'rders [2024]*" UNION ALL SELECT * FROM "v1.2" ORDER BY 1`)).toEqual([[1], [2]])
})

test('a text among numbers, however late, makes the column text', async () => {
  const lines = Array.from({ length: 30_000 }, (_, at) => `${at},${at}`)
  await write('late.csv', `id,code\n${lines.join('\n')}\n30000,C1\n`)
  expect(await query('SELECT count(*), max(code) FROM late')).toEqual([[30_001, 'C1']])
})

test('a broken line names its file, its number and what is wrong', async () => {
  await write('short.csv', 'id,name,amount\n1,a,2\n2,b\n3,c,4\n')
  await write('long.csv', 'id,name\n1,a\n2,b,3\n')
  expect((await findMistakes()).map(({ message }) => message).sort()).toEqual([
    'line 3 of `long.csv` has 3 columns, not 2',
    'line 3 of `short.csv` has 2 columns, not 3',
  ])
})

test('of many broken lines the first ones are named and the others counted', async () => {
  await write('many.csv', `id,name\n${'1,a\n'.repeat(10)}${'2\n'.repeat(8)}`)
  const messages = (await findMistakes()).map(({ message }) => message)
  expect(messages[0]).toBe('line 12 of `many.csv` has 1 column, not 2')
  expect(messages.at(-1)).toBe('3 more lines of `many.csv` are broken')
})

test('a quote that is never closed names the line that opened it', async () => {
  await write('quote.csv', 'id,name\n1,a\n2,"b\n3,c\n')
  expect((await findMistakes()).map(({ message }) => message)).toEqual([
    'line 3 of `quote.csv` opens a quote that is never closed',
  ])
})

test('bytes that are no UTF-8 name their line', async () => {
  await write('latin.csv', Buffer.from([...Buffer.from('id,name\n1,'), 0xe9, 0x0a]))
  expect((await findMistakes()).map(({ message }) => message)).toEqual([
    'line 2 of `latin.csv` holds bytes that are no UTF-8',
  ])
})

test('an empty file is said to be empty, and a header alone is a table without rows', async () => {
  await write('nothing.csv', '')
  expect((await findMistakes()).map(({ message }) => message)).toEqual(['`nothing.csv` is empty'])
  await write('nothing.csv', 'id,name\n')
  expect(await query('SELECT count(*) FROM nothing')).toEqual([[0]])
})

test('a file that is no parquet is named', async () => {
  await write('fake.parquet', 'id,name\n1,a\n')
  const [mistake] = await findMistakes()
  expect(mistake?.message).toMatch(/^`fake.parquet` cannot be read as parquet: /)
})

test('a missing folder, a folder without files and two files for one table are failures in words', async () => {
  await expect(openWarehouse('files:./gone', { folder })).rejects.toMatchObject({
    code: 'warehouse-not-found',
    message: `there is no folder \`${join(folder, 'gone')}\``,
  })
  await expect(open()).rejects.toMatchObject({ message: `\`${folder}\` holds no csv or parquet file` })
  await write('a.csv', 'x\n1\n')
  await write('A.csv.gz', gzipSync('x\n1\n'))
  await expect(open()).rejects.toMatchObject({ message: '`A.csv.gz` and `a.csv` would both be the table `A`' })
})

test('once loaded, no other file can be read', async () => {
  await write('a.csv', 'x\n1\n')
  const warehouse = await open()
  const read = warehouse.query(`SELECT * FROM read_csv('${join(folder, 'a.csv')}')`, [], limits)
  await expect(read).rejects.toMatchObject({ code: 'warehouse-query' })
  await warehouse.close()
})
