/** What a worker thread does: tests what scans gave, one after another, until it is stopped. */
import { parentPort } from 'node:worker_threads'
import { invariant } from '../../base/invariant.ts'
import type { ThreadAnswer, ThreadTask } from './test-in-thread.ts'
import { testMembers } from './test-members.ts'
import { type TableVerdicts, testScan } from './test-scan.ts'

invariant(parentPort, 'this file runs in a worker thread')
const port = parentPort
const test = (task: ThreadTask): Promise<TableVerdicts> =>
  task.kind === 'members' ? testMembers(task) : testScan(task.catalog, task.table, task.seed)

port.on('message', async (task: ThreadTask) => {
  const answer: ThreadAnswer = await test(task).then(
    (verdicts) => ({ verdicts }),
    (error: unknown) => ({ error }),
  )
  port.postMessage(answer)
})
