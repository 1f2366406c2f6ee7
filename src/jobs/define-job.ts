import type { z } from 'zod'
import type { EngineContext } from '../engine/context.ts'
import type { Journeys } from './journeys.ts'

/**
 * Queues are named after the scarce thing that they guard: planning is one thought at a time, a warehouse bears few queries at once,
 * a mail server few mails, and questions cost a model's time.
 */
export const queueNames = ['hunch.planning', 'hunch.warehouse', 'hunch.mail', 'hunch.questions'] as const
export type QueueName = (typeof queueNames)[number]

/** What a running job is given. */
export interface JobContext {
  readonly engine: EngineContext
  readonly journeys: Journeys
  /** The same for each attempt at one job, different for each job ever added. */
  readonly jobKey: string
  /** Ends when the job has taken too long, has lost its lock, or the worker closes. */
  readonly signal: AbortSignal
  /** Sends an outcome to a queue of somebody else's. */
  readonly reply: (queue: string, outcome: object) => Promise<void>
}

/** One kind of work, whole in one file. Payloads are small and name rows of the store: Postgres is the truth. */
export interface Job<Payload = unknown> {
  /** Stored in queues: never renamed. */
  readonly name: string
  readonly queue: QueueName
  /** Anything else in a queue is refused, and not tried again. */
  readonly payload: z.ZodType<Payload>
  /** Deterministic, by `writeJobId`: what is queued already is not queued twice. */
  readonly id: (payload: Payload) => string
  readonly attempts: number
  /** Before the second attempt; doubled before each further one. */
  readonly backoffMs: number
  /** One attempt may take this long. */
  readonly timeoutMs: number
  /** Calls a journey, and nothing else; may be called twice for one payload. */
  readonly run: (context: JobContext, payload: Payload) => Promise<unknown>
  /** No attempt is left: tells the store, so that nobody waits or tries for ever. */
  readonly giveUp: (context: JobContext, payload: Payload, reason: string) => Promise<void>
  /** The cycle that may have come further by this, to see what is next; given what `run` returned, or undefined when given up. */
  readonly cycle?: (payload: Payload, result: unknown) => string | undefined
}

/** A job of some payload, as the registry holds it: what `payload` has accepted may be given to the rest. */
export interface AnyJob extends Omit<Job<never>, 'payload'> {
  readonly payload: z.ZodType
}

/** A job to be queued. */
export interface Task {
  readonly job: AnyJob
  readonly id: string
  readonly payload: unknown
}

export const defineJob = <Payload>(job: Job<Payload>): Job<Payload> => job

export const createTask = <Payload>(job: Job<Payload>, payload: Payload): Task => ({
  job,
  id: job.id(payload),
  payload,
})

/** Job ids may hold no `:` and be no integer (BullMQ). Parts are escaped, so that different ones never give the same id. */
export const writeJobId = (name: string, ...parts: readonly string[]): string =>
  [name, ...parts.map((part) => encodeURIComponent(part).replaceAll('~', '%7E'))].join('~')
