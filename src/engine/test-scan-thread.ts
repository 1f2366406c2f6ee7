/** Entry of a worker thread that tests tables of scans, one after another, until it is stopped. */
import { parentPort } from 'node:worker_threads'
import { invariant } from '../base/invariant.ts'
import type { ThreadAnswer, ThreadTask } from './test-in-thread.ts'
import { testScan } from './test-scan.ts'

invariant(parentPort, 'this file runs in a worker thread')
const port = parentPort
port.on('message', async ({ catalog, table, seed }: ThreadTask) => {
  const answer: ThreadAnswer = await testScan(catalog, table, seed).then(
    (verdicts) => ({ verdicts }),
    (error: unknown) => ({ error }),
  )
  port.postMessage(answer)
})
