import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { problemSchema } from './problem.ts'
import { routes } from './routes/index.ts'
import {
  answerSchema,
  evidenceSchema,
  findingSchema,
  queryResultSchema,
  questionSchema,
  rerunSchema,
} from './schemas.ts'
import { serveWorld } from './testing/serve-world.ts'

const { world, server } = await serveWorld()

const get = (url: string, options: InjectOptions = {}) => server.inject({ method: 'GET', url, ...options })
const post = (url: string, payload?: object, options: InjectOptions = {}) =>
  server.inject({ method: 'POST', url, ...(payload ? { payload } : {}), ...options })
const finding = () => {
  const [first] = world.findings
  if (!first) throw new Error('the planted drop was not found')
  return first
}

test('a question is accepted, answered by a worker, and its answer has the published shape', async () => {
  const accepted = await post('/v1/questions', { question: 'accounts by source' })
  expect(accepted.statusCode).toBe(202)
  const { location } = accepted.headers
  expect(location).toBe(`/v1/questions/${accepted.json().id}`)
  const events = await get(`${location}/events`)
  expect(events.headers['content-type']).toBe('text/event-stream')
  expect(events.body).toMatch(/event: done\ndata: \{.*"state":"done".*\}\n\n$/)
  const question = questionSchema.parse((await get(String(location))).json())
  expect(answerSchema.parse(question.answer)).toMatchObject({
    sentence: expect.stringMatching(/^accounts by source: 2 rows, highest \d,\d{3} for Organic$/),
    route: 'planner',
    exploration: 'as of 2026-10-01\nfrom account\ngroup by source: accounts = count()\nchart bar source, accounts\n',
    existing: [expect.objectContaining({ title: 'Signups a month by source' })],
  })
})

test('with `wait`, an answer that is there in time comes at once', async () => {
  const answered = await post('/v1/questions?wait=20000', { question: 'How many accounts signed up last month?' })
  expect(answered.statusCode).toBe(200)
  expect(answered.json()).toMatchObject({ state: 'done', answer: { columns: [{ name: 'accounts', type: 'number' }] } })
})

test('what is not about the data is answered with a reason', async () => {
  const refused = await post('/v1/questions?wait=20000', { question: 'What is the weather?' })
  expect(refused.json().answer).toEqual({
    question: 'What is the weather?',
    cannotAnswer: 'the question names nothing that the catalog knows',
    existing: [],
  })
})

test('the same idempotency key gives the same question, and another question is refused', async () => {
  const headers = { 'idempotency-key': 'k-1' }
  const ask = (question: string) => post('/v1/questions', { question }, { headers })
  const first = (await ask('how many accounts')).json()
  expect((await ask('how many accounts')).json().id).toBe(first.id)
  expect((await ask('how many customers')).json()).toMatchObject({ status: 409, code: 'idempotency-key-reused' })
  const followUp = { question: 'how many accounts', context: 'from account' }
  expect((await post('/v1/questions', followUp, { headers })).json()).toMatchObject({
    status: 409,
    code: 'idempotency-key-reused',
  })
})

test('an exploration runs, is checked and is said in words', async () => {
  const exploration = 'from account\ngroup by plan: accounts = count()'
  const run = queryResultSchema.parse((await post('/v1/explorations/run', { exploration })).json())
  expect(run).toMatchObject({ rowCount: 2, truncated: false, asOf: '2026-10-01' })
  expect((await post('/v1/explorations/check', { exploration })).json()).toMatchObject({ ok: true })
  const { steps } = (await post('/v1/explorations/describe', { exploration })).json()
  expect(steps.map((step: { text: string }) => step.text)).toEqual(exploration.split('\n'))
})

test('parameters are given beside the text, in every call that takes one', async () => {
  const exploration = 'param wanted text = "pro"\nfrom account\nwhere plan = wanted\ngroup all: n = count()'
  const parameters = { wanted: 'free' }
  const [asWritten, asGiven] = [
    (await post('/v1/explorations/run', { exploration })).json(),
    (await post('/v1/explorations/run', { exploration, parameters })).json(),
  ]
  expect([asWritten.parameters, asGiven.parameters]).toEqual([['pro'], ['free']])
  expect(asGiven.exploration).toContain('param wanted text = "free"')
  const { steps } = (await post('/v1/explorations/describe', { exploration, parameters })).json()
  expect(steps[1].sentence).toBe('Keep accounts where plan is Free (the given wanted)')
  expect((await post('/v1/explorations/check', { exploration, parameters: { limit: 3 } })).json()).toMatchObject({
    ok: false,
    problem: { code: 'unknown-parameter' },
  })
})

test('a tree is taken like text', async () => {
  const tree = {
    dsl: 1,
    header: {},
    steps: [
      { kind: 'from', model: 'account' },
      { kind: 'group', keys: [], measures: [{ name: 'n', value: { kind: 'call', name: 'count', args: [] } }] },
    ],
  }
  expect((await post('/v1/explorations/run', { exploration: tree })).json()).toMatchObject({
    exploration: 'as of 2026-10-01\nfrom account\ngroup all: n = count()\n',
  })
})

