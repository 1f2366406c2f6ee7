import { describeError } from '../base/failure.ts'
import type { EngineContext } from '../engine/context.ts'
import { type JobContext, type QueueName, queueNames } from './define-job.ts'
import { engineJourneys } from './engine-journeys.ts'
import type { Journeys } from './journeys.ts'
import { listNextTasks } from './list-next-tasks.ts'
import type { BullJob } from './open-backend.ts'
import type { Queues } from './queue.ts'
import { recover } from './recover.ts'
import { MisplacedJobError, putBack, type ReadJob, readJob, runInTime, workerClosed } from './run-job.ts'

export interface WorkersOptions {
  /** Absent: those of `src/engine`. */
  readonly journeys?: Journeys
  readonly concurrency?: Partial<Record<QueueName, number>>
  /** A worker silent for so long is taken for dead, and its jobs are given to others. */
  readonly lockMs?: number
  readonly recoverEveryMs?: number
  /** Running jobs may go on for so long when the workers close; then they are put back. */
  readonly graceMs?: number
}

export interface Workers {
  /** Lets running jobs end, puts them back after a while, and waits for that. Queues are closed after this. */
  readonly close: () => Promise<void>
}

const defaultConcurrency: Record<QueueName, number> = {
  'hunch.planning': 1,
  'hunch.warehouse': 2,
  'hunch.mail': 4,
  'hunch.questions': 2,
}

const minute = 60_000

/**
 * Does the queued jobs of one workspace in this process, and looks at the start and every minute whether the store knows of work that no
 * queue holds. Any number of processes may do so at once.
 */
export async function startWorkers(
  engine: EngineContext,
  queues: Queues,
  options: WorkersOptions = {},
): Promise<Workers> {
  const { journeys = engineJourneys, lockMs = minute / 2, recoverEveryMs = minute, graceMs = 10_000 } = options
  const concurrency = { ...defaultConcurrency, ...options.concurrency }
  const { log, database, workspace } = engine
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  const track = <T>(work: Promise<T>): Promise<T> => {
    running.add(work)
    return work.finally(() => running.delete(work))
  }
  const prepare = (job: BullJob, signal: AbortSignal): JobContext => {
    const jobKey = `${job.queueName} ${job.id} ${job.timestamp}`
    return { engine, journeys, jobKey, signal, reply: queues.reply }
  }
  const goOn = async ({ definition, payload }: ReadJob, result: unknown) => {
    const cycleId = definition.cycle?.(payload, result)
    if (cycleId !== undefined) await queues.enqueueAll(await listNextTasks(database, workspace, cycleId))
  }
  const runJob = async (job: BullJob, token?: string, lost?: AbortSignal) => {
    const read = readJob(job, workspace)
    const signals = [AbortSignal.timeout(read.definition.timeoutMs), closing.signal, lost]
    const signal = AbortSignal.any(signals.filter((one) => one !== undefined))
    try {
      const result = await runInTime(read.definition, prepare(job, signal), read.payload)
      await goOn(read, result)
      return result
    } catch (error) {
      return closing.signal.aborted ? putBack(job, token) : Promise.reject(error)
    }
  }
  const giveUp = async (job: BullJob, reason: string) => {
    const read = readJob(job, workspace)
    await read.definition.giveUp(prepare(job, closing.signal), read.payload, reason)
    await goOn(read, undefined)
  }
  const onFailed = (job: BullJob | undefined, error: Error) => {
    if (job === undefined) return
    const fields = { job: job.name, id: job.id, attempt: job.attemptsMade, error: describeError(error) }
    if (!job.finishedOn) return log.warn(fields, 'a job failed and will be tried again')
    log.error(fields, 'a job failed for good')
    if (error instanceof MisplacedJobError) return
    const given = giveUp(job, fields.error)
    void track(given.catch((cause) => log.error({ ...fields, cause: describeError(cause) }, 'giving up failed')))
  }
  const look = () =>
    recover(database, workspace, queues).catch((error) =>
      log.warn({ error: describeError(error) }, 'looking for unfinished work failed'),
    )

  const workers = queueNames.map((name) => {
    const settings = { concurrency: concurrency[name], lockMs, stalledCheckMs: Math.ceil(lockMs / 3) }
    const run = (job: BullJob, token?: string, lost?: AbortSignal) => track(runJob(job, token, lost))
    return queues.startWorker(name, run, settings).on('failed', onFailed)
  })
  await look()
  const timer = setInterval(() => void track(look()), recoverEveryMs)
  return {
    close: async () => {
      clearInterval(timer)
      const abort = setTimeout(() => closing.abort(workerClosed), graceMs)
      await Promise.all(workers.map((worker) => worker.close()))
      await Promise.allSettled(running)
      clearTimeout(abort)
    },
  }
}
