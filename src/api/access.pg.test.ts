import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApiKey, removeApiKey } from '../engine/api-keys.ts'
import type { Scope } from '../store/api-keys.ts'
import type { ApiContext } from './api-context.ts'
import { createServer } from './create-server.ts'
import { routes } from './routes/index.ts'
import { openWorld, type World } from './testing/open-world.ts'

let world: World
const servers: FastifyInstance[] = []
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await world.close()
})

async function serve(change: Partial<ApiContext> = {}): Promise<FastifyInstance> {
  const server = createServer({ ...world.context, ...change })
  servers.push(server)
  await server.ready()
  return server
}

/** A key that ends with the test. */
async function makeKey(...scopes: Scope[]) {
  const key = await createApiKey(world.context, { name: scopes.join('+'), scopes })
  onTestFinished(async () => void (await removeApiKey(world.context, key.id)))
  return { ...key, secret: key.token.slice(-43) }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const status = async (server: FastifyInstance, url: string, headers: Record<string, string> = {}) =>
  (await server.inject({ method: 'GET', url, headers })).statusCode

test('on loopback and without any key, everybody on the machine is let in', async () => {
  const server = await serve()
  expect(await status(server, '/v1/catalog')).toBe(200)
  expect(await status(server, '/')).toBe(200)
})

test('a page elsewhere cannot reach a local server under a name of its own', async () => {
  const server = await serve()
  expect(await status(server, '/v1/catalog', { host: 'rebound.evil.test:4321' })).toBe(401)
})

test('a request that a proxy passed on needs a key, also to a server that listens on loopback', async () => {
  const server = await serve()
  for (const header of ['x-forwarded-for', 'x-real-ip'])
    expect(await status(server, '/v1/catalog', { [header]: '203.0.113.9' })).toBe(401)
  expect(await status(server, '/v1/catalog', { forwarded: 'for=203.0.113.9' })).toBe(401)
})

test('a server that others can reach asks for a key although none was made', async () => {
  const server = await serve({ host: '0.0.0.0' })
  const refused = await server.inject({ method: 'GET', url: '/v1/findings' })
  expect(refused.statusCode).toBe(401)
  expect(refused.headers['www-authenticate']).toBe('Bearer realm="hunch"')
  expect(refused.json()).toMatchObject({ code: 'not-authenticated' })
  expect(await status(server, '/healthz')).toBe(200)
})

test('every call but the open ones needs a key, once one was made', async () => {
  await makeKey('read')
  const server = await serve()
  for (const { method, path, scope } of routes) {
    const { statusCode } = await server.inject({ method, url: path.replace(/:\w+/g, 'x') })
    if (scope === 'none') expect(statusCode, path).toBe(200)
    else expect(statusCode, path).toBe(401)
  }
  expect(await status(server, '/queues')).toBe(401)
})

test('a key opens what its scopes cover; admin covers all', async () => {
  const server = await serve()
  const [read, ask, admin] = [await makeKey('read'), await makeKey('ask'), await makeKey('admin')]
  const check = { method: 'POST', url: '/v1/explorations/check', payload: { exploration: 'from account' } } as const
  expect(await status(server, '/v1/findings', bearer(read.token))).toBe(200)
  expect(await status(server, '/v1/findings', bearer(ask.token))).toBe(403)
  expect(await status(server, '/v1/findings', bearer(admin.token))).toBe(200)
  expect((await server.inject({ ...check, headers: bearer(read.token) })).json()).toMatchObject({
    code: 'scope-missing',
    detail: 'the key `read` does not allow `ask`',
  })
  expect((await server.inject({ ...check, headers: bearer(ask.token) })).statusCode).toBe(200)
})

test('a revoked, a cut and an invented key are refused, and no secret is stored', async () => {
  const server = await serve()
  const [key, other] = [await makeKey('read'), await makeKey('read')]
  expect(await status(server, '/v1/catalog', bearer(key.token))).toBe(200)
  expect(await status(server, '/v1/catalog', bearer(`${key.token.slice(0, -1)}!`))).toBe(401)
  expect(await status(server, '/v1/catalog', bearer(`hunch_${key.id}_${'a'.repeat(43)}`))).toBe(401)
  await removeApiKey(world.context, key.id)
  expect(await status(server, '/v1/catalog', bearer(key.token))).toBe(401)
  const stored = JSON.stringify(await world.context.database('apiKeys').select('*'))
  expect(stored).not.toContain(other.secret)
})

test('a browser signs in with a key, stays signed in by a cookie, and is out when the key is revoked', async () => {
  const server = await serve({ host: '0.0.0.0' })
  const { id, token, secret } = await makeKey('read', 'ask')
  const first = await server.inject({ method: 'GET', url: '/cycles', headers: { accept: 'text/html' } })
  expect(first).toMatchObject({ statusCode: 303, headers: { location: '/login?to=%2Fcycles' } })
  const signIn = (key: string, to: string) =>
    server.inject({
      method: 'POST',
      url: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ key, to }).toString(),
    })
  expect((await signIn('hunch_wrong', '/cycles')).body).toContain('not valid')
  expect((await signIn(token, '//evil.test')).headers.location).toBe('/')
  const signedIn = await signIn(token, '/cycles')
  expect(signedIn).toMatchObject({ statusCode: 303, headers: { location: '/cycles' } })
  const set = String(signedIn.headers['set-cookie'])
  expect(set).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=1209600$/)
  expect(set).not.toContain(secret)
  const cookie = set.split(';')[0] ?? ''
  expect(await status(server, '/cycles', { cookie })).toBe(200)
  expect(await status(server, '/cycles', { cookie: `${cookie}x` })).toBe(401)
  await removeApiKey(world.context, id)
  expect(await status(server, '/cycles', { cookie })).toBe(401)
})

