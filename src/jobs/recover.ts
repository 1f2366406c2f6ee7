import { failCycleRequests, listOpenCycleRequests } from '../store/cycle-requests.ts'
import { findCycle } from '../store/cycles.ts'
import type { Database } from '../store/database.ts'
import { listOpenQuestions } from '../store/questions.ts'
import { ask, atWork } from './ask.ts'
import { createTask, type Task } from './define-job.ts'
import { listDeliveryTasks, listNextTasks } from './list-next-tasks.ts'
import { planCycle } from './plan-cycle.ts'
import type { Queues } from './queue.ts'

/**
 * Queues whatever the store says is unfinished and no queue holds: after a start, and from time to time. What is queued already stays as
 * it is. Cycles that run in one process without queues (`hunch cycle`) have no request, and are left alone. Returns how many tasks are
 * unfinished.
 */
export async function recover(database: Database, workspace: string, queues: Queues): Promise<number> {
  const requests = await listOpenCycleRequests(database, workspace)
  const waiting = requests
    .filter(({ cycleId }) => cycleId === undefined)
    .map(({ id }) => createTask(planCycle, { workspace, request: id }))
  const cycleIds = new Set(requests.flatMap(({ cycleId }) => cycleId ?? []))
  const tasks: Task[] = [...waiting, ...(await listDeliveryTasks(database, workspace))]
  for (const cycleId of cycleIds) {
    const cycle = await findCycle(database, cycleId)
    if (cycle?.state === 'failed') await failCycleRequests(database, cycleId, cycle.error ?? 'the cycle failed')
    tasks.push(...(await listNextTasks(database, workspace, cycleId)))
  }
  for (const { id, question } of await listOpenQuestions(database, workspace, atWork))
    tasks.push(createTask(ask, { v: 1, workspace, question, id }))
  await queues.enqueueAll(tasks)
  return tasks.length
}
