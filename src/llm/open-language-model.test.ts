import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../base/failure.ts'
import { openLanguageModel } from './open-language-model.ts'
import { type RecordedReply, startModelServer } from './testing/model-server.ts'

const messages = [{ role: 'user', content: 'hello' }] as const

async function open(replies: readonly RecordedReply[], options: { timeoutMs?: number } = {}) {
  const server = await startModelServer(replies)
  onTestFinished(server.close)
  const model = openLanguageModel({
    baseURL: server.baseURL,
    apiKey: 'secret-key',
    model: 'small',
    timeoutMs: options.timeoutMs ?? 5_000,
    seed: 7,
    roles: { repair: 'large' },
  })
  return { server, model }
}

const fail = async (work: Promise<unknown>): Promise<Failure> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Failure)
  return error as Failure
}

test('asks with temperature 0 and the seed, and says what the reply cost', async () => {
  const { server, model } = await open(['from account'])
  expect(await model.complete('answer', messages)).toMatchObject({
    text: 'from account',
    model: 'small',
    promptTokens: 100,
    completionTokens: 20,
  })
  expect(server.requests).toMatchObject([
    { model: 'small', temperature: 0, seed: 7, messages, authorization: 'Bearer secret-key' },
  ])
})

test('repairs go to the model of that role', async () => {
  const { server, model } = await open(['from account'])
  await model.complete('repair', messages)
  expect(server.requests[0]?.model).toBe('large')
})

test.each<[string, RecordedReply]>([
  ['a broken connection', 'break'],
  ['a 503', { status: 503 }],
  ['a 429', { status: 429 }],
])('tries once more after %s', async (_, first) => {
  const { server, model } = await open([first, 'from account'])
  expect(await model.complete('answer', messages)).toMatchObject({ text: 'from account' })
  expect(server.requests).toHaveLength(2)
})

test('gives up after the second broken attempt', async () => {
  const { server, model } = await open(['break', 'break', 'from account'])
  expect(await fail(model.complete('answer', messages))).toMatchObject({ code: 'model-unreachable', retry: true })
  expect(server.requests).toHaveLength(2)
})

test('does not try again what was refused, and the key is in no message', async () => {
  const { server, model } = await open([{ status: 401 }, 'from account'])
  const failure = await fail(model.complete('answer', messages))
  expect(failure).toMatchObject({ code: 'model-refused', retry: false })
  expect(failure.message).toMatch(/^the language model at http:\/\/127\.0\.0\.1:\d+\/v1 answered 401$/)
  expect(server.requests).toHaveLength(1)
})

test('stops waiting when the time is over, and says which time', async () => {
  const { server, model } = await open(['hang'], { timeoutMs: 60 })
  const failure = await fail(model.complete('answer', messages))
  expect(failure).toMatchObject({ code: 'model-timeout', retry: true })
  expect(failure.message).toMatch(/did not answer within 60 ms$/)
  expect(server.requests).toHaveLength(1)
})

test('ends a call whose caller has gone', async () => {
  const { model } = await open(['hang'])
  const controller = new AbortController()
  const call = model.complete('answer', messages, controller.signal)
  controller.abort()
  expect(await fail(call)).toMatchObject({ code: 'model-cancelled' })
})

test('an endpoint that is not there is a failure with a hint', async () => {
  const server = await startModelServer([])
  await server.close()
  const model = openLanguageModel({
    ...server,
    apiKey: undefined,
    model: 'm',
    timeoutMs: 2_000,
    seed: undefined,
    roles: {},
  })
  expect(await fail(model.complete('answer', messages))).toMatchObject({
    code: 'model-unreachable',
    hint: 'Check `llm.baseURL` in `hunch.yaml` and that the endpoint runs.',
  })
})
