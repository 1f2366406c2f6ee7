import type { Registry } from 'prom-client'
import type { EngineContext } from '../engine/context.ts'
import type { Queues } from '../jobs/queue.ts'

/** What the server needs besides what journeys need. */
export interface ApiContext extends EngineContext {
  readonly queues: Queues
  /** The address that the server listens on: `127.0.0.1`, `::1`, `0.0.0.0`, a name. Decides whether requests without a key are let in. */
  readonly host: string
  /** Where mails lie when no SMTP server is configured. */
  readonly outboxFolder: string | undefined
}

/** What routes are given: the context, and what the server made of it. */
export interface ServerContext extends ApiContext {
  readonly metrics: Registry
  /** The OpenAPI document. */
  readonly document: () => unknown
}
