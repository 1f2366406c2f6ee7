import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { Failure } from '../base/failure.ts'
import { findCycleRequest } from '../store/cycle-requests.ts'
import { findCycle } from '../store/cycles.ts'
import { findQuestion, insertQuestion, listOpenQuestions, updateQuestion } from '../store/questions.ts'
import { findScan } from '../store/scans.ts'
import { ask, atWork } from './ask.ts'
import { askQuestion } from './ask-question.ts'
import type { Journeys } from './journeys.ts'
import { type BullQueue, openPostgresBackend, openRedisBackend } from './open-backend.ts'
import { openQueues, type Queues, type QueuesOptions } from './queue.ts'
import { recover } from './recover.ts'
import { requestCycle } from './request-cycle.ts'
import { startWorkers, type Workers, type WorkersOptions } from './start-workers.ts'
import { awaitCycle } from './testing/await-cycle.ts'
import {
  type Calls,
  createCalls,
  createContext,
  createStoreJourneys,
  recipients,
  workspace,
} from './testing/store-journeys.ts'

/** Polls for longer than the default second: other suites may keep the machine busy. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

const fail = (error: Error) => {
  throw error
}

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'

describe.each(['redis', 'postgres'] as const)('queues on %s', (kind) => {
  let store: TestDatabase
  let options: QueuesOptions
  let queues: Queues
  let calls: Calls
  let journeys: Journeys
  let context: ReturnType<typeof createContext>
  const closings: (() => Promise<void>)[] = []

  beforeAll(async () => {
    store = await openTestDatabase()
  })
  afterAll(() => store.drop())
  beforeEach(async () => {
    await store.database.raw('truncate cycles, cycle_requests, questions, ticks cascade')
    const prefix = `hunch-test-${randomUUID()}`
    options = { postgresUrl: store.url, prefix, ...(kind === 'redis' && { redisUrl }) }
    queues = await openQueues(options)
    calls = createCalls()
    journeys = createStoreJourneys(calls)
    context = createContext(store.database)
  })
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close()
    await loseJobs()
    await queues.close()
  })

  const work = async (settings: WorkersOptions = {}, on = queues): Promise<Workers> => {
    const workers = await startWorkers(context, on, { journeys, graceMs: 200, ...settings })
    closings.push(workers.close)
    return workers
  }
  const openMore = async (): Promise<Queues> => {
    const more = await openQueues(options)
    closings.push(more.close)
    return more
  }
  const findQueue = (name: string) => queues.list.find((queue) => queue.name === name) as BullQueue
  const request = (id: string, asOf = '2026-09-30') =>
    requestCycle(context, queues, { id, trigger: 'test', asOf, teams: ['growth'] })
  const answered = (id: string) => eventually(async () => (await findQuestion(store.database, id))?.state)
  /** What an operator's FLUSHALL, or a lost disk, does to the queues. */
  const loseJobs = async () => {
    if (kind === 'postgres') return store.database.raw('truncate bullmq.job cascade')
    const redis = new Redis(redisUrl)
    const keys = await redis.keys(`${options.prefix}:*`)
    if (keys.length > 0) await redis.del(...keys)
    await redis.quit()
  }

  test('a requested cycle is planned, scanned, judged, and mailed once to each recipient', async () => {
    await work()
    expect(await request('r1')).toBe(true)
    expect(await request('r1')).toBe(false)
    const done = await awaitCycle(context, 'r1')
    expect(done).toMatchObject({ state: 'done', cycleId: 'cycle-2026-09-30' })
    expect(calls.planned).toEqual(['cycle-2026-09-30'])
    expect([...calls.scanned].sort()).toEqual(['scan-0', 'scan-1', 'scan-2'])
    expect(calls.judged).toEqual(['cycle-2026-09-30'])
    expect([...calls.mailed].sort()).toEqual(recipients)
  })

  test('a second request for a day that is judged already composes digests without judging again', async () => {
    await work()
    await request('r1')
    await awaitCycle(context, 'r1')
    await request('r2')
    expect(await awaitCycle(context, 'r2')).toMatchObject({ state: 'done', cycleId: 'cycle-2026-09-30' })
    expect(calls.judged).toHaveLength(1)
    expect(calls.mailed).toHaveLength(2)
  })

  test('a job that is queued three times before anybody works is done once', async () => {
    for (let times = 0; times < 3; times++) await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await work()
    await eventually(() => calls.asked).toEqual(['how many?'])
    expect(await findQueue('hunch.questions').getJobCounts('waiting', 'delayed', 'active')).toMatchObject({
      waiting: 0,
    })
    expect(calls.asked).toHaveLength(1)
  })

  test('a job that has ended can be queued again under the same id', async () => {
    await work()
    await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await eventually(() => calls.asked.length).toBe(1)
    await eventually(() => findQueue('hunch.questions').getCompletedCount()).toBe(1)
    await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await eventually(() => calls.asked.length).toBe(2)
  })

  test('a job whose journey fails for now is tried again', async () => {
    let attempts = 0
    const answerQuestion: Journeys['answerQuestion'] = async () => {
      attempts++
      if (attempts === 1) throw new Failure('the warehouse is down', { code: 'warehouse-unreachable', retry: true })
      return { sentence: 'four' }
    }
    await work({ journeys: { ...journeys, answerQuestion } })
    const { id } = await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await answered(id).toBe('done')
    expect(attempts).toBe(2)
    expect((await findQuestion(store.database, id))?.answer).toEqual({ sentence: 'four' })
  })

  test('a job whose journey fails for good is not tried again, and the store says why', async () => {
    let attempts = 0
    const answerQuestion: Journeys['answerQuestion'] = async () => {
      attempts++
      throw new Failure('the warehouse refuses postgres://ann:secret@db/x', { code: 'warehouse-refused', retry: false })
    }
    await work({ journeys: { ...journeys, answerQuestion } })
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await answered('q1').toBe('failed')
    expect((await findQuestion(store.database, 'q1'))?.error).toBe('the warehouse refuses postgres://db/x')
    expect(attempts).toBe(1)
    expect(await listOpenQuestions(store.database, workspace)).toEqual([])
  })

  test('a job that takes too long is given up with a reason in words', async () => {
    const { timeoutMs } = ask
    const answerQuestion: Journeys['answerQuestion'] = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    Object.assign(ask, { timeoutMs: 50, attempts: 1 })
    try {
      await work({ journeys: { ...journeys, answerQuestion } })
      await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
      await answered('q1').toBe('failed')
      expect((await findQuestion(store.database, 'q1'))?.error).toBe('`ask` took longer than 0.05 seconds')
    } finally {
      Object.assign(ask, { timeoutMs, attempts: 3 })
    }
  })

  test('a scan that is given up is said in the store, and the cycle goes on without it', async () => {
    const runScan: Journeys['runScan'] = (engine, cycleId, scanId) =>
      scanId === 'scan-1'
        ? Promise.reject(new Failure('`scan-1` has too many rows', { code: 'scan-too-large' }))
        : journeys.runScan(engine, cycleId, scanId)
    await work({ journeys: { ...journeys, runScan } })
    await request('r1')
    await awaitCycle(context, 'r1')
    const scan = await findScan(store.database, 'cycle-2026-09-30', 'scan-1')
    expect(scan).toMatchObject({ state: 'failed', reason: '`scan-1` has too many rows' })
    expect(calls.judged).toHaveLength(1)
  })

  test('a cycle that cannot be judged fails, and so do the requests for it', async () => {
    const judgeCycle: Journeys['judgeCycle'] = () => Promise.reject(new Error('invariant: two findings have one key'))
    await work({ journeys: { ...journeys, judgeCycle } })
    await request('r1')
    expect(await awaitCycle(context, 'r1')).toMatchObject({
      state: 'failed',
      error: 'invariant: two findings have one key',
    })
    expect((await findCycle(store.database, 'cycle-2026-09-30'))?.state).toBe('failed')
    expect(await recover(store.database, workspace, queues)).toBe(0)
  })

  test('a request that failed can be made again', async () => {
    let isBroken = true
    const planCycle: Journeys['planCycle'] = (engine, cycle) =>
      isBroken ? Promise.reject(new Failure('no table', { code: 'no-table' })) : journeys.planCycle(engine, cycle)
    await work({ journeys: { ...journeys, planCycle } })
    await request('r1')
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'failed', error: 'no table' })
    isBroken = false
    expect(await request('r1')).toBe(true)
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'done', error: undefined })
  })

  test('a question from another service gets a row, and its answer as the result and in the queue that it named', async () => {
    const replyTo = `replies-${randomUUID()}`
    await work()
    const data = { v: 1, workspace, question: 'how many?', askedBy: 'crm', replyTo }
    const job = await findQueue('hunch.questions').add('ask', data)
    const answer = { question: 'how many?', sentence: 'you asked: how many?' }
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.returnvalue).toEqual(answer)
    const { rows } = await store.database.raw('select * from questions')
    expect(rows).toMatchObject([{ state: 'done', askedBy: 'crm', answer }])
    expect(calls.asked).toHaveLength(1)
    const backend = await (kind === 'redis' ? openRedisBackend(redisUrl, fail) : openPostgresBackend(store.url, fail))
    const replies = backend.createQueue(replyTo, { prefix: options.prefix })
    const [reply] = await replies.getWaiting()
    await replies.close()
    await backend.close()
    expect(reply).toMatchObject({ name: 'answer', data: { v: 1, workspace, questionId: rows[0].id, answer } })
  })

  test.each([
    [{ v: 2, workspace, question: 'x' }, 'the job `ask` does not match its schema: `v`: Invalid input: expected 1'],
    [{ v: 1, workspace, question: ' ' }, '`question`: Too small'],
    [{ v: 1, workspace, question: 'x', answer: 4 }, '`data`: Unrecognized key: "answer"'],
    [{ v: 1, workspace, question: 'x', replyTo: 'hunch.mail' }, '`replyTo`: is not the name of a queue of yours'],
    [{ v: 1, workspace: 'other', question: 'x' }, 'the workspace `other` is not served here, only `acme`'],
  ])('a malformed question %j fails at once with a diagnostic', async (data, message) => {
    await work()
    const job = await findQueue('hunch.questions').add('ask', data, { attempts: 5 })
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.failedReason).toContain(message)
    expect(await (await read())?.getState()).toBe('failed')
    expect(calls.asked).toEqual([])
  })

  test('a job that the queue does not know fails at once, and says which it knows', async () => {
    await work()
    const job = await findQueue('hunch.questions').add('run-scan', {}, { attempts: 5 })
    const read = async () => (await findQueue('hunch.questions').getJob(job.id ?? ''))?.failedReason
    await eventually(read).toBe('there is no job `run-scan` in `hunch.questions`, only `ask`')
  })

  test('a job whose worker was killed is taken over by another', async () => {
    const lockMs = 1_000
    const script = fileURLToPath(new URL('./testing/hanging-worker.ts', import.meta.url))
    const child = spawn(process.execPath, [script, JSON.stringify({ ...options, lockMs })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    const [said] = await once(child.stdout, 'data')
    expect(String(said)).toContain('asked')
    child.kill('SIGKILL')
    await once(child, 'exit')
    await work({ lockMs })
    await answered('q1').toBe('done')
    expect(calls.asked).toEqual(['how many?'])
  })

  test('a cycle whose queue loses all jobs in the middle is found in the store, and ends once', async () => {
    const scans: { go: () => void } = { go: () => undefined }
    const held = new Promise<void>((resolve) => {
      scans.go = resolve
    })
    const runScan: Journeys['runScan'] = async (engine, cycleId, scanId) => {
      await held
      return journeys.runScan(engine, cycleId, scanId)
    }
    const first = await work({ journeys: { ...journeys, runScan }, graceMs: 0 })
    await request('r1')
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await eventually(async () => (await findCycleRequest(store.database, 'r1'))?.state).toBe('planned')
    await eventually(() => findQueue('hunch.warehouse').getActiveCount()).toBe(2)
    await loseJobs()
    await first.close()
    await work()
    expect(await awaitCycle(context, 'r1')).toMatchObject({ state: 'done' })
    await answered('q1').toBe('done')
    expect([...calls.scanned].sort()).toEqual(['scan-0', 'scan-1', 'scan-2'])
    expect(calls.judged).toHaveLength(1)
    expect([...calls.mailed].sort()).toEqual(recipients)
    scans.go()
  })

  test('several workers share one cycle: each scan, the judgement and each mail happen once', async () => {
    journeys = createStoreJourneys(calls, 24)
    for (let replica = 0; replica < 3; replica++) await work({ recoverEveryMs: 50 }, await openMore())
    await request('r1')
    await awaitCycle(context, 'r1')
    expect(new Set(calls.scanned).size).toBe(24)
    expect(calls.judged).toHaveLength(1)
    expect([...calls.mailed].sort()).toEqual(recipients)
  })

  test('a worker that closes puts its running job back for another', async () => {
    const answerQuestion: Journeys['answerQuestion'] = () => new Promise(() => undefined)
    const first = await work({ journeys: { ...journeys, answerQuestion }, graceMs: 0 })
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await answered('q1').toBe('running')
    await first.close()
    expect(await findQueue('hunch.questions').getWaitingCount()).toBe(1)
    await work({}, await openMore())
    await answered('q1').toBe('done')
  })

  test('a question from another service is not asked twice when unfinished work is looked up meanwhile', async () => {
    const answerQuestion: Journeys['answerQuestion'] = async (_, { question }) => {
      calls.asked.push(question)
      expect(await recover(store.database, workspace, queues)).toBe(0)
      return { question }
    }
    await work({ journeys: { ...journeys, answerQuestion } })
    const job = await findQueue('hunch.questions').add('ask', { v: 1, workspace, question: 'how many?' })
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.returnvalue).toEqual({ question: 'how many?' })
    expect(calls.asked).toHaveLength(1)
  })

  test('a question from another service whose worker died with the queue is found once it was silent for long', async () => {
    const { keyPrefix } = atWork
    await insertQuestion(store.database, {
      id: 'q1',
      workspace,
      question: 'how many?',
      idempotencyKey: `${keyPrefix}7`,
    })
    await updateQuestion(store.database, 'q1', { state: 'running' })
    expect(await recover(store.database, workspace, queues)).toBe(0)
    await store.database.raw(`update questions set updated_at = now() - interval '1 hour'`)
    await work()
    await answered('q1').toBe('done')
  })

  test('a question with a known idempotency key is neither stored nor asked again', async () => {
    await work()
    const first = await askQuestion(context, queues, { id: 'q1', question: 'how many?', idempotencyKey: 'k' })
    const second = await askQuestion(context, queues, { id: 'q2', question: 'how many?', idempotencyKey: 'k' })
    expect(second.id).toBe(first.id)
    await answered('q1').toBe('done')
    expect(calls.asked).toHaveLength(1)
  })
})

test.each([
  [{ redisUrl: 'redis://:secret@127.0.0.1:1', postgresUrl: '' }, "the queues' Redis cannot be reached"],
  [{ postgresUrl: 'postgres://ann:secret@127.0.0.1:1/x' }, "the queues' Postgres cannot be reached"],
])('a queue that is down is a failure without secrets: %#', async (options, message) => {
  const opened = openQueues(options)
  await expect(opened).rejects.toThrow(message)
  await expect(opened).rejects.not.toThrow('secret')
  await expect(opened).rejects.toMatchObject({ code: 'queue-unreachable', retry: true })
})