test('what is no tree is a mistake of who sent it, in every call that takes one', async () => {
  for (const call of ['run', 'check', 'describe'])
    for (const steps of [[{}], [null], [{ kind: 'where' }], [{ kind: 'from', model: 'account' }, { kind: 'where' }]]) {
      const answer = await post(`/v1/explorations/${call}`, { exploration: { dsl: 1, steps } })
      expect(problemSchema.parse(answer.json())).toMatchObject({ status: 422, code: 'malformed-tree' })
    }
  const empty = await post('/v1/explorations/run', { exploration: { dsl: 1, steps: [] } })
  expect(problemSchema.parse(empty.json())).toMatchObject({ status: 422, code: 'no-steps' })
})

test('a mistake comes as problem+json with code, place, hint and candidates', async () => {
  const wrong = await post('/v1/explorations/run', {
    exploration: 'from account\ngroup by plann: accounts = count()\nwhere colour = 1',
  })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.headers['content-type']).toContain('application/problem+json')
  const problem = problemSchema.parse(wrong.json())
  expect(problem).toMatchObject({ status: 422, candidates: expect.any(Array), span: { start: expect.any(Number) } })
  expect(problem.diagnostics?.length).toBeGreaterThan(0)
  const checked = (await post('/v1/explorations/check', { exploration: 'from acount\nwhere x = 1' })).json()
  expect(checked).toMatchObject({ ok: false, problem: { code: expect.any(String) } })
})

test('requests of a wrong shape are told what is wrong with them', async () => {
  expect((await post('/v1/questions', { question: '  ' })).json()).toMatchObject({
    status: 400,
    code: 'invalid-request',
  })
  expect((await post('/v1/questions', { question: 'x', extra: 1 })).json().detail).toContain('`extra`')
  expect((await get('/v1/findings?limit=9999')).json().detail).toContain('`limit`')
  const text = await server.inject({
    method: 'POST',
    url: '/v1/questions',
    payload: 'hello',
    headers: { 'content-type': 'text/plain' },
  })
  expect(text.json()).toMatchObject({ status: 400 })
  const broken = await server.inject({
    method: 'POST',
    url: '/v1/questions',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  })
  expect(problemSchema.parse(broken.json())).toMatchObject({ status: 400 })
  const big = await post('/v1/explorations/run', { exploration: 'x'.repeat(300_000) })
  expect(problemSchema.parse(big.json())).toMatchObject({ status: 413 })
})

test('an unreadable cursor and the character NUL are mistakes of who asks', async () => {
  const far = Buffer.from(JSON.stringify(['2026-09-30', '2026-10-01T08:00:00Z', 1e15, 'a'])).toString('base64url')
  for (const cursor of ['nonsense', far])
    expect((await get(`/v1/findings?cursor=${cursor}`)).json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
      detail: expect.stringContaining('`cursor`'),
    })
  const deep = `${'['.repeat(50_000)}"\\u0000"${']'.repeat(50_000)}`
  for (const answer of [
    await get('/v1/findings/%00'),
    await get('/v1/findings?metric=a%00b'),
    await get('/findings/%00'),
    await post('/v1/questions', { question: 'a\u0000b' }),
    await post('/v1/explorations/run', { exploration: 'from account\nwhere plan = "a\u0000b"' }),
    await server.inject({
      method: 'POST',
      url: '/v1/questions',
      payload: `{"question":${deep}}`,
      headers: { 'content-type': 'application/json' },
    }),
  ])
    expect(problemSchema.parse(answer.json())).toMatchObject({ status: 400, code: 'nul-character' })
})

test('the planted drop is in the inbox, page by page, and filters hold', async () => {
  const all = (await get('/v1/findings')).json()
  expect(all.findings.length).toBeGreaterThan(0)
  for (const one of all.findings) findingSchema.parse(one)
  expect(all.findings[0]).toMatchObject({
    metric: 'signups',
    direction: 'down',
    slice: [{ field: 'source', value: 'paid' }],
  })
  const first = (await get('/v1/findings?limit=1')).json()
  expect(first.findings).toHaveLength(1)
  if (all.findings.length > 1) {
    const second = (await get(`/v1/findings?limit=1&cursor=${first.nextCursor}`)).json()
    expect(second.findings[0].key).toBe(all.findings[1].key)
  }
  expect((await get('/v1/findings?metric=nothing')).json()).toEqual({ findings: [], nextCursor: null })
  expect((await get(`/v1/findings/${finding().key}`)).json().key).toBe(finding().key)
})

test('evidence is gathered when somebody looks, kept, and run again', async () => {
  const { key } = finding()
  const evidence = evidenceSchema.parse((await get(`/v1/findings/${key}/evidence`)).json())
  expect(evidence).toMatchObject({ findingKey: key, test: { detector: finding().kind } })
  expect((await get(`/v1/findings/${key}/evidence`)).json().gatheredAt).toBe(evidence.gatheredAt)
  expect(rerunSchema.parse((await post(`/v1/findings/${key}/rerun`)).json())).toMatchObject({ holds: true })
})

