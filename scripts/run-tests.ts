/**
 * Runs all suites and closes with the line `N passed, N failed, N skipped`. Postgres is the embedded one unless
 * `TEST_POSTGRES_URL` is set; Redis is the one at `TEST_REDIS_URL` or 127.0.0.1:6379, else a `redis-server` of the machine on a free
 * port; MariaDB is the one at `TEST_MYSQL_URL`, else a `mariadbd` of the machine on a folder of its own; ClickHouse is the one at
 * `TEST_CLICKHOUSE_URL`, else an engine of its own, installed on first use; Chromium is `CHROMIUM_PATH` or found. A suite whose server
 * cannot be had is skipped and said so; with `CI` set that is a failure.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { startClickhouse } from '../tests/engines/clickhouse/start.ts'
import { startMariadb } from '../tests/engines/mariadb/start.ts'

const folder = mkdtempSync(join(tmpdir(), 'hunch-tests-'))
const endings: (() => Promise<unknown> | unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
const missing: { suite: string; why: string }[] = []
const environment: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' }

const answers = (port: number, host: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host, timeout: 500 }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
    socket.on('timeout', () => resolve(false))
  })

const findFreePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

async function startPostgres(): Promise<void> {
  if (environment.TEST_POSTGRES_URL) return
  const server = await startEmbeddedPostgres(folder)
  endings.unshift(() => server.stop())
  environment.TEST_POSTGRES_URL = server.url
}

async function startRedis(): Promise<void> {
  if (environment.TEST_REDIS_URL) return
  if (await answers(6379, '127.0.0.1')) {
    environment.TEST_REDIS_URL = 'redis://127.0.0.1:6379'
    return
  }
  const port = await findFreePort()
  const server: ChildProcess = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  })
  server.on('error', () => undefined)
  endings.unshift(() => server.kill())
  for (let tries = 0; tries < 30 && server.exitCode === null; tries++) {
    if (await answers(port, '127.0.0.1')) {
      environment.TEST_REDIS_URL = `redis://127.0.0.1:${port}`
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  missing.push({ suite: 'redis', why: 'no Redis at 127.0.0.1:6379 and no `redis-server` on this machine' })
}

/** The engine is large and not made for every platform. Without it the suites that compare engines compare the others. */
async function startClickhouseServer(): Promise<void> {
  if (environment.TEST_CLICKHOUSE_URL) return
  try {
    const server = await startClickhouse()
    endings.unshift(() => server.stop())
    environment.TEST_CLICKHOUSE_URL = server.url
  } catch (error) {
    environment.TEST_CLICKHOUSE_URL = 'none'
    missing.push({
      suite: 'clickhouse',
      why: `no ClickHouse engine: ${error instanceof Error ? error.message : error}`,
    })
  }
}

/** Without it the suites that compare engines compare the others. */
async function startMariadbServer(): Promise<void> {
  if (environment.TEST_MYSQL_URL) return
  try {
    const server = await startMariadb()
    endings.unshift(() => server.stop())
    environment.TEST_MYSQL_URL = server.url
  } catch (error) {
    environment.TEST_MYSQL_URL = 'none'
    missing.push({ suite: 'mysql', why: error instanceof Error ? error.message : String(error) })
  }
}

function findChromium(): void {
  const places = [environment.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  const found = places.find((place) => place && existsSync(place))
  if (found) environment.CHROMIUM_PATH = found
  else missing.push({ suite: 'browser', why: 'no Chromium; set `CHROMIUM_PATH` or install it' })
}

const countTests = (suite: string) =>
  globSync(`{src,tests}/**/*.${suite}.test.ts`).reduce(
    (sum, file) => sum + (readFileSync(file, 'utf8').match(/^\s*test(\.each)?\(/gm)?.length ?? 0),
    0,
  )

async function main(): Promise<number> {
  await startPostgres()
  await startRedis()
  await startClickhouseServer()
  await startMariadbServer()
  findChromium()
  for (const { suite, why } of missing) console.log(`suite ${suite} cannot run here: ${why}`)
  if (missing.length > 0 && process.env.CI) return 1
  const report = join(folder, 'report.json')
  const { status } = spawnSync(
    'vitest',
    ['run', ...missing.map(({ suite }) => `--project=!${suite}`), ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...environment, TEST_REPORT: report } },
  )
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  const skipped = (result?.numPendingTests ?? 0) + missing.reduce((sum, { suite }) => sum + countTests(suite), 0)
  const failed = (result?.numFailedTests ?? 0) + (result?.testResults ?? []).filter(isBrokenFile).length
  console.log(`${result?.numPassedTests ?? 0} passed, ${failed} failed, ${skipped} skipped`)
  return status === 0 && failed === 0 && result !== undefined ? 0 : 1
}

/** A file that failed before any of its tests ran. */
const isBrokenFile = (file: { status: string; assertionResults: unknown[] }) =>
  file.status === 'failed' && file.assertionResults.length === 0

try {
  process.exitCode = await main()
} finally {
  for (const end of endings) await end()
}
