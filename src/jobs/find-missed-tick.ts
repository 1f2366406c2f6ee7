import { createTask } from 'node-cron'

const minuteMs = 60_000
/** A monthly tick is found; of anything rarer the next one comes soon enough. */
const lookBackDays = 32

export const floorToMinute = (instantMs: number): number => Math.floor(instantMs / minuteMs) * minuteMs

/**
 * The latest whole minute at which `expression` was due, after `after` and up to `now` (epoch milliseconds, both), at most 32 days back.
 * Undefined when none was.
 */
export function findMissedTick(expression: string, timezone: string, after: number, now: number): Date | undefined {
  const task = createTask(expression, () => undefined, { timezone })
  try {
    const first = Math.max(after, now - lookBackDays * 24 * 60 * minuteMs)
    for (let at = floorToMinute(now); at > first; at -= minuteMs) if (task.match(new Date(at))) return new Date(at)
    return undefined
  } finally {
    void task.destroy()
  }
}
