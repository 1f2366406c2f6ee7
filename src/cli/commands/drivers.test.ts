import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Rejection } from '../../base/diagnostic.ts'
import type { CommandInput } from '../command.ts'
import { drivers } from './drivers.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunch-drivers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Orders by country and plan: those of EE are half of what they were. */
function writeOrders(name: string, pack: (text: string) => string | Buffer = (text) => text): string {
  const rows = ['EE', 'DE', 'FR', 'SE', 'LV'].flatMap((country, at) =>
    ['free', 'pro', 'ent'].map((plan, k) => {
      const before = 400 + 30 * at + 100 * k
      return `${country},${plan},${country === 'EE' ? before / 2 : before + 3 - 2 * k},${before}`
    }),
  )
  const file = join(folder, name)
  writeFileSync(file, pack(['country,plan,now,before', ...rows].join('\n')))
  return file
}

async function run(files: readonly string[], format: CommandInput['format'], options: CommandInput['options'] = {}) {
  const out: string[] = []
  const streams = { out: (line: string) => void out.push(line), err: () => {}, isTerminal: false }
  const code = await drivers.run(
    {
      arguments: [files],
      options: { actual: 'now', expected: 'before', ...options },
      configFile: 'hunch.yaml',
      format,
      signal: new AbortController().signal,
    },
    streams,
  )
  return { code, out }
}

test('one JSON line a file; a file that cannot be judged is said and the others go on', async () => {
  const files = [writeOrders('a.csv'), join(folder, 'none.csv'), writeOrders('b.csv.gz', gzipSync)]
  const { code, out } = await run(files, 'json')
  const lines = out.map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(lines.map(({ file }) => file)).toEqual(files)
  expect(lines[1].error).toBe('there is no such file')
  for (const { causes } of [lines[0], lines[2]])
    expect(causes).toMatchObject([{ slice: [{ field: 'country', value: 'EE' }], actual: 750, expected: 1500 }])
  expect(lines[0].causes[0].share).toBeCloseTo(1, 1)
  expect(lines[0].alternatives[0]).toHaveLength(1)
})

test('text shows each cause with a bar and what comes next', async () => {
  const { out } = await run([writeOrders('c.csv')], 'text')
  expect(out[0]).toMatch(/country = EE {2}█+.* of the change {2}−50%: 750 against 1,500/)
  expect(out[0]).toContain('next best: country = EE and plan = ')
})

test.each([
  [
    'a column that is not there',
    { dimensions: 'country,city' },
    'has no column `city`; it has `country`, `plan`, `now`, `before`',
  ],
  ['a column of words', { actual: 'plan', dimensions: 'country' }, 'row 1: `free` is not a number'],
])('%s is said of the file', async (_, options, error) => {
  const { out } = await run([writeOrders('d.csv')], 'json', options)
  expect(JSON.parse(out[0]!).error).toBe(error)
})

test('a weight without its expectation is wrong input', async () => {
  await expect(run([writeOrders('e.csv')], 'json', { weight: 'now' })).rejects.toThrow(Rejection)
})
