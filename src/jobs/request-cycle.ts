import type { EngineContext } from '../engine/context.ts'
import { insertCycleRequest, type NewCycleRequest } from '../store/cycle-requests.ts'
import { planCycle } from './plan-cycle.ts'
import type { Queues } from './queue.ts'

type Store = Pick<EngineContext, 'database' | 'workspace'>

/**
 * Asks for a cycle and for digests of it to `teams` (none: no digest). Stored first, then queued: a queue that is down or loses its jobs
 * delays it only. False when a request of this id was there already and has not failed.
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
