import { z } from 'zod'
import { finishDelivery } from '../store/deliveries.ts'
import { defineJob, writeJobId } from './define-job.ts'

/** Sends one digest to one recipient; the claim in the store sees to it that it is sent once. */
export const deliverDigest = defineJob({
  name: 'deliver-digest',
  queue: 'hunch.mail',
  payload: z.strictObject({ workspace: z.string(), digestId: z.string(), recipient: z.string() }),
  id: ({ digestId, recipient }) => writeJobId('deliver-digest', digestId, recipient),
  attempts: 7,
  backoffMs: 15_000,
  timeoutMs: 2 * 60_000,
  run: ({ engine, journeys }, { digestId, recipient }) => journeys.deliverDigest(engine, digestId, recipient),
  giveUp: ({ engine }, { digestId, recipient }, error) =>
    finishDelivery(engine.database, digestId, recipient, { state: 'failed', error }),
})
