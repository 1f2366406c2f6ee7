import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { insertQuestion, updateQuestion } from '../store/questions.ts'
import { atWork } from './ask.ts'
import { askQuestion } from './ask-question.ts'
import type { Journeys } from './journeys.ts'
import { openPostgresBackend, openRedisBackend } from './open-backend.ts'
import { recover } from './recover.ts'
import { backends, createQueueTest, eventually, redisUrl } from './testing/queue-test.ts'
import { workspace } from './testing/store-journeys.ts'

const fail = (error: Error) => {
  throw error
}

describe.each(backends)('questions on %s', (kind) => {
  const test = createQueueTest(kind)

  test('a question from another service gets a row, and its answer as the result and in the queue that it named', async ({
    world,
  }) => {
    const { options, database, calls, work, findQueue } = world
    const replyTo = `replies-${randomUUID()}`
    await work()
    const data = { v: 1, workspace, question: 'how many?', askedBy: 'crm', replyTo }
    const job = await findQueue('hunch.questions').add('ask', data)
    const answer = { question: 'how many?', sentence: 'you asked: how many?' }
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.returnvalue).toEqual(answer)
    const { rows } = await database.raw('select * from questions')
    expect(rows).toMatchObject([{ state: 'done', askedBy: 'crm', answer }])
    expect(calls.asked).toHaveLength(1)
    const backend = await (kind === 'redis'
      ? openRedisBackend(redisUrl, fail)
      : openPostgresBackend(options.postgresUrl, fail))
    const replies = backend.createQueue(replyTo, { prefix: options.prefix })
    const [reply] = await replies.getWaiting()
    await replies.close()
    await backend.close()
    expect(reply).toMatchObject({ name: 'answer', data: { v: 1, workspace, questionId: rows[0].id, answer } })
  })

  test.for([
    [{ v: 2, workspace, question: 'x' }, 'the job `ask` does not match its schema: `v`: Invalid input: expected 1'],
    [{ v: 1, workspace, question: ' ' }, '`question`: Too small'],
    [{ v: 1, workspace, question: 'x', answer: 4 }, '`data`: Unrecognized key: "answer"'],
    [{ v: 1, workspace, question: 'x', replyTo: 'hunch.mail' }, '`replyTo`: is not the name of a queue of yours'],
    [{ v: 1, workspace: 'other', question: 'x' }, 'the workspace `other` is not served here, only `acme`'],
  ])('a malformed question %j fails at once with a diagnostic', async ([data, message], { world }) => {
    const { calls, work, findQueue } = world
    await work()
    const job = await findQueue('hunch.questions').add('ask', data, { attempts: 5 })
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.failedReason).toContain(message)
    expect(await (await read())?.getState()).toBe('failed')
    expect(calls.asked).toEqual([])
  })

  test('a question from another service is not asked twice when unfinished work is looked up meanwhile', async ({
    world,
  }) => {
    const { database, queues, journeys, calls, work, findQueue } = world
    const answerQuestion: Journeys['answerQuestion'] = async (_, { question }) => {
      calls.asked.push(question)
      expect(await recover(database, workspace, queues)).toBe(0)
      return { question }
    }
    await work({ journeys: { ...journeys, answerQuestion } })
    const job = await findQueue('hunch.questions').add('ask', { v: 1, workspace, question: 'how many?' })
    const read = () => findQueue('hunch.questions').getJob(job.id ?? '')
    await eventually(async () => (await read())?.returnvalue).toEqual({ question: 'how many?' })
    expect(calls.asked).toHaveLength(1)
  })

  test('a question from another service whose worker died with the queue is found once it was silent for long', async ({
    world,
  }) => {
    const { database, queues, work, answered } = world
    const { keyPrefix } = atWork
    await insertQuestion(database, {
      id: 'q1',
      workspace,
      question: 'how many?',
      idempotencyKey: `${keyPrefix}7`,
    })
    await updateQuestion(database, 'q1', { state: 'running' })
    expect(await recover(database, workspace, queues)).toBe(0)
    await database.raw(`update questions set updated_at = now() - interval '1 hour'`)
    await work()
    await answered('q1').toBe('done')
  })

  test('a question with a known idempotency key is neither stored nor asked again', async ({ world }) => {
    const { queues, context, calls, work, answered } = world
    await work()
    const first = await askQuestion(context, queues, { id: 'q1', question: 'how many?', idempotencyKey: 'k' })
    const second = await askQuestion(context, queues, { id: 'q2', question: 'how many?', idempotencyKey: 'k' })
    expect(second.id).toBe(first.id)
    await answered('q1').toBe('done')
    expect(calls.asked).toHaveLength(1)
  })
})
