import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readCatalog } from './read-catalog.ts'

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-catalog-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const model = (name: string) => `models: { ${name}: { table: ${name}s, key: id, fields: { id: { type: number } } } }\n`

test('the yaml files of a folder are one catalog', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'b.yml'), model('user'))
  writeFileSync(join(folder, 'a.yaml'), model('account'))
  writeFileSync(join(folder, 'notes.md'), 'not ours')
  mkdirSync(join(folder, 'old'))
  const outcome = readCatalog(folder, { timezone: 'Europe/Tallinn' })
  expect(outcome.ok && Object.keys(outcome.value.models)).toEqual(['account', 'user'])
  expect(outcome.ok && outcome.value.calendar.timezone).toBe('Europe/Tallinn')
})

test('a file that cannot be read is named, and hidden files are none', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'a.yaml'), model('account'))
  symlinkSync('ann@laptop.4711', join(folder, '.#a.yaml'))
  expect(readCatalog(folder).ok).toBe(true)
  mkdirSync(join(folder, 'b.yaml'))
  expect(readCatalog(folder).diagnostics.map(({ message }) => message)).toEqual([
    `\`${join(folder, 'b.yaml')}\` cannot be read: it is a folder`,
  ])
})

test('a missing folder and an empty one say so, and what to do', () => {
  const folder = makeFolder()
  const read = (path: string) => readCatalog(path).diagnostics.map(({ message }) => message.replace(folder, '…'))
  expect(read(folder)).toEqual(['the catalog folder `…` has no `*.yaml` file'])
  expect(read(join(folder, 'no'))).toEqual(['there is no catalog folder `…/no`'])
  writeFileSync(join(folder, 'file'), '')
  expect(read(join(folder, 'file'))).toEqual(['the catalog folder `…/file` cannot be read'])
  expect(readCatalog(folder).diagnostics[0]?.hint).toContain('hunch init')
})

test('the catalog of the sample company has no mistake', () => {
  const outcome = readCatalog(join(import.meta.dirname, '../../examples/saas/catalog'))
  expect(outcome.diagnostics).toEqual([])
})
