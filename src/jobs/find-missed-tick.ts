import { createTask } from 'node-cron'

const minuteMs = 60_000
/** A monthly tick is found; of anything rarer the next one comes soon enough. */
const lookBackDays = 32

export const floorToMinute = (instantMs: number): number => Math.floor(instantMs / minuteMs) * minuteMs

const hourMs = 60 * minuteMs

/** `expression` at any time of its days: minutes and hours (and seconds) of it may be anything. */
const anyTimeOf = (expression: string): string => `* * ${expression.trim().split(/\s+/).slice(-3).join(' ')}`

/**
 * The latest whole minute at which `expression` was due, after `after` and up to `now` (epoch milliseconds, both), at most 32 days back.
 * Undefined when none was. Hours of days that are not its own are passed over whole: a match takes 20 µs, and a month has 46,080 minutes.
 */
export function findMissedTick(expression: string, timezone: string, after: number, now: number): Date | undefined {
  const task = createTask(expression, () => undefined, { timezone })
  const day = createTask(anyTimeOf(expression), () => undefined, { timezone })
  // Midnight may fall into the hour, but not two of them.
  const mayHold = (from: number) => day.match(new Date(from)) || day.match(new Date(from + hourMs - minuteMs))
  try {
    const first = Math.max(after, now - lookBackDays * 24 * hourMs)
    let at = floorToMinute(now)
    while (at > first) {
      const hour = Math.floor(at / hourMs) * hourMs
      if (mayHold(hour))
        for (; at >= hour && at > first; at -= minuteMs) if (task.match(new Date(at))) return new Date(at)
      at = hour - minuteMs
    }
    return undefined
  } finally {
    void task.destroy()
    void day.destroy()
  }
}
