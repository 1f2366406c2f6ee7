import { describeError } from '../../base/failure.ts'
import { listOpenDeliveries } from '../../store/deliveries.ts'
import type { EngineContext } from '../context.ts'
import { composeDigests } from './compose-digests.ts'
import { deliverDigest } from './deliver-digest.ts'

export interface Delivered {
  readonly digestId: string
  readonly recipient: string
  /** Why it could not be sent; it stays open then, and workers try again. */
  readonly error: string | undefined
}

/** Composes and sends the digests of a cycle in this process, without a queue. */
export async function sendDigests(context: EngineContext, cycleId: string): Promise<readonly Delivered[]> {
  const digests = await composeDigests(context, cycleId)
  const open = await listOpenDeliveries(context.database, context.workspace)
  const delivered: Delivered[] = []
  for (const { digestId, recipient } of open) {
    if (!digests.includes(digestId)) continue
    try {
      const outcome = await deliverDigest(context, digestId, recipient)
      if (outcome !== 'skipped') delivered.push({ digestId, recipient, error: undefined })
    } catch (error) {
      delivered.push({ digestId, recipient, error: describeError(error) })
    }
  }
  return delivered
}
