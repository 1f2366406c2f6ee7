import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'

export interface MariadbServer {
  /** `mysql://root@127.0.0.1:<port>`. */
  readonly url: string
  readonly stop: () => Promise<void>
}

const patienceMs = 30_000
const pollMs = 50

/** Not how anybody should configure a server, so that nothing of ours depends on how it is. */
const odd = [
  '--default-time-zone=+09:00',
  '--sql-mode=ANSI,PAD_CHAR_TO_FULL_LENGTH',
  '--character-set-server=latin1',
  '--max-recursive-iterations=20',
  '--join-cache-level=0',
]

const swift = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=64M',
  '--skip-log-bin',
  '--performance-schema=OFF',
]

function findProgram(...names: readonly string[]): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/libexec', '/usr/local/bin']
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
  if (!found) throw new Error(`there is no \`${names[0]}\` on this machine`)
  return found
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

async function awaitAnswer(url: string, server: ChildProcess): Promise<void> {
  const until = performance.now() + patienceMs
  while (performance.now() < until && server.exitCode === null) {
    const connection = await createConnection({ uri: url }).catch(() => undefined)
    if (connection) return await connection.end()
    await wait(pollMs)
  }
  throw new Error('MariaDB does not get ready')
}

/** A MariaDB of the machine's package on a folder and a port of its own, gone without a trace when it stops. */
export async function startMariadb(): Promise<MariadbServer> {
  const program = findProgram('mariadbd', 'mysqld')
  const installer = findProgram('mariadb-install-db', 'mysql_install_db')
  const folder = mkdtempSync(join(tmpdir(), 'hunch-mariadb-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // As root it must be told so.
  const base = [
    '--no-defaults',
    `--datadir=${join(folder, 'data')}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ]
  const { status, stderr } = spawnSync(
    installer,
    [...base, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { encoding: 'utf8' },
  )
  if (status !== 0) {
    remove()
    throw new Error(`\`mariadb-install-db\` fails: ${stderr}`)
  }
  const port = await findFreePort()
  const place = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(folder, 'socket')}`]
  const server = spawn(program, [...base, ...place, `--pid-file=${join(folder, 'pid')}`, ...swift, ...odd], {
    stdio: 'ignore',
  })
  const stop = async () => {
    if (server.exitCode === null && server.kill()) await once(server, 'exit')
    remove()
  }
  const url = `mysql://root@127.0.0.1:${port}`
  try {
    await awaitAnswer(url, server)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}
