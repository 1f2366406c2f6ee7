import { describeError, Failure } from '../base/failure.ts'
import { type Log, silentLog } from '../base/log.ts'
import { createTask, type Job, type QueueName, queueNames, type Task } from './define-job.ts'
import {
  type BullProcessor,
  type BullQueue,
  type BullWorker,
  openPostgresBackend,
  openRedisBackend,
} from './open-backend.ts'

export interface QueuesOptions {
  /** Absent: jobs live in the Postgres of `postgresUrl`. */
  readonly redisUrl?: string
  readonly postgresUrl: string
  readonly log?: Log
  /** Of Redis' keys. Services that put questions straight into the queue use BullMQ's own, `bull`. */
  readonly prefix?: string
}

/** The four queues, wherever they live. */
export interface Queues {
  readonly kind: 'redis' | 'postgres'
  /** Queues a job. One of the same id that waits, runs or will be tried again stays as it is, and this is not added. */
  readonly enqueue: <Payload>(job: Job<Payload>, payload: Payload) => Promise<void>
  readonly enqueueAll: (tasks: readonly Task[]) => Promise<void>
  /** Puts an outcome into somebody else's queue. */
  readonly reply: (queue: string, outcome: object) => Promise<void>
  readonly startWorker: (queue: QueueName, run: BullProcessor, options: WorkerSettings) => BullWorker
  /** For the board and for metrics. */
  readonly list: readonly BullQueue[]
  /** After the workers. */
  readonly close: () => Promise<void>
}

export interface WorkerSettings {
  /** Jobs of the queue that run at once in this process. */
  readonly concurrency: number
  /** A worker that does not renew its lock for so long is taken for dead, and its job is given to another. */
  readonly lockMs: number
  /** How often dead workers are looked for. */
  readonly stalledCheckMs: number
}

const hour = 3_600
/** Finished jobs stay for a look at the board, and for those who read an answer from the queue. */
const keepDone = { age: hour, count: 1_000 }
const keepFailed = { age: 7 * 24 * hour, count: 1_000 }
/** How often a job may lose its worker before it is given up. */
const stalledMax = 3

/** Opens the queues on Redis when there is one, else in the store's Postgres. Throws a `Failure` when it cannot be reached. */
export async function openQueues({ redisUrl, postgresUrl, log = silentLog, prefix }: QueuesOptions): Promise<Queues> {
  const onError = (error: Error) => log.warn({ error: describeError(error) }, 'the queue has a problem')
  const backend =
    redisUrl === undefined ? await openPostgresBackend(postgresUrl, onError) : await openRedisBackend(redisUrl, onError)
  const options = { prefix, defaultJobOptions: { removeOnComplete: keepDone, removeOnFail: keepFailed } }
  const open = (name: string) => backend.createQueue(name, options).on('error', onError)
  const queues = new Map(queueNames.map((name) => [name, open(name)]))
  const others = new Map<string, BullQueue>()
  const find = (name: QueueName) => queues.get(name) as BullQueue

  const enqueueAll = async (tasks: readonly Task[]) => {
    const byQueue = Map.groupBy(tasks, ({ job }) => job.queue)
    try {
      await Promise.all([...byQueue].map(([name, group]) => addTasks(find(name), group)))
    } catch (error) {
      throw new Failure(`jobs cannot be queued: ${describeError(error)}`, {
        code: 'queue-unreachable',
        retry: true,
        hint: 'What was asked for is stored, and is queued when the queue can be reached again.',
        cause: error,
      })
    }
  }
  return {
    kind: backend.kind,
    enqueue: (job, payload) => enqueueAll([createTask(job, payload)]),
    enqueueAll,
    reply: async (name, outcome) => {
      const queue = others.get(name) ?? open(name)
      others.set(name, queue)
      await queue.add('answer', outcome)
    },
    startWorker: (name, run, { concurrency, lockMs, stalledCheckMs }) =>
      backend
        .createWorker(name, run, {
          prefix,
          concurrency,
          lockDuration: lockMs,
          stalledInterval: stalledCheckMs,
          maxStalledCount: stalledMax,
        })
        .on('error', onError),
    list: [...queues.values()],
    close: async () => {
      await Promise.all([...queues.values(), ...others.values()].map((queue) => queue.close()))
      await backend.close()
    },
  }
}

/** BullMQ ignores a job whose id it still keeps, a finished one's too: those are taken out first, so that work can be done again. */
async function addTasks(queue: BullQueue, tasks: readonly Task[]): Promise<void> {
  await Promise.all(tasks.map(({ id }) => removeFinished(queue, id)))
  await queue.addBulk(
    tasks.map(({ job, id, payload }) => ({
      name: job.name,
      data: payload,
      opts: { jobId: id, attempts: job.attempts, backoff: { type: 'exponential', delay: job.backoffMs } },
    })),
  )
}

async function removeFinished(queue: BullQueue, id: string): Promise<void> {
  const known = await queue.getJob(id)
  if (known?.finishedOn === undefined) return
  // Another replica may have done the same a moment ago, and the new job runs: it cannot be removed, and need not.
  await known.remove().catch(() => undefined)
}
