import { DateTime } from 'luxon'

/** A stretch of time in which a zone's clocks are the same distance from UTC. */
export interface ZoneOffset {
  /** Minutes ahead of UTC. */
  readonly minutes: number
  /** First instant, ISO 8601 in UTC, at which it no longer holds; undefined for the last one. */
  readonly until: string | undefined
}

const dayMs = 86_400_000
const minuteMs = 60_000

const offsetAt = (instantMs: number, timezone: string): number =>
  DateTime.fromMillis(instantMs, { zone: timezone }).offset

/** The minute at which the offset changes between two instants that lie within one change of each other. */
function findChange(fromMs: number, toMs: number, timezone: string): number {
  const before = offsetAt(fromMs, timezone)
  let [low, high] = [fromMs, toMs]
  while (high - low > minuteMs) {
    const middle = Math.floor((low + high) / 2 / minuteMs) * minuteMs
    if (middle <= low) break
    if (offsetAt(middle, timezone) === before) low = middle
    else high = middle
  }
  return high
}

/**
 * Offsets of `timezone` from one instant to another (ISO 8601, both included), first to last. Looks at every day: ask for years, not for
 * centuries. Two changes within one day, which no zone has made, would be missed.
 */
export function listZoneOffsets(from: string, to: string, timezone: string): readonly ZoneOffset[] {
  const start = Math.floor(Date.parse(from) / minuteMs) * minuteMs
  const end = Date.parse(to)
  const offsets: ZoneOffset[] = []
  let minutes = offsetAt(start, timezone)
  for (let at = start; at <= end; at += dayMs) {
    const next = at + dayMs
    const after = offsetAt(next, timezone)
    if (after === minutes) continue
    const change = findChange(at, next, timezone)
    if (change > end) break
    offsets.push({ minutes, until: new Date(change).toISOString() })
    minutes = after
  }
  return [...offsets, { minutes, until: undefined }]
}
