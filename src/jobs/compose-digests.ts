import { z } from 'zod'
import { invariant } from '../base/invariant.ts'
import { findCycleRequest, updateCycleRequest } from '../store/cycle-requests.ts'
import { defineJob, writeJobId } from './define-job.ts'

/** Writes the digests that a request asked for, and who gets them. A request for no team's digest ends here all the same. */
export const composeDigests = defineJob({
  name: 'compose-digests',
  queue: 'hunch.planning',
  payload: z.strictObject({ workspace: z.string(), cycleId: z.string(), request: z.string() }),
  id: ({ request }) => writeJobId('compose-digests', request),
  attempts: 4,
  backoffMs: 15_000,
  timeoutMs: 5 * 60_000,
  async run({ engine, journeys }, { cycleId, request: id }) {
    const request = await findCycleRequest(engine.database, id)
    invariant(request !== undefined, `the request \`${id}\` is stored before it is queued`)
    if (request.teams.length > 0) await journeys.composeDigests(engine, cycleId, { teams: request.teams })
    await updateCycleRequest(engine.database, id, { state: 'done' })
  },
  giveUp: ({ engine }, { request }, error) => updateCycleRequest(engine.database, request, { state: 'failed', error }),
  cycle: ({ cycleId }) => cycleId,
})
