import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fmt } from './fmt.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-fmt-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(names: readonly string[], options = {}) {
  const err: string[] = []
  const code = await fmt.run(
    {
      arguments: [names.map((name) => join(folder, name))],
      options,
      configFile: 'hunch.yaml',
      format: 'text',
      signal: new AbortController().signal,
    },
    { out: (text) => void err.push(text), err: (text) => void err.push(text), isTerminal: false },
  )
  return { code, said: err.join('\n').replaceAll(`${folder}/`, '') }
}

test('files are written as the formatter does, once', async () => {
  await writeFile(join(folder, 'plans.hunch'), "from account # all\nwhere plan='pro'")
  expect(await run(['plans.hunch'], { check: true })).toMatchObject({ code: 3 })
  expect(await run(['plans.hunch'])).toEqual({
    code: 0,
    said: 'plans.hunch was formatted\n1 file: 1 changed, 0 cannot be read',
  })
  expect(await readFile(join(folder, 'plans.hunch'), 'utf8')).toBe('from account # all\nwhere plan = "pro"\n')
  expect(await run(['plans.hunch'], { check: true })).toMatchObject({ code: 0 })
})

test('a file that cannot be read is told and left as it is, and the others are written', async () => {
  await writeFile(join(folder, 'broken.hunch'), 'from account\nwhere ("')
  await writeFile(join(folder, 'fine.hunch'), 'from   account')
  const { code, said } = await run(['broken.hunch', 'fine.hunch'])
  expect(code).toBe(2)
  expect(said).toContain('broken.hunch:2:8: error:')
  expect(said).toContain('fine.hunch was formatted')
  expect(await readFile(join(folder, 'broken.hunch'), 'utf8')).toBe('from account\nwhere ("')
})
