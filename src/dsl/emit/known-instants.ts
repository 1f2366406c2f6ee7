import type { Calendar } from '../../base/periods.ts'
import { listZoneOffsets, type ZoneOffset } from '../../base/zone-offsets.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { listConditions, type Term } from './term.ts'

/** Beyond this span a zone has more offsets than anybody wants to read in SQL. */
const spanMaxMs = 3 * 366 * 86_400_000

export const isUtc = ({ timezone }: Calendar): boolean => timezone === 'UTC' || timezone === 'Etc/UTC'

type Comparison = 'less' | 'less_or_equal' | 'greater' | 'greater_or_equal'
const isBelow: Readonly<Record<Comparison, boolean>> = {
  less: true,
  less_or_equal: true,
  greater: false,
  greater_or_equal: false,
}

const isSame = (one: Term, other: Term): boolean =>
  one.op === 'reference' && other.op === 'reference' && one.relation === other.relation && one.column === other.column

/** The instant that `condition` compares `term` with, and on which side of it the term lies. */
function readBound(condition: Term, term: Term) {
  if (condition.op !== 'call' || !(condition.fn in isBelow)) return undefined
  const [compared, bound] = condition.args
  if (!compared || !isSame(compared, term) || bound?.op !== 'literal' || bound.type !== 'timestamp') return undefined
  const at = Date.parse(String(bound.value))
  return Number.isNaN(at) ? undefined : { at, isBelow: isBelow[condition.fn as Comparison] }
}

/** Where instants lie when nothing else is known of them: the first offset holds before as well, the last one after. */
const allYears = ['1990-01-01T00:00:00Z', '2050-01-01T00:00:00Z'] as const
const allOffsets = new Map<string, readonly ZoneOffset[]>()

function listAllOffsets(timezone: string): readonly ZoneOffset[] {
  const known = allOffsets.get(timezone) ?? listZoneOffsets(...allYears, timezone)
  allOffsets.set(timezone, known)
  return known
}

/** Those of all years that hold between two instants, either of which may be endless. */
function cutOffsets(timezone: string, from: number, to: number): readonly ZoneOffset[] {
  const offsets = listAllOffsets(timezone).filter(({ until }) => until === undefined || Date.parse(until) > from)
  const last = offsets.findIndex(({ until }) => until === undefined || Date.parse(until) > to)
  return offsets.slice(0, last + 1).map((offset, at) => (at === last ? { ...offset, until: undefined } : offset))
}

/**
 * Offsets of the calendar's zone over the instants of a column that `where` confines to a range of a few years; where `zones` are known by
 * offsets only, over whatever instants there may be. Rows outside of the range are dropped by `where` itself, whatever is computed for them.
 */
export function findOffsets(
  where: readonly Term[],
  calendar: Calendar,
  zones: Dialect['zones'],
): (term: Term) => readonly ZoneOffset[] | undefined {
  if (isUtc(calendar)) return () => undefined
  const { timezone } = calendar
  const conditions = where.flatMap(listConditions)
  return (term) => {
    const bounds = conditions.flatMap((condition) => readBound(condition, term) ?? [])
    const from = Math.max(...bounds.filter((bound) => !bound.isBelow).map(({ at }) => at))
    const to = Math.min(...bounds.filter((bound) => bound.isBelow).map(({ at }) => at))
    if (zones === 'offsets') return cutOffsets(timezone, from, to)
    if (!Number.isFinite(from) || !Number.isFinite(to) || to < from || to - from > spanMaxMs) return undefined
    return listZoneOffsets(new Date(from).toISOString(), new Date(to).toISOString(), timezone)
  }
}
