import { expect, onTestFinished, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { parseCatalog } from '../catalog/parse-catalog.ts'
import { openLanguageModel } from './open-language-model.ts'
import { type RecordedReply, startModelServer } from './testing/model-server.ts'
import { writeWithModel } from './write-with-model.ts'

const text = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number, hidden: true }
      plan: { type: text, values: [free, pro] }
      industry: { type: text }
      created_at: { type: timestamp }
`
const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const compile = { catalog, calendar: catalog.calendar, asOf: '2026-09-30', dialect: 'duckdb' } as const

async function write(replies: readonly RecordedReply[]) {
  const server = await startModelServer(replies)
  onTestFinished(server.close)
  const model = openLanguageModel({
    ...server,
    apiKey: 'k',
    model: 'small',
    timeoutMs: 5_000,
    seed: 7,
    roles: { repair: 'large' },
  })
  return { server, attempt: await writeWithModel(model, { question: 'accounts by plan', compile }) }
}

test('an exploration that compiles needs one call', async () => {
  const { attempt } = await write(['```\nfrom account\ngroup by plan: accounts = count()\n```'])
  expect(attempt).toMatchObject({
    written: { kind: 'written', compiled: { fixes: [] } },
    repairs: 0,
    usage: { calls: 1, models: ['small'], promptTokens: 100, completionTokens: 20 },
  })
})

test('what has only one mend is mended by code, without another call', async () => {
  const { attempt } = await write(['from accounts\ngroup by plan: accounts = count(*)'])
  expect(attempt.repairs).toBe(0)
  expect(attempt.written.kind === 'written' && attempt.written.compiled.fixes.length).toBeGreaterThan(0)
})

test('what code cannot mend goes back once with its diagnostics, to the model for repairs', async () => {
  const { server, attempt } = await write([
    'from account\ngroup by colour: accounts = count()',
    'from account\ngroup by plan: accounts = count()',
  ])
  expect(attempt).toMatchObject({
    written: { kind: 'written' },
    repairs: 1,
    usage: { calls: 2, models: ['small', 'large'] },
  })
  const repair = server.requests[1]?.messages ?? []
  expect(repair.at(-2)).toEqual({ role: 'assistant', content: 'from account\ngroup by colour: accounts = count()' })
  expect(repair.at(-1)?.content).toMatch(/^This does not compile:[\s\S]*`colour`[\s\S]*\^\^\^/)
})

test('there is no second round of repair', async () => {
  const { server, attempt } = await write(Array.from({ length: 3 }, () => 'from account\ngroup by colour: n = count()'))
  expect(attempt).toMatchObject({ written: { kind: 'rejected' }, repairs: 1 })
  expect(server.requests).toHaveLength(2)
})

test('a refusal is an answer', async () => {
  const { attempt } = await write(['cannot_answer: the data holds no plans'])
  expect(attempt.written).toEqual({ kind: 'cannot_answer', reason: 'the data holds no plans' })
})
