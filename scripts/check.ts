/**
 * Everything that fails the build without running a test: format and lint, types, the two dependency tables, dead code, generated
 * documents, licences of dependencies. `npm run check`.
 */
import { spawnSync } from 'node:child_process'

const allowedLicences = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'MPL-2.0',
  'OFL-1.1',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'CC-BY-4.0',
  'CC-BY-3.0',
  'Python-2.0',
  'Unlicense',
  'MIT AND OFL-1.1',
  '(MIT AND OFL-1.1)',
  'PostgreSQL',
  'Zlib',
  'WTFPL',
  'MIT*',
  'MIT OR CC0-1.0',
  '(MIT OR CC0-1.0)',
]

const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['tsc', '-p', '.'] },
  {
    name: 'who knows whom, who owns which vendor',
    command: ['depcruise', 'src', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'generated documents', command: ['node', 'scripts/write-reference.ts', '--check'] },
  { name: 'sizes and forbidden words', command: ['node', 'scripts/check-house.ts'] },
  {
    name: 'licences',
    command: [
      'license-checker-rseidelsohn',
      '--production',
      '--excludePrivatePackages',
      '--summary',
      '--onlyAllow',
      allowedLicences.join(';'),
    ],
  },
]

let failed = 0
for (const { name, command } of checks) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(command[0] ?? '', command.slice(1), {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status !== 0) {
    failed++
    console.log(`${stdout ?? ''}${stderr ?? ''}`.split('\n').slice(0, 120).join('\n'))
  }
}
process.exitCode = failed === 0 ? 0 : 1
