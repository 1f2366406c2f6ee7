import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import pg from 'pg'
import { afterAll, afterEach, expect, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { addPeriods, type Day } from '../../src/base/periods.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { createRandom } from '../../src/stats/random.ts'
import { openDatabase } from '../../src/store/database.ts'
import { listScans } from '../../src/store/scans.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'

const serverUrl = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const server = openDatabase(serverUrl)
const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})
afterAll(() => server.destroy())

const firstDay = '2026-09-28'
const secondDay = '2026-09-29'
const accounts = 40

/** Rows of one day, by a seed of its own; from mid-September on there is little left of `c`. */
function writeDay(day: Day, first: number, share = 1): readonly string[] {
  const random = createRandom(Number(day.replaceAll('-', '')))
  const count = Math.round(random.poisson(60) * share)
  return Array.from({ length: count }, (_, at) => {
    const draw = random.uniform()
    const kind = draw < 0.5 ? "'a'" : draw < 0.75 ? "'b'" : draw < 0.95 ? "'c'" : 'NULL'
    const account = random.integer(1, accounts)
    const amount = random.uniform() < 0.05 ? 'NULL' : String(random.integer(1, 400) / 4)
    const isLost = kind === "'c'" && day >= '2026-09-12' && random.uniform() < 0.7
    const hour = String(random.integer(0, 23)).padStart(2, '0')
    const done = random.uniform() < 0.4
    return isLost ? '' : `(${first + at}, ${account}, ${kind}, ${amount}, ${done}, '${day} ${hour}:15:00')`
  }).filter((row) => row !== '')
}

const insert = (rows: readonly string[]): string => `INSERT INTO events VALUES ${rows.join(', ')}`

const history = (): readonly string[] => [
  'CREATE TABLE accounts (id integer, plan varchar(10))',
  `INSERT INTO accounts VALUES ${Array.from({ length: accounts }, (_, at) => `(${at + 1}, '${at % 3 === 0 ? 'pro' : 'free'}')`).join(', ')}`,
  'CREATE TABLE events (id integer, account_id integer, kind varchar(10), amount numeric(10, 2), done boolean, seen_at timestamp)',
  ...Array.from({ length: 150 }, (_, at) => {
    const day = addPeriods(firstDay, at - 149, 'day')
    return insert(writeDay(day, at * 1000))
  }),
  insert(writeDay(secondDay, 150_000, 0.2)),
]

/** The next night: a day more, and rows of the past that came late, were changed, and are gone. */
const night: readonly string[] = [
  insert(writeDay(secondDay, 151_000)),
  insert(writeDay('2026-09-30', 152_000, 0.2)),
  "INSERT INTO events VALUES (900001, 1, 'd', 10, true, '2026-09-18 00:00:00'), (900002, 2, 'a', 1000, false, '2026-09-18 23:59:59')",
  "UPDATE events SET amount = amount * 3 WHERE seen_at >= '2026-08-20' AND seen_at < '2026-08-21'",
  "UPDATE events SET kind = 'a' WHERE kind = 'b' AND seen_at >= '2026-08-02' AND seen_at < '2026-08-03'",
  "DELETE FROM events WHERE seen_at >= '2026-07-10' AND seen_at < '2026-07-11' AND done",
]

const catalog = (value: string) => `models:
  account:
    table: accounts
    key: id
    fields: { id: { type: number, hidden: true }, plan: { type: text } }
  event:
    table: events
    key: id
    fields:
      id: { type: number, hidden: true }
      kind: { type: text }
      amount: { type: number }
      done: { type: boolean }
      seen_at: { type: timestamp }
    relations: { account: { to: account, one: account_id } }
    metrics:
      events: { measure: count(), time: seen_at, slices: [kind, account.plan] }
      value: { measure: "${value}", time: seen_at, slices: [kind, account.plan] }
      done_rate: { measure: "count(where done) / count()", time: seen_at, slices: [kind] }
      busy: { measure: count_distinct(account.id), time: seen_at, slices: [kind] }
      middle: { measure: median(amount), time: seen_at, slices: [account.plan] }
`

