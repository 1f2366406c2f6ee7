import type { FastifyRequest } from 'fastify'
import { checkApiKey } from '../engine/api-keys.ts'
import { hasApiKeys, type Scope, scopes } from '../store/api-keys.ts'
import type { ApiContext } from './api-context.ts'
import { HttpError } from './http-error.ts'
import { readSession } from './session.ts'

/** Who makes a request, and what it may do. */
export interface Caller {
  /** Id of the key, which no other key ever has, or `local`. */
  readonly id: string
  /** Name of the key, or `local`. */
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly by: 'bearer' | 'session' | 'local'
}

const loopback = /^(localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3})$/i

export const isLoopback = (host: string): boolean => loopback.test(host)

/** The name in a `Host` header, without its port. */
const readHostName = (host: string): string => host.replace(/:\d+$/, '')

/** What proxies add: the request came from another machine, although its connection is a local one. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const

/**
 * The rule for local use: a server that listens on loopback only and has no key lets everybody on this machine in. The `Host` must be
 * a loopback name (or that of `web.url`), so that a page elsewhere cannot reach it under a name of its own, and no proxy may stand
 * between.
 */
async function isOpen(context: ApiContext, request: FastifyRequest): Promise<boolean> {
  if (!isLoopback(context.host)) return false
  if (proxyHeaders.some((header) => request.headers[header] !== undefined)) return false
  const name = readHostName(request.headers.host ?? '')
  if (!isLoopback(name) && name !== new URL(context.webUrl).hostname) return false
  return !(await hasApiKeys(context.database, context.workspace))
}

/** Who makes the request; undefined when nobody that we know. */
async function identifyCaller(context: ApiContext, request: FastifyRequest): Promise<Caller | undefined> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) {
    const key = await checkApiKey(context, bearer)
    return key && { id: key.id, name: key.name, scopes: key.scopes, by: 'bearer' }
  }
  const session = await readSession(context, request.headers.cookie)
  if (session) return { id: session.id, name: session.name, scopes: session.scopes, by: 'session' }
  return (await isOpen(context, request)) ? { id: 'local', name: 'local', scopes, by: 'local' } : undefined
}

/** A browser says where a request comes from; one that another site makes is refused, so that cookies and loopback cannot be abused. */
function isSameOrigin(context: ApiContext, request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (origin === new URL(context.webUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Frames and their like: a page elsewhere opens them unseen. */
const frames: ReadonlySet<unknown> = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe'])

/**
 * Whether a page elsewhere makes the browser load this, by a picture, a frame or a script, so that it works unseen: asking and running
 * cost the warehouse and the model. Following a link is fine.
 */
function isLoadedElsewhere({ headers }: FastifyRequest): boolean {
  if (headers['sec-fetch-site'] !== 'cross-site') return false
  return headers['sec-fetch-mode'] !== 'navigate' || frames.has(headers['sec-fetch-dest'])
}

/** Whether a request that nothing but a cookie or loopback vouches for was made by somebody else's page. */
const isForged = (context: ApiContext, request: FastifyRequest): boolean =>
  request.method === 'GET' || request.method === 'HEAD' ? isLoadedElsewhere(request) : !isSameOrigin(context, request)

const allows = (caller: Caller, scope: Scope): boolean =>
  caller.scopes.includes('admin') || caller.scopes.includes(scope)

/** The caller, when it may do what `scope` covers; otherwise 401 or 403. */
export async function authorize(context: ApiContext, request: FastifyRequest, scope: Scope): Promise<Caller> {
  const caller = await identifyCaller(context, request)
  if (!caller)
    throw new HttpError(401, {
      code: 'not-authenticated',
      message: 'the request has no valid API key',
      hint: 'Send `Authorization: Bearer <key>`; `hunch keys add <name>` makes one.',
    })
  if (caller.by !== 'bearer' && isForged(context, request))
    throw new HttpError(403, {
      code: 'cross-site-request',
      message: 'the request comes from another site',
      hint: 'Send it from a page of Hunch, or with an API key.',
    })
  if (!allows(caller, scope))
    throw new HttpError(403, {
      code: 'scope-missing',
      message: `the key \`${caller.name}\` does not allow \`${scope}\``,
      hint: `Use a key with the scope \`${scope}\`.`,
    })
  return caller
}
