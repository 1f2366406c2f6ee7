import { expect, test } from 'vitest'
import { signUnsubscribe } from '../mail/unsubscribe-token.ts'
import { ensureLinkSecret } from '../store/link-secrets.ts'
import { listUnsubscribed } from '../store/subscriptions.ts'
import { serveWorld } from './testing/serve-world.ts'

const { world, server } = await serveWorld()

const browser = { accept: 'text/html,application/xhtml+xml', host: 'localhost:4321' }
const open = (url: string) => server.inject({ method: 'GET', url, headers: browser })
const submit = (url: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url,
    headers: {
      ...browser,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
    payload: new URLSearchParams(fields).toString(),
  })
const findingPath = () => `/findings/${world.findings[0]?.key}`

const readEntities = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')
const listLinks = (html: string) =>
  [...html.matchAll(/(?:href|src)="(\/[^"#]*)/g)].map(([, path]) => readEntities(path ?? ''))

test('no link of any page leads nowhere: pages, explorations, mails and assets are followed from the inbox', async () => {
  const seen = new Set<string>()
  const waiting = ['/', '/outbox', '/settings', '/cycles', `/digests/${world.digestId}`]
  while (waiting.length > 0 && seen.size < 150) {
    const path = waiting.pop() ?? ''
    if (seen.has(path) || path.startsWith('/queues/')) continue
    seen.add(path)
    const page = await open(path)
    expect(page.statusCode, `${path}\n${page.body.slice(0, 2_000)}`).toBe(200)
    if (String(page.headers['content-type']).startsWith('text/html')) waiting.push(...listLinks(page.body))
  }
  for (const path of [
    '/',
    findingPath(),
    '/catalog',
    '/ask',
    '/explore',
    '/assets/style.css',
    `/digests/${world.digestId}/mail`,
  ])
    expect([...seen]).toContain(path)
  const explored = [...seen].filter((path) => path.startsWith('/explore?text='))
  expect(explored.length).toBeGreaterThanOrEqual(4)
})

test('the evidence page gathers what was not gathered, and runs the finding again on request', async () => {
  await world.context.database('evidence').delete()
  const page = await open(findingPath())
  expect(page.body).toContain('<svg')
  expect(page.body).not.toContain('There is no evidence to look at')
  const rerun = await submit(`${findingPath()}/rerun`)
  expect(rerun.statusCode).toBe(303)
  expect(rerun.headers.location).toMatch(new RegExp(`^${findingPath()}`))
  expect((await open(findingPath())).body).toMatch(/holds/i)
})

test('feedback is given by a button and shown then', async () => {
  const given = await submit(`${findingPath()}/feedback`, { label: 'expected' })
  expect(given).toMatchObject({ statusCode: 303, headers: { location: findingPath() } })
  expect((await open(findingPath())).body).toMatch(/expected/i)
  expect((await submit(`${findingPath()}/feedback`, { label: 'rubbish' })).statusCode).toBe(400)
})

test('what people said is listed, and taken back by a button', async () => {
  const muted = await submit(`${findingPath()}/feedback`, { label: 'mute', scope: 'slice', until: '2026-12-31' })
  expect(muted).toMatchObject({ statusCode: 303, headers: { location: findingPath() } })
  const page = (await open('/feedback')).body
  expect(page).toContain('its slice, until 31 Dec 2026')
  expect(page).toMatch(/Readers looked at evidence \d+ times?/)
  const [, undo] = /action="(\/feedback\/\d+\/undo)"/.exec(page)!
  expect(await submit(undo!, {})).toMatchObject({ statusCode: 303, headers: { location: '/feedback' } })
  expect((await open('/feedback')).body).not.toContain('its slice, until 31 Dec 2026')
  expect((await submit(undo!, {})).statusCode).toBe(404)
  expect((await submit(`${findingPath()}/feedback`, { label: 'mute', scope: 'moon' })).statusCode).toBe(400)
  expect((await submit(`${findingPath()}/feedback`, { label: 'mute', until: 'soon' })).statusCode).toBe(400)
})

test('a mute may end by a number, which the page asks for beside the one it tells', async () => {
  const form = (await open(findingPath())).body
  expect(form).toMatch(/<select name="bound">.*<input type="number" step="any" name="value">.*it is [\d.,]+/s)
  const say = (more: Record<string, string>) =>
    submit(`${findingPath()}/feedback`, { label: 'mute', scope: 'story', ...more })
  expect((await say({ bound: 'above', value: '1e9' })).statusCode).toBe(303)
  const page = (await open('/feedback')).body
  expect(page).toContain('this story, until it rises above 1,000,000,000 accounts')
  await submit(/action="(\/feedback\/\d+\/undo)"/.exec(page)![1]!, {})
  for (const wrong of [
    { bound: 'above', value: '' },
    { bound: 'near', value: '3' },
    { bound: 'below', value: '1e9' },
  ])
    expect((await say(wrong)).statusCode).toBe(400)
  expect((await say({ bound: '', value: '' })).statusCode).toBe(303)
})

test('forms that another site posts are refused', async () => {
  const crossed = await submit(`${findingPath()}/feedback`, { label: 'useful' }, { 'sec-fetch-site': 'cross-site' })
  expect(crossed.statusCode).toBe(403)
  const old = await server.inject({
    method: 'POST',
    url: `${findingPath()}/rerun`,
    headers: { host: 'localhost:4321', origin: 'https://evil.test' },
  })
  expect(old.json()).toMatchObject({ status: 403, code: 'cross-site-request' })
})

test('another site may link to a question, but not have it asked unseen', async () => {
  const questions = () => world.context.database('questions').count()
  const load = (url: string, headers: Record<string, string>) =>
    server.inject({ method: 'GET', url, headers: { ...browser, 'sec-fetch-site': 'cross-site', ...headers } })
  const before = await questions()
  for (const url of ['/ask?question=signups%20by%20plan', '/explore?text=from%20account', '/v1/search?q=paid']) {
    expect((await load(url, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).statusCode, url).toBe(403)
    expect((await load(url, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' })).statusCode, url).toBe(403)
  }
  expect(await questions()).toEqual(before)
  const linked = await load('/explore?text=from%20account', {
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  })
  expect(linked.statusCode).toBe(200)
})

test('the ask page shows answer, steps and chart, or says why not', async () => {
  const answered = await open('/ask?question=signups%20by%20source')
  expect(answered.body).toContain('signups by source: 2 rows')
  expect(answered.body).toContain('<svg')
  expect((await open('/ask?question=what%20is%20the%20weather')).body).toContain('names nothing that the catalog knows')
  expect((await open('/ask?id=none')).statusCode).toBe(404)
})

test('a question after the end of the data is told so, and can be asked of its end', async () => {
  const text = 'as of 2027-03-01\nfrom account\nwhere created_at in last month\ngroup all: accounts = count()'
  const late = await open(`/explore?text=${encodeURIComponent(text)}`)
  const [, link = ''] = /The data of account ends on [^<]+<a href="([^"]+)">/.exec(late.body) ?? []
  const then = await open(readEntities(link))
  expect(then.statusCode).toBe(200)
  expect(then.body).not.toContain('The data of account ends')
  expect(then.body).toMatch(/<td[^>]*>(<[^>]+>)*[1-9],?\d{2,3}</)
  expect(late.body).not.toMatch(/<td[^>]*>(<[^>]+>)*[1-9],?\d{2,3}</)
})

test('the explorer shows mistakes where they are made', async () => {
  const wrong = await open(`/explore?text=${encodeURIComponent('from account\ngroup by plann: n = count()')}`)
  expect(wrong.body).toMatch(/plann/)
  const unknown = await open(`/explore?text=${encodeURIComponent('from account\nwhere colour = "red"')}`)
  expect(unknown.statusCode).toBe(422)
  expect(unknown.body).toContain('colour')
})

test('markup in what was typed stays text', async () => {
  for (const path of ['/ask?question=', '/explore?text=', '/nothing/'])
    expect((await open(path + encodeURIComponent('<script>alert(1)</script>'))).body).not.toContain('<script>alert')
})

test('a link in a mail asks first, and one click of a mail program is enough', async () => {
  const { database, workspace } = world.context
  const secret = await ensureLinkSecret(database, workspace)
  const token = signUnsubscribe({ workspace, team: 'growth', recipient: 'ann@acme.test' }, secret)
  expect((await open(`/unsubscribe/${token}`)).body).toContain('Leave this digest?')
  expect(await listUnsubscribed(database, workspace, 'growth')).toEqual([])
  const oneClick = await server.inject({
    method: 'POST',
    url: `/unsubscribe/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  })
  expect(oneClick.statusCode).toBe(200)
  expect(await listUnsubscribed(database, workspace, 'growth')).toEqual(['ann@acme.test'])
  expect((await open(`/unsubscribe/${token.slice(0, -2)}`)).statusCode).toBe(404)
})

test('mails in the outbox can be read, and nothing else in its folder or above', async () => {
  const { body } = await open('/outbox')
  const [html] = listLinks(body).filter((path) => path.endsWith('.html'))
  const mail = await open(html ?? '')
  expect(mail.headers['content-security-policy']).toContain('sandbox')
  expect(mail.body).toContain('<html')
  for (const name of ['..%2F..%2Fdata%2Faccounts.csv', 'accounts.csv', '%2Fetc%2Fpasswd'])
    expect((await open(`/outbox/${name}`)).statusCode).toBe(404)
})

test('pages run no scripts and load nothing from elsewhere', async () => {
  const page = await open('/')
  const policy = String(page.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(page.body).not.toMatch(/<script|\son\w+=|style="/)
})

test('the board of the queues is mounted', async () => {
  const board = await open('/queues')
  expect(board.statusCode).toBe(200)
  expect(board.body).toContain('Hunch queues')
  expect((await server.inject({ method: 'GET', url: '/queues/api/queues' })).json().queues.length).toBe(4)
})

test('a browser gets mistakes as pages', async () => {
  const missing = await open('/findings/none')
  expect(missing.statusCode).toBe(404)
  expect(missing.headers['content-type']).toContain('text/html')
  expect(missing.body).toContain('There is no such page')
})
