import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { installClickhouse } from './install.ts'

export interface ClickhouseServer {
  /** `http://default:@127.0.0.1:<port>` */
  readonly url: string
  stop(): Promise<void>
}

/** A ClickHouse of its own, without tables, installed first if need be. Throws an `Error` that says why there is none. */
export async function startClickhouse(): Promise<ClickhouseServer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), installClickhouse()], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Each query holds a thread of the pool while it runs, and stopping one takes another.
    env: { ...process.env, UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const port = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += String(chunk)
    })
    child.stdout.on('data', (chunk) => resolve(/listening (\d+)/.exec(String(chunk))?.[1] ?? ''))
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`it ended before it listened: ${said.trim().split('\n').at(-1)}`)))
  })
  return {
    url: `http://default:@127.0.0.1:${port}`,
    stop: () => {
      child.stdin.end()
      return ended
    },
  }
}
