/**
 * What a whole cycle costs: ten million events in DuckDB (or two million in the Postgres or ClickHouse of an address; `clickhouse` alone is
 * the engine of the tests), eight fields of 5 to 50 values, 182 days, four measures; a first cycle, a second one on one more day, the scans' SQL by
 * itself, and a sample of the hypotheses each with a query of its own. `node bench/cycle.ts [rows] [postgres://… | clickhouse://… | clickhouse]`
 *
 * Seconds of processors are those of this process with all its threads, DuckDB's among them: unlike seconds of the clock they hardly
 * depend on what else the machine does. Those of a server are not among them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openApp } from '../src/app.ts'
import { compileExploration, queryLimits } from '../src/engine/ask/run-exploration.ts'
import { replayTest } from '../src/engine/evidence/replay-test.ts'
import { draftCycle } from '../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { listVerdicts } from '../src/store/verdicts.ts'
import { startClickhouse } from '../tests/engines/clickhouse/start.ts'
import { firstDay, makeWarehouse, secondDay } from './cycle/make-warehouse.ts'

const server = process.argv[3] === 'clickhouse' ? await startClickhouse() : undefined
const address = server?.url.replace(/^http:/, 'clickhouse:') ?? process.argv[3]
const engine = address?.split(':')[0] ?? 'duckdb'
const rows = Number(process.argv[2] ?? (address ? 2_000_000 : 10_000_000))
const sampleSize = 30

const processorMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
interface Timed<T> {
  readonly result: T
  readonly ms: number
  readonly cpuMs: number
}
async function time<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const [start, cpuStart] = [performance.now(), processorMs()]
  const result = await work()
  return { result, ms: performance.now() - start, cpuMs: processorMs() - cpuStart }
}
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const tell = ({ ms, cpuMs }: Timed<unknown>) => `${seconds(ms)}, ${seconds(cpuMs)} of processors`
const times = (one: number, other: number) => (one / other).toFixed(1)

const folder = mkdtempSync(join(tmpdir(), 'hunch-cycle-bench-'))
const configFile = await makeWarehouse(folder, rows, address)
const app = await openApp({ configFile })
try {
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  const first = await time(() => runCycle(app, { asOf: firstDay }))
  delays.disable()
  const peakMb = process.resourceUsage().maxRSS / 1024
  const second = await time(() => runCycle(app, { asOf: secondDay }))

  const plan = await draftCycle(app, firstDay)
  const bare = await time(async () => {
    for (const scan of plan.scans) {
      const { sql, parameters } = compileExploration(app, scan.text)
      await app.warehouse.query(sql, parameters, { ...queryLimits, rowsMax: 500_000 })
    }
  })

  const verdicts = await listVerdicts(app.database, first.result.cycle.id)
  const step = Math.max(1, Math.floor(verdicts.length / sampleSize))
  const sample = verdicts.filter((_, at) => at % step === 0).slice(0, sampleSize)
  const alone = await time(async () => {
    for (const { hypothesis } of sample) await replayTest(app, { ...hypothesis, exploration: hypothesis.text }, [])
  })
  const { tested, series, queries, warehouseMs, detectMs } = first.result.cycle
  const all = tested / sample.length

  console.log(`${rows.toLocaleString('en')} rows, ${engine}; ${queries} queries`)
  console.log('| what | figure |\n|---|--:|')
  console.log(`| hypotheses tested, on series | ${tested.toLocaleString('en')}, ${series.toLocaleString('en')} |`)
  console.log(`| first cycle | ${tell(first)} (warehouse ${seconds(warehouseMs)}, detectors ${seconds(detectMs)}) |`)
  console.log(`| largest memory of the process | ${peakMb.toFixed(0)} MB |`)
  console.log(
    `| event loop held up: 99 of 100, longest | ${(delays.percentile(99) / 1e6).toFixed(0)} ms, ${(delays.max / 1e6).toFixed(0)} ms |`,
  )
  const { warehouseMs: again } = second.result.cycle
  console.log(
    `| second cycle, one more day | ${tell(second)} (warehouse ${seconds(again)}): ${(second.cpuMs / first.cpuMs).toFixed(2)} of the first in processors, its warehouse ${(again / warehouseMs).toFixed(2)} |`,
  )
  console.log(
    `| the scans' SQL by itself | ${tell(bare)}: the cycle takes ${times(first.ms, bare.ms)} times as long, ${times(first.cpuMs, bare.cpuMs)} times of processors |`,
  )
  console.log(
    `| one query a hypothesis, from ${sample.length} of them | ${seconds(alone.ms * all)}: ${times(alone.ms * all, first.ms)} times the cycle, ${times(alone.cpuMs * all, first.cpuMs)} times of processors |`,
  )
} finally {
  await app.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
