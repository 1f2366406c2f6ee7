import { createHash } from 'node:crypto'
import { schedule as startTask } from 'node-cron'
import { describeError } from '../base/failure.ts'
import type { EngineContext } from '../engine/context.ts'
import { insertCycleRequest } from '../store/cycle-requests.ts'
import { inTransaction } from '../store/database.ts'
import { claimTick, findLastTick } from '../store/ticks.ts'
import { findMissedTick, floorToMinute } from './find-missed-tick.ts'
import { planCycle } from './plan-cycle.ts'
import type { Queues } from './queue.ts'

/** Teams whose digests go out at the same times: they share a cycle. */
export interface Schedule {
  /** Cron expression in the workspace's time zone; also its name in the store. */
  readonly expression: string
  readonly teams: readonly string[]
}

export interface Schedules {
  readonly close: () => Promise<void>
}

/** One schedule for each distinct cron expression. */
export function listSchedules(teams: EngineContext['teams']): readonly Schedule[] {
  const normalise = (expression: string) => expression.trim().split(/\s+/).join(' ')
  const groups = Map.groupBy(teams, ({ digest }) => normalise(digest))
  return [...groups].map(([expression, members]) => ({ expression, teams: members.map(({ name }) => name) }))
}

/**
 * Ticks for the teams' digests: each asks for a cycle, and for the digests of it. Several processes may run it, each tick is claimed once
 * in the store. Of the ticks that came while no process ran, the latest is caught up now.
 */
export async function startSchedules(engine: EngineContext, queues: Queues): Promise<Schedules> {
  const { timezone } = engine.calendar
  const schedules = listSchedules(engine.teams)
  const tick = (schedule: Schedule, at: Date) =>
    runTick(engine, queues, schedule, at).catch((error) =>
      engine.log.error({ schedule: schedule.expression, error: describeError(error) }, 'a tick failed'),
    )
  for (const schedule of schedules) await catchUp(engine, queues, schedule)
  const tasks = schedules.map((schedule) =>
    startTask(schedule.expression, ({ date }) => tick(schedule, date), { timezone, name: schedule.expression }),
  )
  return {
    close: async () => {
      await Promise.all(tasks.map((task) => task.destroy()))
    },
  }
}

/** Does what a tick asks for, unless another process does. True when it was ours. */
export async function runTick(engine: EngineContext, queues: Queues, schedule: Schedule, at: Date): Promise<boolean> {
  const { database, workspace } = engine
  const minute = new Date(floorToMinute(at.getTime()))
  const request = writeRequestId(workspace, schedule, minute)
  const { expression: trigger, teams } = schedule
  const isOurs = await inTransaction(database, async (transaction) => {
    if (!(await claimTick(transaction, workspace, trigger, minute))) return false
    return insertCycleRequest(transaction, { id: request, workspace, trigger, teams })
  })
  if (isOurs) await queues.enqueue(planCycle, { workspace, request })
  return isOurs
}

/** On the very first start nothing was missed; from then on the store knows since when to look. */
async function catchUp(engine: EngineContext, queues: Queues, schedule: Schedule): Promise<void> {
  const { database, workspace, calendar } = engine
  const last = await findLastTick(database, workspace, schedule.expression)
  if (last === undefined) {
    // No tick falls on this instant: ticks are at whole minutes.
    await claimTick(database, workspace, schedule.expression, new Date(floorToMinute(engine.now()) + 1))
    return
  }
  const missed = findMissedTick(schedule.expression, calendar.timezone, last.getTime(), engine.now())
  if (missed !== undefined) await runTick(engine, queues, schedule, missed)
}

function writeRequestId(workspace: string, { expression }: Schedule, minute: Date): string {
  const schedule = createHash('sha256').update(`${workspace} ${expression}`).digest('hex').slice(0, 8)
  return `digest-${schedule}-${minute.toISOString().slice(0, 16).replaceAll(':', '')}`
}
