import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { openTestDatabase } from '../../tests/support/test-database.ts'
import { ask } from './ask.ts'
import { registerBoard } from './board.ts'
import { queueNames } from './define-job.ts'
import { openQueues } from './queue.ts'
import { workspace } from './testing/store-journeys.ts'

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'

test.each(['redis', 'postgres'])('the board shows the queues on %s, with their jobs', async (kind) => {
  const store = await openTestDatabase({ isEmpty: true })
  const prefix = `hunch-test-${randomUUID()}`
  const queues = await openQueues({ postgresUrl: store.url, prefix, ...(kind === 'redis' && { redisUrl }) })
  const server = fastify()
  try {
    await queues.enqueue(ask, { v: 1, workspace, question: 'how many?' })
    await registerBoard(server, queues, { path: '/queues' })
    expect((await server.inject('/queues')).body).toContain('Hunch queues')
    const { queues: shown } = (
      await server.inject('/queues/api/queues?activeQueue=hunch.questions&status=waiting')
    ).json()
    expect(shown.map(({ name }: { name: string }) => name).sort()).toEqual([...queueNames].sort())
    const questions = shown.find(({ name }: { name: string }) => name === 'hunch.questions')
    expect(questions.counts.waiting).toBe(1)
    expect(questions.jobs).toMatchObject([{ name: 'ask', data: { question: 'how many?' } }])
  } finally {
    await server.close()
    for (const queue of queues.list) await queue.obliterate({ force: true })
    await queues.close()
    await store.drop()
  }
})
