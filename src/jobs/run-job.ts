import { UnrecoverableError, WaitingError } from 'bullmq'
import { Rejection } from '../base/diagnostic.ts'
import { describeError, Failure } from '../base/failure.ts'
import type { AnyJob, JobContext } from './define-job.ts'
import { findJob, jobs } from './index.ts'
import type { BullJob } from './open-backend.ts'

/** A job that was put into a queue by mistake: it is refused at once, and nothing of ours is told to give up. */
export class MisplacedJobError extends UnrecoverableError {
  override readonly name = 'MisplacedJobError'
}

/** Why a worker tells its running jobs to stop. */
export const workerClosed = new Failure('the worker was closed', { code: 'worker-closed', retry: true })

export interface ReadJob {
  readonly definition: AnyJob
  readonly payload: never
}

/** What a queue holds, checked: others may write into it too. Throws a `MisplacedJobError` that says what does not fit. */
export function readJob(job: BullJob, workspace: string): ReadJob {
  const definition = findJob(job.name)
  if (definition === undefined || definition.queue !== job.queueName) {
    const known = jobs.filter(({ queue }) => queue === job.queueName).map(({ name }) => `\`${name}\``)
    throw new MisplacedJobError(`there is no job \`${job.name}\` in \`${job.queueName}\`, only ${known.join(', ')}`)
  }
  const read = definition.payload.safeParse(job.data)
  if (!read.success) {
    const reasons = read.error.issues.map(({ path, message }) => `\`${path.join('.') || 'data'}\`: ${message}`)
    throw new MisplacedJobError(`the job \`${job.name}\` does not match its schema: ${reasons.join('; ')}`)
  }
  const payload = read.data as { readonly workspace: string }
  if (payload.workspace !== workspace)
    throw new MisplacedJobError(`the workspace \`${payload.workspace}\` is not served here, only \`${workspace}\``)
  return { definition, payload: payload as never }
}

/**
 * Runs one attempt, until it ends or its signal does. What cannot get better by trying again becomes unrecoverable: a refusal, a mistake in
 * what was asked, a bug.
 */
export async function runInTime(definition: AnyJob, context: JobContext, payload: never): Promise<unknown> {
  const { signal } = context
  let onAbort: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(explainAbort(definition, signal))
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([definition.run(context, payload), aborted])
  } catch (error) {
    throw isHopeless(error) ? new UnrecoverableError(describeError(error)) : error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Puts a job back as if it had not been tried: another worker may take it at once. */
export async function putBack(job: BullJob, token: string | undefined): Promise<never> {
  await job.moveToWait(token)
  throw new WaitingError()
}

const isHopeless = (error: unknown) =>
  error instanceof Rejection ||
  (error instanceof Failure && !error.retry) ||
  (error instanceof Error && error.message.startsWith('invariant:'))

const explainAbort = ({ name, timeoutMs }: AnyJob, { reason }: AbortSignal) =>
  reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new Failure(`\`${name}\` took longer than ${timeoutMs / 1_000} seconds`, { code: 'job-timeout', retry: true })
    : reason
