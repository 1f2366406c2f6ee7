import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

// each starts whole processes, several of them one after another; on two busy cores a demo takes more than a minute
vi.setConfig({ testTimeout: 400_000 })

const hunch = resolve('bin/hunch')
const root = mkdtempSync(join(tmpdir(), 'hunch-demo-'))
const first = join(root, 'first')
const mails: ParsedMail[] = []
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    simpleParser(stream).then((mail) => {
      mails.push(mail)
      done()
    }, done)
  },
})

interface Demo {
  readonly process: ChildProcess
  /** All that it has printed so far. */
  readonly output: () => string
  readonly exit: Promise<number | null>
}

function startDemo(folder: string, ...options: readonly string[]): Demo {
  const child = spawn(hunch, ['demo', '--folder', folder, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk))
  return { process: child, output: () => text, exit: new Promise((done) => child.once('exit', (code) => done(code))) }
}

/** Resolves when the demo has printed `words`; rejects with its output when it ends before. */
const printed = ({ process: child, output }: Demo, words: string | RegExp) =>
  new Promise<void>((done, fail) => {
    const look = () => (output().match(words) ? done() : undefined)
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => fail(new Error(`ended before it said ${words}:\n${output()}`)))
    look()
  })

/** Command lines of processes that belong to `folder`; the store's servers name it. */
const listProcesses = (folder: string) =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))

/** A new workspace with the first one's data, whose mail goes to the test's SMTP server. */
function copyWorkspace(name: string): string {
  const folder = join(root, name)
  mkdirSync(join(folder, '.hunch'), { recursive: true })
  cpSync(join(first, '.hunch', 'saas.duckdb'), join(folder, '.hunch', 'saas.duckdb'))
  cpSync(join(first, 'catalog'), join(folder, 'catalog'), { recursive: true })
  const { port } = server.server.address() as AddressInfo
  const config = readFileSync(join(first, 'hunch.yaml'), 'utf8')
  writeFileSync(
    join(folder, 'hunch.yaml'),
    config.replace('mail: { from:', `mail: { smtp: "smtp://127.0.0.1:${port}", from:`),
  )
  return folder
}

beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(async () => {
  await new Promise<void>((done) => server.close(done))
  rmSync(root, { recursive: true, force: true })
})

test('a demo in an empty folder finds the planted events first and leaves a mail in the outbox', async () => {
  const demo = startDemo(first, '--once')
  expect(await demo.exit, demo.output()).toBe(0)
  expect(demo.output()).toMatch(/Signups (from|with source) Paid search fell/i)
  expect(demo.output()).toMatch(/digest +http/)
  const outbox = readdirSync(join(first, '.hunch', 'outbox')).filter((name) => name.endsWith('.eml'))
  expect(outbox).toHaveLength(1)
  expect(listProcesses(first)).toEqual([])
})

test('a second start shows what is there, each address answers, and Ctrl-C leaves no process behind', async () => {
  const demo = startDemo(first)
  await printed(demo, 'stop with Ctrl-C')
  const addresses = [...demo.output().matchAll(/^ {2}\S+ +(http\S+)$/gm)].map(([, address]) => address ?? '')
  expect(addresses.length).toBeGreaterThanOrEqual(7)
  for (const address of addresses) expect((await fetch(address)).status, address).toBe(200)
  demo.process.kill('SIGINT')
  expect(await demo.exit).toBe(0)
  expect(readdirSync(join(first, '.hunch', 'outbox')).filter((name) => name.endsWith('.eml'))).toHaveLength(1)
  expect(listProcesses(first)).toEqual([])
})

test('a demo that is killed in the middle of its cycle goes on at the next start and sends one mail', async () => {
  const folder = copyWorkspace('killed')
  const killed = startDemo(folder, '--once')
  await printed(killed, /testing: /)
  killed.process.kill('SIGKILL')
  await killed.exit
  const second = startDemo(folder, '--once')
  expect(await second.exit, second.output()).toBe(0)
  const third = startDemo(folder, '--once')
  expect(await third.exit, third.output()).toBe(0)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.subject).toMatch(/\d/)
  expect(mails[0]?.text).toMatch(/hypotheses/)
  expect(listProcesses(folder)).toEqual([])
})

test('a port that is in use is said with a way out, and nothing is left running', async () => {
  const { port } = server.server.address() as AddressInfo
  const demo = startDemo(first, '--once', '--port', String(port))
  expect(await demo.exit).toBe(1)
  expect(demo.output()).toContain(`port ${port} of \`127.0.0.1\` is in use [port-in-use]`)
  expect(demo.output()).toContain('choose another port with `--port`')
  expect(listProcesses(first)).toEqual([])
})