test('feedback is kept with who gave it, listed, and taken back once', async () => {
  const path = `/v1/findings/${finding().key}/feedback`
  const mute = { label: 'mute', scope: 'metric', until: '2026-12-31', note: 'planned' }
  const given = await post(path, mute)
  expect([given.statusCode, given.json()]).toMatchObject([201, { ...mute, finding: finding().key, by: 'local' }])
  expect((await get('/v1/feedback')).json().feedback[0]).toEqual(given.json())
  const takeBack = () => server.inject({ method: 'DELETE', url: `/v1/feedback/${given.json().id}` })
  expect([(await takeBack()).statusCode, (await takeBack()).statusCode]).toEqual([204, 404])
  for (const wrong of [{ label: 'lovely' }, { ...mute, until: '2026-13-01' }])
    expect((await post(path, wrong)).statusCode).toBe(400)
})

test('a mute may end by a number that the finding has not passed', async () => {
  const { key, observed } = finding()
  const path = `/v1/findings/${key}/feedback`
  const given = await post(path, { label: 'mute', scope: 'slice', condition: { above: observed + 5 } })
  expect(given.json().condition).toEqual({ above: observed + 5 })
  expect((await get('/v1/feedback')).json().feedback[0]).toEqual(given.json())
  const passed = await post(path, { label: 'mute', condition: { below: observed + 5 } })
  expect(passed.json()).toMatchObject({ status: 400, detail: '`condition`: it is below this number already' })
  for (const condition of [{ above: 1, below: 2 }, { above: 'much' }, {}])
    expect((await post(path, { label: 'mute', condition })).statusCode).toBe(400)
  await server.inject({ method: 'DELETE', url: `/v1/feedback/${given.json().id}` })
})

test('a cycle that is asked for says how it goes', async () => {
  const started = await post('/v1/cycles', { asOf: '2026-09-20' })
  expect(started.statusCode).toBe(202)
  const { location } = started.headers
  await expect
    .poll(async () => (await get(String(location))).json().state, { timeout: 60_000, interval: 200 })
    .toBe('done')
  expect((await get(String(location))).json()).toMatchObject({ asOf: '2026-09-20', trigger: 'api' })
  expect((await post('/v1/cycles', { digests: ['nobody'] })).json()).toMatchObject({
    status: 422,
    code: 'unknown-team',
  })
})

test('the catalog and search show no hidden and no personal field', async () => {
  const { models } = (await get('/v1/catalog')).json()
  expect(Object.keys(models.account.fields)).toEqual(['name', 'source', 'plan', 'created_at'])
  expect(JSON.stringify(models)).not.toContain('tax_number')
  expect((await get('/v1/search?q=paid%20search')).json().hits[0]).toMatchObject({
    kind: 'value',
    name: 'source = paid',
  })
  expect((await get('/v1/search?q=tax')).json().hits).toEqual([])
})

test('digests can be read, and members switched off and on', async () => {
  const digest = (await get(`/v1/digests/${world.digestId}`)).json()
  expect(digest).toMatchObject({ team: 'growth', deliveries: [{ recipient: 'ann@acme.test', state: 'sent' }] })
  const off = await server.inject({ method: 'DELETE', url: '/v1/subscriptions?team=growth&recipient=ann@acme.test' })
  expect(off.statusCode).toBe(204)
  expect((await post('/v1/subscriptions', { team: 'growth', recipient: 'ANN@acme.test' })).json()).toEqual({
    team: 'growth',
    recipient: 'ann@acme.test',
    subscribed: true,
  })
  expect((await post('/v1/subscriptions', { team: 'growth', recipient: 'eve@evil.test' })).json()).toMatchObject({
    status: 404,
    code: 'not-a-member',
  })
})

test('says that it is alive, ready, and how busy', async () => {
  expect((await get('/healthz')).json()).toEqual({ ok: true })
  expect((await get('/readyz')).json()).toEqual({ store: 'ok', warehouse: 'ok' })
  const { body } = await get('/metrics')
  expect(body).toContain('hunch_http_requests_total{method="GET",route="/healthz",status="200"} 1')
  expect(body).toContain('hunch_jobs{queue="hunch.questions",state="waiting"} 0')
})

test('what is not there is a problem', async () => {
  for (const url of ['/v1/findings/none', '/v1/questions/none', '/v1/cycles/none', '/v1/digests/none', '/v1/nothing'])
    expect(problemSchema.parse((await get(url)).json())).toMatchObject({ status: 404, code: 'not-found' })
})

test('the OpenAPI document describes every call, and every reference in it leads somewhere', async () => {
  const document = (await get('/v1/openapi.json')).json()
  for (const { method, path } of routes)
    expect(document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()], `${method} ${path}`).toBeDefined()
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
  for (const [, name] of references) expect(document.components.schemas, name).toHaveProperty([name ?? ''])
  const ids = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((calls) =>
    Object.values(calls).map(({ operationId }) => operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
})
