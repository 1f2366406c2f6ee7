import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../base/failure.ts'
import { chooseHome } from './embedded/choose-home.ts'
import { type Binaries, findBinaries } from './embedded/find-binaries.ts'
import { initialiseData, readPassword } from './embedded/initialise-data.ts'
import { chooseOwner, type Owner } from './embedded/owner.ts'
import { readPostmaster, removeStaleFile } from './embedded/postmaster.ts'
import { enterServer, type Presence } from './embedded/presence.ts'
import {
  explainEnd,
  hasEnded,
  type StartedServer,
  signalProcess,
  spawnServer,
  stopServer,
  wasBeaten,
} from './embedded/server-process.ts'
import { stopWithProcess } from './embedded/stop-with-process.ts'

export interface EmbeddedPostgres {
  /** Holds a password: never log it. */
  readonly url: string
  /** Leaves the server; the last process to leave ends it. Close pools first. May be called twice. */
  readonly stop: () => Promise<void>
}

const patienceMs = 60_000
const deafMsMax = 10_000
const pollMs = 10

/**
 * A Postgres of our own, for those who configured none: made in `folder` (the workspace's `.hunch`) on first use, listening on a free
 * port of loopback, with a random password. As root it runs as `nobody`, elsewhere when nobody cannot reach the folder (`choose-home.ts`).
 *
 * Several processes may use one folder: the first starts the server, the last to `stop` ends it. A process that was killed leaves it
 * running; the next start uses it. SIGINT, SIGTERM and SIGHUP stop it where nobody else listens to them, and so does the process's end.
 */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const owner = chooseOwner()
  const binaries = findBinaries(owner)
  const home = chooseHome(folder, owner)
  await initialiseData(home, binaries, owner)
  return guard(await connectServer(home, binaries, owner))
}

interface Connected {
  readonly url: string
  readonly data: string
  readonly pid: number
  readonly presence: Presence
  /** Whether this process started the server. */
  readonly isStarter: boolean
}

/**
 * Uses the server that runs, or starts one. Others may do the same at this moment: Postgres lets only one have the folder. A server
 * that says it is ready but does not answer for long is stopped.
 */
async function connectServer(home: string, binaries: Binaries, owner: Owner | undefined): Promise<Connected> {
  const data = join(home, 'data')
  const until = performance.now() + patienceMs
  let started: StartedServer | undefined
  let deafSince: number | undefined
  while (performance.now() < until) {
    const server = readPostmaster(data)
    if (server?.isReady) {
      const url = `postgres://hunch:${readPassword(home)}@127.0.0.1:${server.port}/postgres`
      const presence = await enterServer(url)
      if (presence !== undefined)
        return { url, data, pid: server.pid, presence, isStarter: started?.child.pid === server.pid }
      deafSince ??= performance.now()
      if (performance.now() - deafSince > deafMsMax) await stopServer(server.pid, 'deaf')
    } else if (started !== undefined && hasEnded(started)) {
      if (!wasBeaten(home, started)) throw explainEnd(home, started)
      started = undefined
    } else if (server === undefined && started === undefined) {
      deafSince = undefined
      removeStaleFile(data)
      started = await spawnServer(home, binaries, owner)
    }
    await wait(pollMs)
  }
  throw new Failure('the embedded Postgres does not get ready', {
    code: 'embedded-postgres-failed',
    retry: true,
    hint: `See ${join(home, 'postgres.log')}.`,
  })
}

function guard({ url, data, pid, presence, isStarter }: Connected): EmbeddedPostgres {
  // A server that ended by itself may have a successor, and its process id another owner.
  const isThere = () => readPostmaster(data)?.pid === pid
  const leave = async () => {
    const isLast = (await presence.leave()) ?? (await (await enterServer(url))?.leave())
    if (isLast !== false && isThere()) await stopServer(pid)
  }
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= leave().finally(takeOff)
    return stopped
  }
  // SIGTERM lets those who are connected finish; others' servers are left alone.
  const stopAtOnce = () => (isStarter && isThere() ? signalProcess(pid, 'SIGTERM') : undefined)
  const takeOff = stopWithProcess({ stop, stopAtOnce })
  return { url, stop }
}
