import { setTimeout as wait } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import type { EngineContext } from '../../engine/context.ts'
import { type CycleRequest, findCycleRequest } from '../../store/cycle-requests.ts'
import { listOpenDeliveries } from '../../store/deliveries.ts'

const pollMs = 20

/** Waits until a request is over: failed, or done with no mail of the workspace left to send. */
export async function awaitCycle({ database, workspace }: EngineContext, requestId: string): Promise<CycleRequest> {
  for (;;) {
    const request = await findCycleRequest(database, requestId)
    invariant(request !== undefined, `the request \`${requestId}\` is stored before it is awaited`)
    if (request.state === 'failed') return request
    if (request.state === 'done' && (await listOpenDeliveries(database, workspace)).length === 0) return request
    await wait(pollMs)
  }
}
