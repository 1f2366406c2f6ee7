import { unreachable } from '../base/invariant.ts'
import { listRequestsOfCycle } from '../store/cycle-requests.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { listOpenDeliveries } from '../store/deliveries.ts'
import { listOpenScans } from '../store/scans.ts'
import { composeDigests } from './compose-digests.ts'
import { createTask, type Task } from './define-job.ts'
import { deliverDigest } from './deliver-digest.ts'
import { judgeCycle } from './judge-cycle.ts'
import { runScan } from './run-scan.ts'

/**
 * What a cycle needs next, read from the store alone: its open scans; when there is none, the judgement; when it is judged, the digests
 * that were asked for, and their deliveries. The same after each step as after a queue has lost everything.
 */
export async function listNextTasks(database: Database, workspace: string, cycleId: string): Promise<readonly Task[]> {
  const cycle = await findCycle(database, cycleId)
  if (cycle === undefined) return []
  switch (cycle.state) {
    case 'planned':
    case 'scanning': {
      const scans = await listOpenScans(database, cycleId)
      if (scans.length === 0) return [createTask(judgeCycle, { workspace, cycleId })]
      return scans.map(({ id }) => createTask(runScan, { workspace, cycleId, scanId: id }))
    }
    case 'judging':
      return [createTask(judgeCycle, { workspace, cycleId })]
    case 'done': {
      const requests = await listRequestsOfCycle(database, cycleId)
      const digests = requests.map(({ id }) => createTask(composeDigests, { workspace, cycleId, request: id }))
      return [...digests, ...(await listDeliveryTasks(database, workspace))]
    }
    case 'failed':
      return []
    default:
      return unreachable(cycle.state)
  }
}

/** Every mail of the workspace that somebody should send. */
export async function listDeliveryTasks(database: Database, workspace: string): Promise<readonly Task[]> {
  const deliveries = await listOpenDeliveries(database, workspace)
  return deliveries.map(({ digestId, recipient }) => createTask(deliverDigest, { workspace, digestId, recipient }))
}
