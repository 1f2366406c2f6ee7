/**
 * How one cycle is shared by several worker processes on one Redis: two million events (or `rows`) in a DuckDB file that each of them reads, or in
 * the Postgres of an address; one to four processes, each time from an empty store. `node bench/cycle-workers.ts [rows] [postgres://…]`; the
 * Redis is that of TEST_REDIS_URL, or 127.0.0.1:6379.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openApp } from '../src/app.ts'
import { openQueues } from '../src/jobs/queue.ts'
import { requestCycle } from '../src/jobs/request-cycle.ts'
import { findCycleRequest } from '../src/store/cycle-requests.ts'
import { findCycle } from '../src/store/cycles.ts'
import { firstDay, makeWarehouse } from './cycle/make-warehouse.ts'

const rows = Number(process.argv[2] ?? 2_000_000)
const postgresUrl = process.argv[3]
/** A database of its own: its queues are emptied behind each cycle. */
const redisUrl = `${process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'}/9`
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

async function stop(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null) return
  const ended = once(worker, 'exit')
  worker.kill('SIGTERM')
  await ended
}

/** Milliseconds from the request of a cycle until it is done by so many processes. */
async function measure(processes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-workers-'))
  const configFile = await makeWarehouse(folder, rows, postgresUrl)
  appendFileSync(configFile, `queue: ${redisUrl}\n`)
  const app = await openApp({ configFile })
  const queues = await openQueues({ redisUrl, postgresUrl: app.storeUrl, log: app.log })
  const workers = Array.from({ length: processes }, () =>
    spawn(process.execPath, [main, 'work', '--config', configFile], { stdio: ['ignore', 'ignore', 'pipe'] }),
  )
  try {
    await Promise.all(workers.map((worker) => once(worker.stderr!, 'data')))
    const request = `bench-${processes}-${process.pid}`
    const start = performance.now()
    await requestCycle(app, queues, { id: request, trigger: 'bench', asOf: firstDay, teams: [] })
    for (;;) {
      await wait(100)
      const { cycleId } = (await findCycleRequest(app.database, request)) ?? {}
      const cycle = cycleId === undefined ? undefined : await findCycle(app.database, cycleId)
      if (cycle?.state === 'failed') throw new Error(`the cycle failed: ${cycle.error}`)
      if (cycle?.state === 'done') return { ms: performance.now() - start, tested: cycle.summary.tested }
    }
  } finally {
    await Promise.all(workers.map(stop))
    for (const queue of queues.list) await queue.obliterate({ force: true })
    await queues.close()
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

console.log(
  `${rows.toLocaleString('en')} rows, ${postgresUrl ? 'Postgres' : 'DuckDB'}, ${availableParallelism()} cores`,
)
console.log('| worker processes | hypotheses | seconds |\n|--:|--:|--:|')
for (const processes of [1, 2, 4]) {
  const { ms, tested } = await measure(processes)
  console.log(`| ${processes} | ${tested.toLocaleString('en')} | ${(ms / 1000).toFixed(1)} |`)
}
