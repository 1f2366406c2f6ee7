import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Failure } from '../base/failure.ts'
import { findQuestion, listOpenQuestions } from '../store/questions.ts'
import { ask } from './ask.ts'
import { askQuestion } from './ask-question.ts'
import type { Journeys } from './journeys.ts'
import { openQueues } from './queue.ts'
import { backends, createQueueTest, eventually } from './testing/queue-test.ts'
import { workspace } from './testing/store-journeys.ts'

describe.each(backends)('jobs on %s', (kind) => {
  const test = createQueueTest(kind)

  test('a job that is queued three times before anybody works is done once', async ({ world }) => {
    const { queues, calls, work, findQueue } = world
    for (let times = 0; times < 3; times++) await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await work()
    await eventually(() => calls.asked).toEqual(['how many?'])
    expect(await findQueue('hunch.questions').getJobCounts('waiting', 'delayed', 'active')).toMatchObject({
      waiting: 0,
    })
    expect(calls.asked).toHaveLength(1)
  })

  test('a job that has ended can be queued again under the same id', async ({ world }) => {
    const { queues, calls, work, findQueue } = world
    await work()
    await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await eventually(() => calls.asked.length).toBe(1)
    await eventually(() => findQueue('hunch.questions').getCompletedCount()).toBe(1)
    await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await eventually(() => calls.asked.length).toBe(2)
  })

  test('a job whose journey fails for now is tried again', async ({ world }) => {
    const { database, queues, context, journeys, work, answered } = world
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
    expect((await findQuestion(database, id))?.answer).toEqual({ sentence: 'four' })
  })

  test('a job whose journey fails for good is not tried again, and the store says why', async ({ world }) => {
    const { database, queues, context, journeys, work, answered } = world
    let attempts = 0
    const answerQuestion: Journeys['answerQuestion'] = async () => {
      attempts++
      throw new Failure('the warehouse refuses postgres://ann:secret@db/x', { code: 'warehouse-refused', retry: false })
    }
    await work({ journeys: { ...journeys, answerQuestion } })
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await answered('q1').toBe('failed')
    expect((await findQuestion(database, 'q1'))?.error).toBe('the warehouse refuses postgres://db/x')
    expect(attempts).toBe(1)
    expect(await listOpenQuestions(database, workspace)).toEqual([])
  })

  test('a job that takes too long is given up with a reason in words', async ({ world }) => {
    const { database, queues, context, journeys, work, answered } = world
    const { timeoutMs } = ask
    const answerQuestion: Journeys['answerQuestion'] = (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    Object.assign(ask, { timeoutMs: 50, attempts: 1 })
    try {
      await work({ journeys: { ...journeys, answerQuestion } })
      await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
      await answered('q1').toBe('failed')
      expect((await findQuestion(database, 'q1'))?.error).toBe('`ask` took longer than 0.05 seconds')
    } finally {
      Object.assign(ask, { timeoutMs, attempts: 3 })
    }
  })

  test('a job that the queue does not know fails at once, and says which it knows', async ({ world }) => {
    const { work, findQueue } = world
    await work()
    const job = await findQueue('hunch.questions').add('run-scan', {}, { attempts: 5 })
    const read = async () => (await findQueue('hunch.questions').getJob(job.id ?? ''))?.failedReason
    await eventually(read).toBe('there is no job `run-scan` in `hunch.questions`, only `ask`')
  })

  test('a job whose worker was killed is taken over by another', async ({ world }) => {
    const { options, queues, context, calls, work, answered } = world
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

  test('a worker that closes puts its running job back for another', async ({ world }) => {
    const { queues, context, journeys, work, openMore, findQueue, answered } = world
    const answerQuestion: Journeys['answerQuestion'] = () => new Promise(() => undefined)
    const first = await work({ journeys: { ...journeys, answerQuestion }, graceMs: 0 })
    await askQuestion(context, queues, { id: 'q1', question: 'how many?' })
    await answered('q1').toBe('running')
    await first.close()
    expect(await findQueue('hunch.questions').getWaitingCount()).toBe(1)
    await work({}, await openMore())
    await answered('q1').toBe('done')
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
