import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { isRunning, readPostmaster } from './embedded/postmaster.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const script = fileURLToPath(new URL('./testing/embedded-child.ts', import.meta.url))
const isRoot = process.getuid?.() === 0

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunch-embedded-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  const server = readPostmaster(join(findHome(), 'data'))
  if (server !== undefined) process.kill(server.pid, 'SIGKILL')
  rmSync(findHome(), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  expect(server, 'no server is left over').toBeUndefined()
})

/** Where the server's files are: in the folder, or where the pointer says. */
function findHome(): string {
  const pointer = join(folder, 'postgres-folder')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'postgres')
}

const findServer = () => readPostmaster(join(findHome(), 'data'))

async function query(url: string, sql: string) {
  const database = openDatabase(url)
  try {
    return (await database.raw(sql)).rows
  } finally {
    await database.destroy()
  }
}

/** A process that uses the folder, and the address that it was given. */
async function startChild(options: { readonly uid?: number; readonly gid?: number } = {}) {
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'ignore'], ...options })
  children.push(child)
  const ended = once(child, 'exit')
  const failed = ended.then(() => Promise.reject(new Error('the process ended before it gave an address')))
  const [url] = await Promise.race([once(createInterface(child.stdout), 'line'), failed])
  const tell = async (line: string) => {
    child.stdin.write(`${line}\n`)
    await ended
  }
  const signal = async (name: NodeJS.Signals) => {
    child.kill(name)
    const [, endedBy] = await ended
    return endedBy
  }
  return { url: String(url), tell, signal }
}

