import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const packages = realpathSync(join(here, '../../../node_modules'))

/**
 * The folder in which the engine is installed, after `package-lock.json` beside this file; it is made on first use, in `node_modules` of
 * the product. `npm install` and not `npm ci`: the lock holds the engine of one platform only, and others take theirs by its exact version.
 * Throws an `Error` that says why it cannot be had.
 */
export function installClickhouse(): string {
  const lock = readFileSync(join(here, 'package-lock.json'))
  const home = join(packages, '.engines', `clickhouse-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`)
  if (existsSync(home)) return home
  // Several processes may come here at once: each installs into a folder of its own, and the first to end gives it its name.
  const draft = `${home}.${process.pid}`
  mkdirSync(draft, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(here, file), join(draft, file))
  try {
    const { status, stderr, error } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: draft,
      encoding: 'utf8',
      env: { ...process.env, npm_config_prefer_offline: 'true', npm_config_fetch_timeout: '120000' },
      shell: process.platform === 'win32',
    })
    if (status !== 0) throw new Error(`npm could not install it: ${(error?.message ?? stderr).trim().split('\n')[0]}`)
    if (!existsSync(join(draft, 'node_modules/@chdb')))
      throw new Error(`it is not made for ${process.platform} on ${process.arch}`)
    if (!existsSync(home)) renameSync(draft, home)
  } catch (error) {
    if (!existsSync(home)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return home
}
