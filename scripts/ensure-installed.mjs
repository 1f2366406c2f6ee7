// Installs the dependencies when they are missing or older than the lock file. Runs on any Node, before Node 24 is there.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const installed = join(root, 'node_modules', '.package-lock.json')
const lock = join(root, 'package-lock.json')
const hasNode = existsSync(join(root, 'node_modules', '.bin', 'node'))
if (!hasNode || !existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.error('installing dependencies (npm ci) …')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Also for the installs that packages start themselves: use what is cached, and give a stalled download up to try it again.
    env: {
      ...process.env,
      npm_config_prefer_offline: 'true',
      npm_config_fetch_timeout: '60000',
      npm_config_fetch_retries: '5',
    },
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}
