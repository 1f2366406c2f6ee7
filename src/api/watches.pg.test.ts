import { expect, test } from 'vitest'
import { serveWorld } from './testing/serve-world.ts'

const { server } = await serveWorld()

const text = 'from account\ngroup by day(created_at): accounts = count()\n'
const browser = { accept: 'text/html,application/xhtml+xml', host: 'localhost:4321', 'sec-fetch-site': 'same-origin' }

test('an exploration is watched, listed, and no longer watched when somebody says so, once', async () => {
  const made = await server.inject({ method: 'POST', url: '/v1/watches', payload: { exploration: text, title: 'New' } })
  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ title: 'New', createdBy: 'local' })
  expect(made.json().exploration).toMatch(/test level_shift accounts over /)
  const listed = await server.inject({ method: 'GET', url: '/v1/watches' })
  expect(listed.body).toContain(made.json().id)
  const stop = () => server.inject({ method: 'DELETE', url: `/v1/watches/${made.json().id}` })
  expect([(await stop()).statusCode, (await stop()).statusCode]).toEqual([204, 404])
})

test('what is no measure by period cannot be watched, and is told why', async () => {
  const refused = await server.inject({
    method: 'POST',
    url: '/v1/watches',
    payload: { exploration: 'from account\ngroup by plan: accounts = count()\n' },
  })
  expect(refused.statusCode).toBe(422)
  expect(refused.headers['content-type']).toContain('application/problem+json')
})

test('a button of the explorer watches, and the list has one to stop', async () => {
  const explorer = await server.inject({ url: `/explore?text=${encodeURIComponent(text)}`, headers: browser })
  expect(explorer.body).toContain('Watch this')
  const form = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }
  const payload = new URLSearchParams({ text, title: 'Accounts by day' }).toString()
  const watched = await server.inject({ method: 'POST', url: '/watches', headers: form, payload })
  expect(watched).toMatchObject({ statusCode: 303, headers: { location: '/watches' } })
  const page = (await server.inject({ url: '/watches', headers: browser })).body
  expect(page).toContain('Accounts by day')
  const [, stop] = /action="(\/watches\/[^"]+\/stop)"/.exec(page)!
  const stopped = await server.inject({ method: 'POST', url: stop!, headers: form, payload: '' })
  expect(stopped.statusCode).toBe(303)
  expect((await server.inject({ url: '/watches', headers: browser })).body).toContain('Nothing is watched yet')
})