test('a store is made on the first start and found again on the next; no process is left in between', async () => {
  const first = await startEmbeddedPostgres(folder)
  const pid = findServer()?.pid ?? 0
  await query(first.url, 'create table kept as select 42 as answer')
  await first.stop()
  await first.stop()
  expect(isRunning(pid)).toBe(false)
  const second = await startEmbeddedPostgres(folder)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test('it knows time zones, letters of all scripts, and sorts by code point', async () => {
  const server = await startEmbeddedPostgres(folder)
  const sql = `select timezone('Europe/Tallinn', timestamptz '2026-07-01 00:00Z')::text as summer, current_setting('timezone') as zone,
    upper('õäß straße') as upper, array(select unnest(array['b','A','a','Õ']) order by 1)::text as sorted`
  expect(await query(server.url, sql)).toEqual([
    { summer: '2026-07-01 03:00:00', zone: 'UTC', upper: 'ÕÄSS STRASSE'.replaceAll('SS', 'ß'), sorted: '{A,a,b,Õ}' },
  ])
  await server.stop()
})

test('an address without the password is refused', async () => {
  const server = await startEmbeddedPostgres(folder)
  const url = new URL(server.url)
  url.password = 'guess'
  await expect(query(url.href, 'select 1')).rejects.toThrow('password authentication failed')
  await server.stop()
})

test('a second user of the folder gets the same server, and the last to leave ends it', async () => {
  const first = await startEmbeddedPostgres(folder)
  const other = await startChild()
  expect(other.url).toBe(first.url)
  await first.stop()
  expect(await query(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await other.tell('stop')
  expect(findServer()).toBeUndefined()
})

test('processes that start and stop at the same moment share one server, and leave none', async () => {
  const started = await Promise.all([startChild(), startChild(), startChild()])
  expect(new Set(started.map(({ url }) => url)).size).toBe(1)
  await Promise.all(started.map(({ tell }) => tell('stop')))
  expect(findServer()).toBeUndefined()
})

test('a start while the last one leaves gets a server that stays', async () => {
  const leaving = await startEmbeddedPostgres(folder)
  const [, coming] = await Promise.all([leaving.stop(), startEmbeddedPostgres(folder)])
  expect(await query(coming.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await coming.stop()
})

test('the server of a process that was killed is used by the next start, and ended by its stop', async () => {
  const killed = await startChild()
  const pid = findServer()?.pid ?? 0
  await killed.signal('SIGKILL')
  expect(isRunning(pid)).toBe(true)
  const next = await startEmbeddedPostgres(folder)
  expect(next.url).toBe(killed.url)
  await next.stop()
  expect(isRunning(pid)).toBe(false)
})

test('a server that was killed with its process is started again, and has kept what was committed', async () => {
  const first = await startEmbeddedPostgres(folder)
  await query(first.url, 'create table kept as select 42 as answer')
  process.kill(findServer()?.pid ?? 0, 'SIGKILL')
  await expect.poll(findServer).toBeUndefined()
  await first.stop()
  const second = await startEmbeddedPostgres(folder)
  expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  await second.stop()
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the process, by that signal, and its server',
  async (name) => {
    const child = await startChild()
    const pid = findServer()?.pid ?? 0
    expect(await child.signal(name)).toBe(name)
    expect(isRunning(pid)).toBe(false)
  },
)

test.each(['exit', 'throw'])('a process that ends without stopping (%s) takes its server with it', async (line) => {
  const child = await startChild()
  await child.tell(line)
  await expect.poll(findServer, { timeout: 5_000 }).toBeUndefined()
})

test('a file of a dead server that names a living process of somebody else is not believed', async () => {
  await (await startEmbeddedPostgres(folder)).stop()
  writeFileSync(join(findHome(), 'data', 'postmaster.pid'), `${process.pid}\n/nowhere\n1\n1\n\n127.0.0.1\n\nready\n`)
  const server = await startEmbeddedPostgres(folder)
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.stop()
})

test('a server that is there but deaf is replaced', async () => {
  const first = await startChild()
  const pid = findServer()?.pid ?? 0
  await first.signal('SIGKILL')
  process.kill(pid, 'SIGSTOP')
  const second = await startEmbeddedPostgres(folder)
  expect(isRunning(pid)).toBe(false)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await second.stop()
})

test('data of another Postgres version is refused, not touched', async () => {
  await (await startEmbeddedPostgres(folder)).stop()
  writeFileSync(join(findHome(), 'data', 'PG_VERSION'), '12\n')
  await expect(startEmbeddedPostgres(folder)).rejects.toMatchObject({
    code: 'embedded-postgres-version',
    message: expect.stringContaining('was made by Postgres 12, and this is Postgres 18'),
  })
})

test('a server that does not come up is a failure with what it said', async () => {
  await (await startEmbeddedPostgres(folder)).stop()
  rmSync(join(findHome(), 'data', 'global', 'pg_control'))
  await expect(startEmbeddedPostgres(folder)).rejects.toMatchObject({
    code: 'embedded-postgres-failed',
    message: expect.stringMatching(/^the embedded Postgres does not start: .*pg_control/),
  })
})

test('a machine without binaries is told what to install or to set', async () => {
  const arch = Object.getOwnPropertyDescriptor(process, 'arch') as PropertyDescriptor
  Object.defineProperty(process, 'arch', { ...arch, value: 'mips' })
  try {
    await expect(startEmbeddedPostgres(folder)).rejects.toMatchObject({
      code: 'embedded-postgres-missing',
      message: expect.stringContaining('-mips` is missing'),
      hint: expect.stringContaining('set `store`'),
    })
  } finally {
    Object.defineProperty(process, 'arch', arch)
  }
})

describe.runIf(isRoot)('as root', () => {
  test('in a folder that nobody can reach the files lie elsewhere, and a pointer says where', async () => {
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const server = await startEmbeddedPostgres(folder)
    expect(readdirSync(folder)).toEqual(['postgres-folder'])
    expect(findHome()).toMatch(/\/hunch-[0-9a-f]{12}$/)
    expect(statSync(join(findHome(), 'data'))).toMatchObject({ uid: 65534 })
    await server.stop()
  })

  test('in a folder that all can reach the files stay there', async () => {
    chmodSync(folder, 0o755)
    const server = await startEmbeddedPostgres(folder)
    expect(readdirSync(folder)).toEqual(['postgres'])
    expect(statSync(`/proc/${findServer()?.pid}`).uid).toBe(65534)
    await server.stop()
  })

  test('files in the temp folder whose state folder was removed are cleared away by a later start', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'hunch-embedded-'))
    await (await startEmbeddedPostgres(gone)).stop()
    const home = readFileSync(join(gone, 'postgres-folder'), 'utf8').trim()
    rmSync(gone, { recursive: true })
    await (await startEmbeddedPostgres(folder)).stop()
    expect(existsSync(home)).toBe(false)
  })

  test('another user runs a server of its own, as itself', async () => {
    // `daemon`, on every Unix: initdb wants a user that has a name.
    const somebody = { uid: 1, gid: 1 }
    chownSync(folder, somebody.uid, somebody.gid)
    const child = await startChild(somebody)
    expect(readdirSync(folder)).toEqual(['postgres'])
    expect(statSync(`/proc/${findServer()?.pid}`).uid).toBe(somebody.uid)
    await child.tell('stop')
    expect(findServer()).toBeUndefined()
  })
})
