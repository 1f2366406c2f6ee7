import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Failure } from '../base/failure.ts'

export interface DemoWorkspace {
  readonly configFile: string
  /** Milliseconds it took to make the sample; undefined when it was there already. */
  readonly madeMs: number | undefined
}

const template = fileURLToPath(new URL('../../examples/saas', import.meta.url))

/**
 * The sample company's workspace in `folder`: a copy of `examples/saas` and its DuckDB file. What is there is kept, so that a second
 * start goes on where the first one ended; a sample that was cut short is made again.
 */
export async function prepareDemo(folder: string, planted: boolean): Promise<DemoWorkspace> {
  const root = resolve(folder)
  const state = join(root, '.hunch')
  mkdirSync(state, { recursive: true })
  const configFile = join(root, 'hunch.yaml')
  if (!existsSync(configFile)) {
    cpSync(join(template, 'hunch.yaml'), configFile)
    cpSync(join(template, 'catalog'), join(root, 'catalog'), { recursive: true })
  }
  const file = join(state, 'saas.duckdb')
  if (existsSync(file)) return { configFile, madeMs: undefined }
  rmSync(`${file}.wal`, { force: true })
  const start = performance.now()
  await runThread({ file, planted })
  return { configFile, madeMs: performance.now() - start }
}

function runThread(workerData: { readonly file: string; readonly planted: boolean }): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./make-sample-thread.ts', import.meta.url), { workerData })
    thread.once('error', (cause) =>
      reject(
        new Failure('the sample company cannot be written', {
          code: 'sample-failed',
          cause,
          hint: 'Check that the disk has 200 MB left.',
        }),
      ),
    )
    thread.once('exit', (code) => (code === 0 ? resolve() : undefined))
  })
}