test('signing in leads to a page of ours, whatever the link says', async () => {
  const server = await serve({ host: '0.0.0.0' })
  const { token } = await makeKey('read')
  const goTo = async (to: string) => {
    const signedIn = await server.inject({
      method: 'POST',
      url: '/login',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ key: token, to }).toString(),
    })
    expect(signedIn.statusCode).toBe(303)
    return signedIn.headers.location
  }
  for (const to of [
    '/\t/evil.test',
    '/\\evil.test',
    '/.//evil.test',
    'https://evil.test/',
    'javascript:alert(1)',
    '//[',
  ])
    expect(await goTo(to), to).toBe('/')
  expect(await goTo('/explore?text=a%20b#rows')).toBe('/explore?text=a%20b#rows')
  expect(await goTo('/search?q=\r\nõ\ud800')).toBe('/search?q=%C3%B5%EF%BF%BD')
  const shown = await server.inject({ method: 'GET', url: '/login?to=/%09/evil.test' })
  expect(shown).toMatchObject({ statusCode: 200, body: expect.not.stringContaining('evil.test') })
})

test('a session that is too old is over', async () => {
  const server = await serve({ host: '0.0.0.0' })
  const { token } = await makeKey('read')
  const signedIn = await server.inject({
    method: 'POST',
    url: '/login',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `key=${token}`,
  })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  const later = await serve({ host: '0.0.0.0', now: () => world.context.now() + 15 * 24 * 3_600_000 })
  expect(await status(later, '/cycles', { cookie })).toBe(401)
})

test('two keys of one name may use the same idempotency key for different questions', async () => {
  const server = await serve()
  const ask = async (question: string) => {
    const { token } = await makeKey('ask')
    return server.inject({
      method: 'POST',
      url: '/v1/questions',
      headers: { ...bearer(token), 'idempotency-key': 'k-1' },
      payload: { question },
    })
  }
  const [one, other] = [await ask('how many accounts'), await ask('accounts by plan')]
  expect([one.statusCode, other.statusCode]).toEqual([202, 202])
  expect(one.json().id).not.toBe(other.json().id)
})

test('who asks too often is told to wait, as problem+json', async () => {
  const server = await serve()
  const codes: number[] = []
  for (let at = 0; at < 12; at++) {
    const answer = await server.inject({ method: 'POST', url: '/v1/cycles', payload: { asOf: 'no day' } })
    codes.push(answer.statusCode)
    if (at === 11) expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-requests' })
  }
  expect(codes).toEqual([...Array.from({ length: 10 }, () => 400), 429, 429])
})

test('a bug says nothing of itself, and the log says all', async () => {
  const logged: unknown[] = []
  const log = { ...world.context.log, error: (fields: unknown) => void logged.push(fields) }
  const broken = { ...world.context.catalog, models: null as never }
  const server = await serve({ log, catalog: broken })
  const answer = await server.inject({ method: 'GET', url: '/v1/catalog' })
  expect(answer.json()).toMatchObject({ status: 500, code: 'bug', detail: 'something went wrong that should not have' })
  expect(JSON.stringify(logged)).toContain('TypeError')
})
