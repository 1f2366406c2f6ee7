import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { isLoopback } from '../api/authenticate.ts'
import { createServer } from '../api/create-server.ts'
import { type App, openApp } from '../app.ts'
import { describeError, Failure } from '../base/failure.ts'
import type { Progress } from '../engine/context.ts'
import { openQueues, type Queues } from '../jobs/queue.ts'
import { startSchedules } from '../jobs/schedules.ts'
import { startWorkers } from '../jobs/start-workers.ts'

const defaultPort = 4321

export interface Listen {
  readonly host: string
  /** 0 takes a free one; absent: that of `web.url`. */
  readonly port: number | undefined
}

export interface ServicesOptions {
  readonly configFile: string
  /** Pages and API on this address; absent: none. */
  readonly listen: Listen | undefined
  /** Whether queued work is done in this process. */
  readonly works: boolean
  /** Whether schedules tick in this process. */
  readonly ticks: boolean
  readonly report?: (progress: Progress) => void
}

export interface Services {
  readonly app: App
  readonly queues: Queues
  /** Where pages answer, without a slash at the end; undefined when nothing is served. */
  readonly url: string | undefined
  /** Ends what was started, last first, and waits for work in progress. */
  readonly close: () => Promise<void>
}

/** Starts the long-running parts of a workspace in this process; what was started is ended again when a later part fails. */
export async function startServices({ configFile, listen, works, ticks, report }: ServicesOptions): Promise<Services> {
  const endings: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end()
  }
  try {
    const opened = await openApp({ configFile, report })
    endings.push(opened.close)
    const { port, webUrl } = await choosePort(opened.webUrl, listen?.port)
    const app: App = { ...opened, webUrl }
    const queues = await openQueues({ redisUrl: app.config.queue, postgresUrl: app.storeUrl, log: app.log })
    endings.push(queues.close)
    let url: string | undefined
    if (listen) {
      const outboxFolder = app.config.mail.smtp === undefined ? app.config.mail.outboxFolder : undefined
      const server = await createServer({ ...app, queues, host: listen.host, outboxFolder })
      endings.push(() => server.close())
      await server
        .listen({ host: listen.host, port })
        .catch((error: NodeJS.ErrnoException) => explainListen(error, listen.host, port))
      url = webUrl
    }
    if (works) {
      const workers = await startWorkers(app, queues)
      endings.push(workers.close)
    }
    if (ticks) {
      const schedules = await startSchedules(app, queues)
      endings.push(schedules.close)
    }
    return { app, queues, url, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The port to listen on, and the address that links use: a local `web.url` follows the port that is really taken. */
async function choosePort(webUrl: string, wanted: number | undefined): Promise<{ port: number; webUrl: string }> {
  const url = new URL(webUrl)
  const port = wanted === 0 ? await findFreePort() : (wanted ?? Number(url.port || defaultPort))
  if (wanted === undefined || !isLoopback(url.hostname)) return { port, webUrl }
  return { port, webUrl: `${url.protocol}//${url.hostname}:${port}` }
}

const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createTcpServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

function explainListen(error: NodeJS.ErrnoException, host: string, port: number): never {
  if (error.code === 'EADDRINUSE')
    throw new Failure(`port ${port} of \`${host}\` is in use`, {
      code: 'port-in-use',
      hint: `Stop what listens there, or choose another port with \`--port\`.`,
      cause: error,
    })
  throw new Failure(`cannot listen on \`${host}\`, port ${port}: ${describeError(error)}`, {
    code: 'cannot-listen',
    hint: 'Give an address of this machine with `--host`, and a port that this user may open with `--port`.',
    cause: error,
  })
}

/** Resolves when the process is told to stop. */
export const waitForStop = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
