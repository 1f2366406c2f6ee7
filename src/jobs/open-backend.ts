import {
  createPostgresBackend,
  type Job,
  type Processor,
  Queue,
  type QueueOptions,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { describeError, Failure } from '../base/failure.ts'

export type BullQueue = Queue<unknown, unknown, string>
export type BullWorker = Worker<unknown, unknown, string>
export type BullJob = Job<unknown, unknown, string>
export type BullProcessor = Processor<unknown, unknown, string>

/** Where BullMQ keeps its jobs. */
export interface Backend {
  readonly kind: 'redis' | 'postgres'
  readonly createQueue: (name: string, options: Omit<QueueOptions, 'connection'>) => BullQueue
  readonly createWorker: (name: string, run: BullProcessor, options: Omit<WorkerOptions, 'connection'>) => BullWorker
  /** Closes connections; queues and workers are closed before. */
  readonly close: () => Promise<void>
}

const connectTimeoutMs = 5_000

/**
 * Jobs in Redis. Producers are told at once when it is down; workers wait until it is back. Refuses a Redis that may drop keys: jobs
 * would be lost until the store's truth is looked up again.
 */
export async function openRedisBackend(url: string, onError: (error: Error) => void): Promise<Backend> {
  let isOpen = false
  let reason: Error | undefined
  const connect = (maxRetriesPerRequest: number | null) => {
    const redis = new Redis(url, { maxRetriesPerRequest, lazyConnect: true, connectTimeout: connectTimeoutMs })
    return redis.on('error', (error) => {
      if (isOpen) onError(error)
      else reason = error
    })
  }
  const producer = connect(1)
  const consumer = connect(null)
  try {
    await Promise.all([producer.connect(), consumer.connect()])
    isOpen = true
  } catch (error) {
    producer.disconnect()
    consumer.disconnect()
    // What the attempt itself says is that the connection is closed, not why.
    throw refuse('Redis', '`queue`', reason ?? error)
  }
  return {
    kind: 'redis',
    createQueue: (name, options) => new Queue(name, { ...options, connection: producer }),
    createWorker: (name, run, options) => new Worker(name, run, { ...options, connection: consumer }),
    close: async () => {
      await Promise.all([producer.quit(), consumer.quit()])
    },
  }
}

/** Connections of one process: one that listens a worker, the rest for queries. */
const poolSize = 12
/** A queue is a hint: what the last moments before a power cut brought is found in the store again, so that no job waits for the disk. */
const poolOptions = '-c search_path=bullmq -c synchronous_commit=off'
/** Each queue and worker listens to the pool's errors. */
const poolListenersMax = 100

/** Jobs in the schema `bullmq` of the store's Postgres, made or brought up to date here. */
export async function openPostgresBackend(url: string, onError: (error: Error) => void): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'hunch queues',
    options: poolOptions,
  })
  pool.setMaxListeners(poolListenersMax).on('error', onError)
  try {
    const client = await pool.connect()
    try {
      await runMigrations(client)
    } finally {
      client.release()
    }
  } catch (error) {
    await pool.end()
    throw refuse('Postgres', '`store`', error)
  }
  const bull = withBackend(createPostgresBackend)
  return {
    kind: 'postgres',
    createQueue: (name, options) => new bull.Queue(name, { ...options, connection: pool }) as unknown as BullQueue,
    createWorker: (name, run, options) =>
      new bull.Worker(name, run, { ...options, connection: pool }) as unknown as BullWorker,
    close: () => pool.end(),
  }
}

const refuse = (what: string, setting: string, error: unknown) =>
  new Failure(`the queues' ${what} cannot be reached: ${describeError(error)}`, {
    code: 'queue-unreachable',
    retry: true,
    hint: `Check ${setting} in hunch.yaml, and that ${what} is running.`,
    cause: error,
  })