interface Place {
  readonly warehouse: string
  run(statements: readonly string[]): Promise<void>
}

async function makeDatabase(): Promise<string> {
  const name = `hunch_kept_${process.pid}_${closers.length}`
  await server.raw(`create database ${name}`)
  closers.push(() => server.raw(`drop database ${name} with (force)`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

const places: Readonly<Record<string, (folder: string) => Promise<Place>>> = {
  DuckDB: async (folder) => ({
    warehouse: 'duckdb:./events.duckdb',
    run: async (statements) => {
      const instance = await DuckDBInstance.create(join(folder, 'events.duckdb'))
      const connection = await instance.connect()
      for (const statement of statements) await connection.run(statement)
      connection.closeSync()
      instance.closeSync()
    },
  }),
  Postgres: async () => {
    const warehouse = await makeDatabase()
    return {
      warehouse,
      run: async (statements) => {
        const client = new pg.Client(warehouse)
        await client.connect()
        for (const statement of statements) await client.query(statement)
        await client.end()
      },
    }
  },
}

async function openWorkspace(engine: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-kept-'))
  closers.push(async () => rmSync(folder, { recursive: true }))
  const place = await places[engine]!(folder)
  const store = await makeDatabase()
  mkdirSync(join(folder, 'catalog'))
  writeFileSync(
    join(folder, 'hunch.yaml'),
    `workspace: kept\ntimezone: Europe/Tallinn\nwarehouse: ${place.warehouse}\ncatalog: ./catalog\nstore: ${store}\n`,
  )
  const setValue = (value: string) => writeFileSync(join(folder, 'catalog', 'events.yaml'), catalog(value))
  setValue('sum(amount)')

  /** All that a cycle of this day says, and how often its scans asked the warehouse; `afresh`: without what cycles before kept. */
  const tell = async (asOf: Day, afresh = false) => {
    const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
    try {
      if (afresh) await app.database('keptPeriods').delete()
      const { cycle, findings } = await runCycle(app, { asOf })
      const scans = await listScans(app.database, cycle.id)
      const verdicts = await listVerdicts(app.database, cycle.id)
      const told = JSON.stringify(findings.map((one) => ({ ...one, cycleId: '' })))
      // rows that no series are made of are read each time
      const asked = scans.flatMap(({ queries, reads }) => (reads ? [] : [queries]))
      return { told, verdicts, asked, count: findings.length, states: scans.map(({ state }) => state) }
    } finally {
      await app.close()
    }
  }
  return { place, setValue, tell }
}

for (const engine of Object.keys(places)) {
  test(`${engine}: a cycle on what was kept says what one from nothing says, to the byte`, {
    timeout: 120_000,
  }, async () => {
    const { place, setValue, tell } = await openWorkspace(engine)
    await place.run(history())
    const first = await tell(firstDay)
    expect(first.count).toBeGreaterThan(0)
    expect(first.asked.length).toBeGreaterThanOrEqual(4)
    expect(first.asked.every((queries) => queries === 1)).toBe(true)
    const unchanged = await tell(firstDay)
    expect(unchanged.asked.every((queries) => queries === 0)).toBe(true)
    expect(unchanged.told).toBe(first.told)

    const expectSame = async () => {
      const kept = await tell(secondDay)
      const afresh = await tell(secondDay, true)
      expect(kept.states.every((state) => state === 'done')).toBe(true)
      expect(kept.verdicts).toEqual(afresh.verdicts)
      expect(kept.told).toBe(afresh.told)
      return kept
    }
    await place.run(night)
    const second = await expectSame()
    expect(second.asked.every((queries) => queries === 1)).toBe(true)
    expect(second.told).not.toBe(first.told)

    // what stands in another table is part of the rows
    await place.run(["UPDATE accounts SET plan = 'team' WHERE id <= 12"])
    const moved = await expectSame()
    expect(moved.verdicts).not.toEqual(second.verdicts)
    setValue('avg(amount)')
    const redefined = await expectSame()
    expect(redefined.verdicts).not.toEqual(moved.verdicts)
  })
}
