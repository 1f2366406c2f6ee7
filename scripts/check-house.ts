/** House rules that no linter knows: files of at most 300 lines, folder READMEs of at most 30, no path of a workplace. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const linesMax = 300
const readmeLinesMax = 30
const forbidden: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /registry\.npmjs\.org|deb\.debian\.org/, why: 'host of a package registry' },
  { pattern: /\/work\/(main|shared)/, why: 'path of a machine' },
  { pattern: /\b(TODO|FIXME|XXX):?\s/, why: 'unfinished work' },
]

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean)
const faults: string[] = []
for (const file of files) {
  if (!/\.(ts|mjs|cjs|md|ya?ml|json|css|sh|hunch)$|^bin\/|^\.ci\//.test(file) || file.endsWith('package-lock.json'))
    continue
  if (file === 'scripts/check-house.ts') continue
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n').length - 1
  if (/\.(ts|mjs|cjs)$/.test(file) && lines > linesMax) faults.push(`${file} has ${lines} lines; ${linesMax} at most`)
  if (/^(src|migrations|bench|tests)\/.*README\.md$/.test(file) && lines > readmeLinesMax)
    faults.push(`${file} has ${lines} lines; a folder's README has at most ${readmeLinesMax}`)
  for (const { pattern, why } of forbidden) if (pattern.test(text)) faults.push(`${file} holds ${why}: ${pattern}`)
}
for (const fault of faults) console.log(fault)
const sources = files.filter((file) => /^src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'))
const total = sources.reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length, 0)
console.log(`${sources.length} source files, ${Math.round(total / Math.max(1, sources.length))} lines on average`)
process.exitCode = faults.length === 0 ? 0 : 1
