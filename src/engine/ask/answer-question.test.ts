import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { silentLog } from '../../base/log.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { openLanguageModel } from '../../llm/open-language-model.ts'
import { type RecordedReply, startModelServer } from '../../llm/testing/model-server.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import type { Progress } from '../context.ts'
import { type AskContext, answerQuestion } from './answer-question.ts'

const catalogText = `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number, hidden: true }
      plan: { type: text, values: { free: Free, pro: Pro } }
      employees: { type: number }
      created_at: { type: timestamp }
    explorations: [{ title: Accounts by plan, text: "from account\\ngroup by plan: accounts = count()" }]
`
const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text: catalogText }]))

let folder: string
let warehouse: Warehouse
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hunch-ask-'))
  await mkdir(join(folder, 'data'))
  const rows = ['1,free,1,2026-07-02', '2,pro,5,2026-08-03', '3,pro,9,2026-08-09']
  await writeFile(
    join(folder, 'data/accounts.csv'),
    `id,plan,employees,created_at\n${rows.join(' 10:00:00\n')} 10:00:00\n`,
  )
  warehouse = await openWarehouse('files:./data', { folder })
})
afterAll(async () => {
  await warehouse.close()
  await rm(folder, { recursive: true })
})

async function createContext(replies?: readonly RecordedReply[]): Promise<AskContext> {
  const server = replies && (await startModelServer(replies))
  if (server) onTestFinished(server.close)
  const options = { apiKey: undefined, model: 'small', timeoutMs: 2_000, seed: 7, roles: {} }
  return {
    workspace: 'acme',
    catalog,
    calendar: catalog.calendar,
    warehouse,
    model: server && openLanguageModel({ ...options, baseURL: server.baseURL }),
    now: () => Date.parse('2026-09-01T08:00:00Z'),
    log: silentLog,
    webUrl: 'http://localhost:4321',
  }
}

const vague = 'pro people versus others'

test('a plain question is answered by the planner, with rows, steps, times and what exists', async () => {
  const progress: Progress[] = []
  const answer = await answerQuestion(
    await createContext(['never asked']),
    { question: 'accounts by plan' },
    (step) => {
      progress.push(step)
    },
  )
  expect(answer).toMatchObject({
    question: 'accounts by plan',
    exploration: 'as of 2026-09-01\nfrom account\ngroup by plan: accounts = count()\nchart bar plan, accounts\n',
    rows: [
      ['free', 1],
      ['pro', 2],
    ],
    sentence: 'accounts by plan: 2 rows, highest 2 for Pro',
    route: 'planner',
    confidence: 0.95,
    existing: [
      { title: 'Accounts by plan', url: expect.stringContaining('http://localhost:4321/explore?text=from%20account') },
    ],
    repairs: 0,
    usage: { calls: 0 },
  })
  expect(answer).toHaveProperty('steps.1.sentence', expect.stringMatching(/\w/))
  expect(progress.map(({ phase }) => phase)).toEqual(['search', 'plan', 'run'])
})

test('what the planner does not understand goes to the model', async () => {
  const context = await createContext(['from account\ngroup all: pro_share = count(where plan = "pro") / count()'])
  expect(await answerQuestion(context, { question: vague })).toMatchObject({
    route: 'model',
    columns: [{ name: 'pro_share', type: 'number' }],
    usage: { calls: 1, models: ['small'] },
  })
})

test('the refusal of a model is the answer', async () => {
  const context = await createContext(['cannot_answer: the data says nothing about people'])
  expect(await answerQuestion(context, { question: vague })).toEqual({
    question: vague,
    cannotAnswer: 'the data says nothing about people',
    existing: [],
  })
})

test('without a model, the planner says why it cannot', async () => {
  expect(await answerQuestion(await createContext(), { question: vague })).toMatchObject({
    cannotAnswer: '`people` is not understood',
  })
})

test('when the model is away, what the planner was not sure of stands, with its confidence', async () => {
  const question = 'emplyees by plan'
  expect(await answerQuestion(await createContext(['break', 'break']), { question })).toMatchObject({
    exploration: expect.stringContaining('group by plan: total_employees = sum(employees)'),
    route: 'planner',
    confidence: 0.6,
  })
  expect(await answerQuestion(await createContext(), { question })).toMatchObject({
    cannotAnswer: 'the question can be read in several ways; say it more exactly',
  })
})

test('a model that cannot be reached is said where there is nothing else', async () => {
  const context = await createContext(['break', 'break'])
  expect(await answerQuestion(context, { question: vague })).toMatchObject({
    cannotAnswer: expect.stringMatching(/^the language model at http:\/\/127\.0\.0\.1:\d+\/v1 cannot be reached$/),
  })
})

test('a follow-up goes to the model with what it follows', async () => {
  const server = await startModelServer(['from account\nwhere plan = "pro"\ngroup all: accounts = count()'])
  onTestFinished(server.close)
  const model = openLanguageModel({ ...server, apiKey: undefined, model: 'm', timeoutMs: 2_000, seed: 7, roles: {} })
  const context = { ...(await createContext()), model }
  const answer = await answerQuestion(context, {
    question: 'only pro',
    context: 'from account\ngroup all: accounts = count()',
  })
  expect(answer).toMatchObject({ route: 'model', rows: [[2]] })
  expect(server.requests[0]?.messages.at(-1)?.content).toContain('follows up this exploration')
})

test('what compiles but cannot run is a failure of the warehouse, not an answer', async () => {
  const gone = { ...(await createContext()), catalog: renameTable() }
  await expect(answerQuestion(gone, { question: 'how many accounts' })).rejects.toMatchObject({ name: 'Failure' })
})

const renameTable = () => {
  const account = catalog.models.account
  if (!account) throw new Error('the catalog has accounts')
  return { ...catalog, models: { account: { ...account, source: { table: 'gone' } } } }
}
