/**
 * How fast queues and the embedded Postgres are: `node bench/queues.ts`. Redis is the one at `TEST_REDIS_URL` or
 * 127.0.0.1:6379. Prints one line a measurement, milliseconds.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTask } from '../src/jobs/define-job.ts'
import { deliverDigest } from '../src/jobs/deliver-digest.ts'
import { openQueues, type QueuesOptions } from '../src/jobs/queue.ts'
import { insertCycle } from '../src/store/cycles.ts'
import { openDatabase } from '../src/store/database.ts'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { migrate } from '../src/store/migrate.ts'
import { finishScan, insertScans } from '../src/store/scans.ts'
import { createCycle, createScan, createVerdict } from '../src/store/testing/rows.ts'
import { listVerdicts } from '../src/store/verdicts.ts'

const jobCount = 3_000
const verdictCount = 20_000

async function measure<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await work()
  console.log(`${what}: ${Math.round(performance.now() - startedAt)}`)
  return result
}

async function measureQueues(options: QueuesOptions): Promise<void> {
  const queues = await openQueues(options)
  const tasks = Array.from({ length: jobCount }, (_, at) =>
    createTask(deliverDigest, { workspace: 'acme', digestId: `d${at}`, recipient: 'ann@acme.test' }),
  )
  await measure(`${jobCount} jobs added to ${queues.kind}`, () => queues.enqueueAll(tasks))
  const settings = { concurrency: 10, lockMs: 60_000, stalledCheckMs: 30_000 }
  await measure(`${jobCount} no-op jobs done on ${queues.kind}`, async () => {
    let left = jobCount
    let onDone: () => void = () => undefined
    const done = new Promise<void>((resolve) => {
      onDone = resolve
    })
    const worker = queues.startWorker('hunch.mail', async () => undefined, settings)
    worker.on('completed', () => {
      left--
      if (left === 0) onDone()
    })
    await done
    await worker.close()
  })
  for (const queue of queues.list) await queue.obliterate({ force: true })
  await queues.close()
}

const folder = mkdtempSync(join(tmpdir(), 'hunch-bench-'))
const first = await measure('embedded Postgres, first start', () => startEmbeddedPostgres(folder))
await measure('embedded Postgres, stop', () => first.stop())
const server = await measure('embedded Postgres, later start', () => startEmbeddedPostgres(folder))
const database = openDatabase(server.url)
await measure('migrations', () => migrate(database))
await insertCycle(database, createCycle('c1', '2026-09-30'))
await insertScans(database, 'c1', [createScan('a')])
const verdicts = Array.from({ length: verdictCount }, (_, at) => createVerdict('a', at))
const cost = { queries: 1, series: verdictCount, warehouseMs: 1, detectMs: 1 }
await measure(`${verdictCount} verdicts stored`, () => finishScan(database, 'c1', 'a', { verdicts, ...cost }))
await measure(`${verdictCount} verdicts listed`, () => listVerdicts(database, 'c1'))
const prefix = `hunch-bench-${process.pid}`
await measureQueues({ postgresUrl: server.url })
await measureQueues({
  postgresUrl: server.url,
  redisUrl: process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379',
  prefix,
})
await database.destroy()
await server.stop()
rmSync(folder, { recursive: true })
