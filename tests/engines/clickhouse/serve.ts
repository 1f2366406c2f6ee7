/**
 * ClickHouse over HTTP, for tests: the real engine in this process, and as much of its HTTP interface around it as `@clickhouse/client`
 * needs: settings and parameters, formats, errors with their codes, cancelling when the client goes. Each request is a session of its own.
 * It says `listening <port>` and ends with its standard input. Started by `start.ts`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

interface Session {
  readonly path: string
  queryAsync(sql: string, options?: { readonly format: string }): Promise<{ bytes(): Uint8Array }>
  queryBindAsync(sql: string, parameters: object): Promise<unknown>
  close(): void
}
const home = process.argv[2] ?? '.'
const { Session } = createRequire(join(home, 'package.json'))('chdb') as { Session: new (path?: string) => Session }

const main = new Session()
let requests = 0

/** Words of a request's address that are no settings of the engine. */
const notSettings = new Set(['query', 'query_id', 'database', 'session_id', 'role', 'wait_end_of_query', 'buffer_size'])
const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`

/** An error of the server itself, in the words of a server. */
const serverError = (code: number, message: string, name: string) =>
  new Error(`Code: ${code}. DB::Exception: ${message}. (${name})`)

/** Users, none with a password, by the profile that they have: what they may write and set. */
const users: Readonly<Record<string, string>> = { default: '0', locked: '1', reader: '2' }

/** The profile of the request's user. */
function checkUser({ headers }: IncomingMessage): string {
  const encoded = (headers.authorization ?? '').replace(/^Basic /, '')
  const [, name = '', password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  const profile = users[name]
  if (profile === undefined || password !== '')
    throw serverError(
      516,
      `${name}: Authentication failed: password is incorrect, or there is no user with such name`,
      'AUTHENTICATION_FAILED',
    )
  return profile
}

/** The query and what goes with it, from the address and the body: plain, or in parts as a form. */
async function readRequest(request: IncomingMessage) {
  const options = new Map(new URL(request.url ?? '/', 'http://localhost').searchParams)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return { sql: (options.get('query') ?? '') + body.toString(), options }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData()
  for (const [name, value] of form) options.set(name, String(value))
  return { sql: options.get('query') ?? '', options }
}

/** Settings and parameters together, as a server takes them: checked against what the user may change, then set at once. */
function writeSettings(options: ReadonlyMap<string, string>): string | undefined {
  const settings = [...options].filter(([name]) => !notSettings.has(name))
  return settings.map(([name, value]) => `${name} = ${quote(value)}`).join(', ') || undefined
}

async function run(request: IncomingMessage, response: ServerResponse): Promise<Uint8Array> {
  const profile = checkUser(request)
  const { sql, options } = await readRequest(request)
  // The engine in process takes several statements, a server only one: its own parser says what a server would.
  if (!/^\s*insert\b/i.test(sql)) await main.queryBindAsync('SELECT formatQuery({sql:String})', { sql })
  const id = `request ${++requests}`
  const session = new Session(main.path)
  const kill = () => {
    if (options.get('cancel_http_readonly_queries_on_client_close') === '1' && !response.writableEnded)
      main.queryAsync(`KILL QUERY WHERE Settings['log_comment'] = '${id}' ASYNC`).catch(() => undefined)
  }
  try {
    const database = options.get('database')
    if (database !== undefined) await session.queryAsync(`USE \`${database.replaceAll('`', '\\`')}\``)
    response.on('close', kill)
    await session.queryAsync(`SET log_comment = '${id}', readonly = ${profile}`)
    const settings = writeSettings(options)
    if (settings !== undefined) await session.queryAsync(`SET ${settings}`)
    const result = await session.queryAsync(sql, { format: 'TabSeparated' })
    return result.bytes()
  } finally {
    response.off('close', kill)
    session.close()
  }
}

const server = createServer(async (request, response) => {
  if (request.url === '/ping') {
    response.end('Ok.\n')
    return
  }
  try {
    response.end(await run(request, response))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1001'
    response.writeHead(code === '516' ? 403 : 500, { 'X-ClickHouse-Exception-Code': code })
    response.end(`${message}\n`)
  }
})

server.listen(Number(process.argv[3] ?? 0), '127.0.0.1', () => {
  console.log(`listening ${(server.address() as AddressInfo).port}`)
})
process.stdin.resume()
process.stdin.on('end', () => {
  server.close()
  main.close()
  process.exit(0)
})
