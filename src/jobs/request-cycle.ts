import { setTimeout as wait } from 'node:timers/promises'
import { invariant } from '../base/invariant.ts'
import type { EngineContext } from '../engine/context.ts'
import {
  type CycleRequest,
  findCycleRequest,
  insertCycleRequest,
  type NewCycleRequest,
} from '../store/cycle-requests.ts'
import { listOpenDeliveries } from '../store/deliveries.ts'
import { planCycle } from './plan-cycle.ts'
import type { Queues } from './queue.ts'

type Store = Pick<EngineContext, 'database' | 'workspace'>

/**
 * Asks for a cycle and for digests of it to `teams` (none: no digest). Stored first, then queued: a queue that is down or loses its jobs
 * delays it only. False when a request of this id was there already.
 */
export async function requestCycle(
  { database, workspace }: Store,
  queues: Queues,
  request: Omit<NewCycleRequest, 'workspace'>,
): Promise<boolean> {
  const isNew = await insertCycleRequest(database, { ...request, workspace })
  if (isNew) await queues.enqueue(planCycle, { workspace, request: request.id })
  return isNew
}

const pollMs = 100

/** Waits until a request is over: done, with no mail of the workspace left to send, or failed. */
export async function awaitCycle(
  { database, workspace }: Store,
  requestId: string,
  signal?: AbortSignal,
): Promise<CycleRequest> {
  for (;;) {
    const request = await findCycleRequest(database, requestId)
    invariant(request !== undefined, `the request \`${requestId}\` is stored before it is awaited`)
    if (request.state === 'failed') return request
    if (request.state === 'done' && (await listOpenDeliveries(database, workspace)).length === 0) return request
    await wait(pollMs, undefined, { signal })
  }
}
