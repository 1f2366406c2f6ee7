import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Rejection } from '../../base/diagnostic.ts'
import type { CommandInput } from '../command.ts'
import { query } from './query.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-query-'))
  await mkdir(join(folder, 'data'))
  await mkdir(join(folder, 'catalog'))
  await writeFile(join(folder, 'data', 'orders.csv'), 'id,country,amount\n1,EE,10.5\n2,DE,3\n3,EE,\n')
  await writeFile(
    join(folder, 'catalog', 'order.yaml'),
    'models:\n  order:\n    table: orders\n    key: id\n    fields:\n      id: { type: number }\n      country: { type: text }\n      amount: { type: number }\n',
  )
  await writeFile(
    join(folder, 'hunch.yaml'),
    'workspace: shop\ntimezone: UTC\nwarehouse: files:./data\ncatalog: ./catalog\n',
  )
  await writeFile(join(folder, 'by-country.hunch'), text)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const text = 'from order\nwhere amount > 1\ngroup by country: orders = count(), amount = sum(amount)\n'

async function run(options: CommandInput['options'], file?: string, format: CommandInput['format'] = 'text') {
  const out: string[] = []
  const err: string[] = []
  const streams = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    isTerminal: false,
  }
  const configFile = join(folder, 'hunch.yaml')
  const input = { arguments: [file], options, configFile, format, signal: new AbortController().signal }
  const code = await query.run(input, streams)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('a file is run and its rows are printed as a table, counts on the error stream', async () => {
  const { code, out, err } = await run({ asOf: '2026-01-02' }, join(folder, 'by-country.hunch'))
  expect(code).toBe(0)
  expect(out.split('\n')).toEqual([
    'country  orders  amount',
    '───────  ──────  ──────',
    'DE            1       3',
    'EE            1    10.5',
  ])
  expect(err).toMatch(/^2 rows in .* as of 2026-01-02$/)
})

test('JSON is what the contract says', async () => {
  const { out } = await run({ exploration: text, asOf: '2026-01-02' }, undefined, 'json')
  expect(JSON.parse(out)).toMatchObject({
    columns: [
      { name: 'country', type: 'text' },
      { name: 'orders', type: 'number' },
      { name: 'amount', type: 'number' },
    ],
    rows: [
      ['DE', 1, 3],
      ['EE', 1, 10.5],
    ],
    rowCount: 2,
    truncated: false,
    sql: expect.stringContaining('FROM orders'),
    parameters: [1],
    asOf: '2026-01-02',
    exploration: expect.stringContaining('from order'),
    fixes: [],
    lints: [],
    ms: expect.any(Number),
  })
})

test('steps are explained, SQL is shown with its values, and a step is run on its own', async () => {
  const explained = await run({ exploration: text, explain: true })
  expect(explained.out.split('\n')).toHaveLength(3)
  expect(explained.out).toMatch(/^1\. /)
  const shown = await run({ exploration: text, sql: true })
  expect(shown.out).toContain('WHERE amount > $1')
  expect(shown.out).toContain('-- $1 = 1')
  const { out } = await run({ exploration: text, step: '1' }, undefined, 'json')
  expect(JSON.parse(out).rowCount).toBe(2)
})

test('parameters take the values that are given, and the text of the run holds them', async () => {
  const exploration = 'param least number = 5\nfrom order\nwhere amount > least\nshow country'
  const rows = async (param?: readonly string[]) =>
    JSON.parse(
      (await run({ exploration, asOf: '2026-01-02', ...(param && { param: [...param] }) }, undefined, 'json')).out,
    )
  expect((await rows()).rows).toEqual([['EE']])
  expect(await rows(['least=2'])).toMatchObject({
    rows: [['EE'], ['DE']],
    parameters: [2],
    exploration: expect.stringContaining('param least number = 2\n'),
  })
})

test('steps of several blocks stand under their names', async () => {
  const exploration = `block small\n${text}\nfrom block small\nsort orders`
  const { out } = await run({ exploration, explain: true })
  expect(out.split('\n').map((line) => line.slice(0, 9))).toEqual([
    'small:',
    '1. Start ',
    '2. Keep o',
    '3. For ea',
    'The resul',
    '4. Start ',
    '5. Sort r',
  ])
  const { out: cut } = await run({ exploration, step: '2' }, undefined, 'json')
  expect(JSON.parse(cut).rowCount).toBe(2)
})

test.each([
  [{}, 'there is no exploration to run'],
  [{ exploration: text, asOf: 'yesterday' }, '`--as-of` is `yesterday`, not a day'],
  [{ exploration: text, asOf: '2026-13-45' }, '`--as-of` is `2026-13-45`, not a day'],
  [{ exploration: 'from order', step: '9' }, '`--step` is 9, and the exploration has 1 step'],
  [{ exploration: text, step: '3', sql: true }, '`--step` is 3, and the exploration has 3 steps'],
  [{ exploration: text, step: '-1' }, '`--step` is `-1`, not a whole number'],
  [{ exploration: text, param: ['x=1'] }, 'the exploration has no parameter `x`'],
  [{ exploration: text, param: ['novalue'] }, '`--param` is `novalue`, without a value'],
])('%o is refused in words', async (options, message) => {
  const refused = await run(options).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Rejection)
  expect((refused as Rejection).message).toBe(message)
})

test('a file that is not there is named', async () => {
  await expect(run({}, join(folder, 'gone.hunch'))).rejects.toThrow(
    `\`${join(folder, 'gone.hunch')}\` cannot be read: there is no such file`,
  )
})

test('a mistake is shown where it stands in its file', async () => {
  const file = join(folder, 'wrong.hunch')
  await writeFile(file, 'from ordr')
  const refused = await run({}, file).catch((error: unknown) => error)
  expect((refused as Rejection).diagnostics[0]?.source?.name).toBe(file)
})

test('a `test` line is said not to be run', async () => {
  const series = 'from order\ngroup by month = month(2026-01-05): orders = count()\ntest outlier orders over month\n'
  const { out, err } = await run({ exploration: series })
  expect(out).toContain('2026-01-01')
  expect(err).toMatch(/^note: `test` is not run by `query`/)
})
