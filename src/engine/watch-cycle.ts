import { setTimeout as wait } from 'node:timers/promises'
import { Failure } from '../base/failure.ts'
import { findCycleRequest } from '../store/cycle-requests.ts'
import { type Cycle, findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { listOpenDeliveries } from '../store/deliveries.ts'
import { countScans } from '../store/scans.ts'
import type { Progress } from './context.ts'

const pollMs = 100

/**
 * Follows a requested cycle in the store until its digests are delivered, whoever works on it. Throws a `Failure` when it failed, and
 * when `signal` says so.
 */
export async function watchCycle(
  database: Database,
  workspace: string,
  requestId: string,
  report: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Cycle> {
  let wasTesting = false
  for (;;) {
    const request = await findCycleRequest(database, requestId)
    if (request?.state === 'failed')
      throw new Failure(`the cycle failed: ${request.error ?? 'no reason is known'}`, { code: 'cycle-failed' })
    const cycle = request?.cycleId ? await findCycle(database, request.cycleId) : undefined
    const isTesting = cycle?.state === 'planned' || cycle?.state === 'scanning'
    if (cycle && (isTesting || wasTesting)) {
      // Once more when testing is over: the last scans ended since the last look.
      const { total, ended } = await countScans(database, cycle.id)
      report({ phase: 'testing', done: ended, total, unit: 'scans' })
    }
    wasTesting = isTesting
    if (!cycle) report({ phase: 'planning', done: 0, total: 0, unit: '' })
    else if (cycle.state === 'judging') report({ phase: 'judging', done: 0, total: 0, unit: '' })
    else if (request?.state === 'done') {
      const open = await listOpenDeliveries(database, workspace)
      report({ phase: 'sending', done: 0, total: open.length, unit: 'mails left' })
      if (open.length === 0) return cycle
    }
    await wait(pollMs, undefined, { signal }).catch((cause) => {
      throw new Failure('stopped before the cycle ended', {
        code: 'interrupted',
        cause,
        hint: 'The next start goes on where it ended.',
      })
    })
  }
}
