import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { openTestDatabase } from '../../../tests/support/test-database.ts'
import type { EngineContext } from '../../engine/context.ts'
import type { Database } from '../../store/database.ts'
import { findQuestion } from '../../store/questions.ts'
import type { Journeys } from '../journeys.ts'
import type { BullQueue } from '../open-backend.ts'
import { openQueues, type Queues, type QueuesOptions } from '../queue.ts'
import { requestCycle } from '../request-cycle.ts'
import { startWorkers, type Workers, type WorkersOptions } from '../start-workers.ts'
import { type Calls, createCalls, createContext, createStoreJourneys } from './store-journeys.ts'

export const backends = ['redis', 'postgres'] as const
export type BackendKind = (typeof backends)[number]

export const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379'

/** Polls for longer than the default second: other suites may keep the machine busy. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

/** Queues and a store of its own for one test, closed after it. */
export interface World {
  readonly options: QueuesOptions
  readonly database: Database
  readonly queues: Queues
  readonly context: EngineContext
  readonly journeys: Journeys
  readonly calls: Calls
  readonly work: (settings?: WorkersOptions, on?: Queues) => Promise<Workers>
  /** The same queues, as another process opens them. */
  readonly openMore: () => Promise<Queues>
  readonly findQueue: (name: string) => BullQueue
  readonly request: (id: string) => Promise<boolean>
  readonly answered: (id: string) => ReturnType<typeof eventually>
  /** What an operator's FLUSHALL, or a lost disk, does to the queues. */
  readonly loseJobs: () => Promise<unknown>
}

/** `test` with a `world` on that backend: the same suites run on both. */
export function createQueueTest(kind: BackendKind) {
  return test.extend<{ readonly world: World }>({
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameters to see which fixtures this one needs
    world: async ({}, use) => {
      const { world, close } = await openWorld(kind)
      await use(world)
      await close()
    },
  })
}

async function openWorld(kind: BackendKind) {
  const { url, database, drop } = await openTestDatabase()
  const prefix = `hunch-test-${randomUUID()}`
  const options = { postgresUrl: url, prefix, ...(kind === 'redis' && { redisUrl }) }
  const queues = await openQueues(options)
  const context = createContext(database)
  const calls = createCalls()
  const journeys = createStoreJourneys(calls)
  const closings: (() => Promise<void>)[] = []
  const loseJobs = () => (kind === 'redis' ? deleteKeys(`${prefix}:*`) : database.raw('truncate bullmq.job cascade'))
  const world: World = {
    options,
    database,
    queues,
    context,
    journeys,
    calls,
    work: async (settings = {}, on = queues) => {
      const workers = await startWorkers(context, on, { journeys, graceMs: 200, ...settings })
      closings.push(workers.close)
      return workers
    },
    openMore: async () => {
      const more = await openQueues(options)
      closings.push(more.close)
      return more
    },
    findQueue: (name) => queues.list.find((queue) => queue.name === name) as BullQueue,
    request: (id) => requestCycle(context, queues, { id, trigger: 'test', asOf: '2026-09-30', teams: ['growth'] }),
    answered: (id) => eventually(async () => (await findQuestion(database, id))?.state),
    loseJobs,
  }
  const close = async () => {
    for (const end of closings.reverse()) await end()
    await loseJobs()
    await queues.close()
    await drop()
  }
  return { world, close }
}

async function deleteKeys(pattern: string): Promise<void> {
  const redis = new Redis(redisUrl)
  const keys = await redis.keys(pattern)
  if (keys.length > 0) await redis.del(...keys)
  await redis.quit()
}
