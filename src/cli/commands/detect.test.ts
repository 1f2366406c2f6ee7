import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Rejection } from '../../base/diagnostic.ts'
import { detect } from './detect.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunch-detect-command-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, lines: readonly string[]): string {
  const file = join(folder, name)
  writeFileSync(file, lines.join('\n'))
  return file
}

async function run(detector: string, ...files: readonly string[]) {
  const out: string[] = []
  const code = await detect.run(
    {
      arguments: [detector, files],
      options: { time: 'time', value: 'value' },
      configFile: 'hunch.yaml',
      format: 'text',
      signal: new AbortController().signal,
    },
    { out: (line) => void out.push(line.replaceAll(`${folder}/`, '')), err: () => {}, isTerminal: false },
  )
  return { code, out }
}

test('rows are counted from 1, in findings as in mistakes', async () => {
  const rows = Array.from({ length: 60 }, (_, k) => `${k},${(k < 40 ? 100 : 200) + ((k * 7) % 5)}`)
  const { code, out } = await run('level_shift', write('shift.csv', ['time,value', ...rows]))
  expect(code).toBe(0)
  expect(out[0]).toContain('row 41 (40)')
})

test.each([
  [['time,value', '1,5', '2,x'], 'row 2: `x` is not a number'],
  [['time,value', '2026-13-01,5'], 'row 1: `2026-13-01` is neither a date nor a whole number'],
  [['time,value', '1,5', '2,6,7'], 'line 3: has another number of columns than the first line'],
  [['time,value', '"1,5'], 'has a quote that is never closed'],
  [
    ['time,value', '1,5"'],
    'line 2: a quote stands within a value; put the whole value in quotes, and double those inside',
  ],
])('%o: %s', async (lines, message) => {
  expect(await run('trend', write('wrong.csv', lines))).toEqual({ code: 2, out: [`wrong.csv: ${message}`] })
})

test('a file that cannot be read does not stop the others', async () => {
  const good = write('good.csv', ['time,value', '1,5', '2,6'])
  const { code, out } = await run('trend', join(folder, 'gone.csv'), good)
  expect(code).toBe(0)
  expect(out[0]).toBe('gone.csv: there is no such file')
  expect(out[1]).toContain('has 2 points')
})

test.each([
  ['funnel_shift', '`funnel_shift` is no detector of single series'],
  ['trendd', 'there is no detector `trendd`'],
])('%s is refused', async (name, message) => {
  const refused = await run(name, 'any.csv').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Rejection)
  expect((refused as Rejection).message).toBe(message)
})
