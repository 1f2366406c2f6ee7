import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../../base/failure.ts'
import type { Binaries } from './find-binaries.ts'
import { serverEnvironment } from './initialise-data.ts'
import type { Owner } from './owner.ts'
import { isRunning } from './postmaster.ts'

const pollMs = 10

/** A store of one workspace: small, few processes, UTC. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  max_wal_size: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const logBytesMax = 1_000_000

/** A server that was started: `logFrom` is where in `<home>/postgres.log` its own lines begin. */
export interface StartedServer {
  readonly child: ChildProcess
  readonly logFrom: number
}

/**
 * Starts a server on `<home>/data`, on a free port of loopback. It is a session of its own: Ctrl-C in a terminal reaches us, not it, so
 * that it outlives our last query. Whether it came up is seen in its `postmaster.pid`.
 */
export async function spawnServer(home: string, binaries: Binaries, owner: Owner | undefined): Promise<StartedServer> {
  const file = join(home, 'postgres.log')
  const log = openSync(file, 'a', 0o644)
  if (fstatSync(log).size > logBytesMax) ftruncateSync(log)
  const logFrom = fstatSync(log).size
  const port = await findFreePort()
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    const child = spawn(binaries.postgres, ['-D', join(home, 'data'), '-p', String(port), ...options], {
      cwd: home,
      env: serverEnvironment,
      stdio: ['ignore', log, log],
      detached: true,
      ...owner,
    })
    await new Promise((resolve, reject) => child.on('spawn', resolve).on('error', reject))
    child.unref()
    return { child, logFrom }
  } finally {
    closeSync(log)
  }
}

export const hasEnded = ({ child }: StartedServer): boolean => child.exitCode !== null || child.signalCode !== null

/** Whether it ended because another process was quicker: to start a server on this folder, or to take the port. */
export const wasBeaten = (home: string, { logFrom }: StartedServer): boolean =>
  /lock file "postmaster.pid" already exists|Address already in use|pre-existing shared memory/.test(
    readLog(home, logFrom),
  )

/** Why it did not come up. */
export function explainEnd(home: string, { logFrom }: StartedServer): Failure {
  const log = readLog(home, logFrom)
  const said = [...log.matchAll(/(?:FATAL|PANIC|ERROR):\s+(.*)/g)].at(-1)?.[1] ?? log.trim().split('\n').at(-1)
  return new Failure(`the embedded Postgres does not start: ${said ?? 'it said nothing'}`, {
    code: 'embedded-postgres-failed',
    hint: `See ${join(home, 'postgres.log')}, or set \`store\` in hunch.yaml to the address of a Postgres.`,
  })
}

const readLog = (home: string, from: number) => readFileSync(join(home, 'postgres.log')).subarray(from).toString()

/** Signals, from polite (clients are cut off, data is written) to hard, and how long to wait after each. */
const stopSteps: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 5_000],
]

/** Ends a server, and should it hang, harder. One that is deaf is not asked politely. Resolves when it is gone. */
export async function stopServer(pid: number, state: 'well' | 'deaf' = 'well'): Promise<void> {
  for (const [signal, patienceMs] of state === 'well' ? stopSteps : stopSteps.slice(1)) {
    if (!isRunning(pid)) return
    signalProcess(pid, signal)
    const until = performance.now() + patienceMs
    while (isRunning(pid) && performance.now() < until) await wait(pollMs)
  }
}

/** A process that ended a moment ago is no mistake. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .on('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address()
        const port = typeof address === 'object' && address !== null ? address.port : 0
        server.close(() => resolve(port))
      })
  })
}
