import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnosticCodes } from './diagnostic-codes.ts'

const root = join(import.meta.dirname, '..')
const list = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))

const files = [
  'base/read-yaml.ts',
  'base/check-shape.ts',
  'base/read-text-file.ts',
  'config.ts',
  'cli/check-workspace.ts',
  'hypotheses/authored/read-authored.ts',
  'hypotheses/goals/check-goal-measures.ts',
  'warehouse/check-field.ts',
  'warehouse/check-keys.ts',
  'warehouse/check-pairs.ts',
  'warehouse/check-warehouse.ts',
  ...list('config'),
  ...list('catalog'),
]

test('the table of codes lists those that are used, and no others', () => {
  const used = new Set<string>()
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, codes = ''] of text.matchAll(/(?:code: |mistake\(\s*|note\(\s*)((?:[^,\n]*'[a-z]+-[a-z-]+')+)/g))
      for (const [, code = ''] of codes.matchAll(/'([a-z]+-[a-z-]+)'/g)) used.add(code)
  }
  expect([...used].sort()).toEqual(Object.keys(diagnosticCodes))
})
