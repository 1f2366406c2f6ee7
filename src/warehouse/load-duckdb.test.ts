import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { TableBlock } from '../base/table-block.ts'
import { loadDuckdb } from './load-duckdb.ts'
import { openWarehouse } from './open-warehouse.ts'

function makeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-load-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'x.duckdb')
}

async function read(file: string, sql: string) {
  const warehouse = await openWarehouse(`duckdb:${file}`, { folder: '/' })
  try {
    return (await warehouse.query(sql, [], { timeoutMs: 10_000, rowsMax: 10 })).rows
  } finally {
    await warehouse.close()
  }
}

test('each kind of column arrives with its values, and its empty ones', async () => {
  const file = makeFile()
  const table: TableBlock = {
    name: 'odd "name"',
    rows: 2,
    columns: [
      { name: 'id', kind: 'integer', values: Int32Array.of(-1, 2_147_483_647) },
      { name: 'x', kind: 'number', values: Float64Array.of(0.1, Number.NaN) },
      { name: 'at', kind: 'timestamp', values: Float64Array.of(Date.UTC(2026, 8, 30, 23, 59, 59), Number.NaN) },
      {
        name: 'word',
        kind: 'text',
        codes: Int32Array.of(1, -1),
        words: ['a', 'Tallinn "ä" 🎉 and a text of more than twelve bytes'],
      },
    ],
  }
  await loadDuckdb(file, [table])
  expect(await read(file, 'select * from "odd ""name""" order by id')).toEqual([
    [-1, 0.1, '2026-09-30T23:59:59Z', 'Tallinn "ä" 🎉 and a text of more than twelve bytes'],
    [2_147_483_647, null, null, null],
  ])
})

test('rows of several chunks keep their order and number, and a table without rows is there', async () => {
  const file = makeFile()
  const values = Int32Array.from({ length: 5000 }, (_, index) => index)
  await loadDuckdb(file, [
    { name: 'many', rows: 5000, columns: [{ name: 'n', kind: 'integer', values }] },
    { name: 'none', rows: 0, columns: [{ name: 'n', kind: 'integer', values: new Int32Array() }] },
  ])
  expect(await read(file, 'select count(*), min(n), max(n), count(distinct n) from many')).toEqual([
    [5000, 0, 4999, 5000],
  ])
  expect(await read(file, 'select count(*) from none')).toEqual([[0]])
})

test('a table that is there already is not replaced', async () => {
  const file = makeFile()
  const table: TableBlock = { name: 't', rows: 1, columns: [{ name: 'n', kind: 'integer', values: Int32Array.of(1) }] }
  await loadDuckdb(file, [table])
  await expect(loadDuckdb(file, [table])).rejects.toThrow(/already exists/)
})
