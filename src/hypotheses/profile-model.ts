import { addPeriods, type Calendar, type Day, daysBetween, listPeriods, startOfPeriod } from '../base/periods.ts'
import type { DeclaredEvent } from '../catalog/catalog.ts'
import type { ModelProfile } from './draft-scans.ts'
import { historyDays, historyDaysMin, historyWeeks, rowsPerDayMin } from './limits.ts'

/** Days that the look at a table goes back: enough for weekly periods. */
export const profileDays = historyWeeks * 7
/** Days without rows at the end of a table after which nothing about it is judged. */
const silentDaysMax = 7
/** Rows a day that a weekday must usually have for a day without any to be a hole. */
const holeRowsMin = 5
const holeNeighbours = 4
/** Weeks that say how many rows a weekday usually has at least. */
const usualWeeks = 8
/** Days over which the pace of a table is taken, for the choice of its periods. */
const paceDays = 90

export interface ProfileInput {
  readonly model: string
  readonly time: string
  /** Rows of each day that has any. */
  readonly rows: ReadonlyMap<Day, number>
  /** Whether there are rows after `asOf`: then its rows have come in full. */
  readonly hasLater: boolean
  readonly valueCounts: Readonly<Record<string, number>>
  /** Last full day that is judged. */
  readonly asOf: Day
  readonly calendar: Calendar
  readonly events: readonly DeclaredEvent[]
}

export interface Withheld {
  readonly what: string
  readonly why: string
}

export interface ProfileResult {
  /** Absent when nothing can be asked. */
  readonly profile: ModelProfile | undefined
  readonly dataUntil: Day | undefined
  readonly withheld: readonly Withheld[]
}

/**
 * Decides from a table's rows a day what can be asked of it: how far back, by day or by week, and which days are holes in the data
 * (no rows at all on a day of the week that always has some). A hole is a matter of the data, never told as business.
 *
 * A last day that nothing follows and that is unusually low may still be loading: the table is judged up to the day before. When the fall
 * is real, the next rows show it.
 */
export function profileModel(input: ProfileInput): ProfileResult {
  const { model, time, rows } = input
  const what = `${model} by ${time}`
  const days = [...rows.keys()].filter((day) => day <= input.asOf).sort()
  const last = days.at(-1)
  if (last === undefined || input.hasLater || !isLow(rows, last)) return profileDaysOf(input, what, days)
  const before = addPeriods(last, -1, 'day')
  const { profile, dataUntil, withheld } = profileDaysOf({ ...input, asOf: before }, what, days.slice(0, -1))
  const why = `may have come only in part on ${last}, so that it is judged up to ${before}: nothing follows that day, and it has fewer rows than the same weekday in each of the ${usualWeeks} weeks before`
  return { profile, dataUntil, withheld: [{ what, why }, ...withheld] }
}

/** Whether a day has fewer rows than the same weekday had in each of the weeks before. */
function isLow(rows: ReadonlyMap<Day, number>, day: Day): boolean {
  const usual = Array.from({ length: usualWeeks }, (_, at) => rows.get(addPeriods(day, -7 * (at + 1), 'day')) ?? 0)
  return (rows.get(day) ?? 0) < Math.min(...usual)
}

/** `days` are those with rows up to `asOf`, oldest first. */
function profileDaysOf(input: ProfileInput, what: string, days: readonly Day[]): ProfileResult {
  const { model, time, rows, asOf, calendar } = input
  const [first, last] = [days[0], days.at(-1)]
  const nothing = (why: string) => ({ profile: undefined, dataUntil: last, withheld: [{ what, why }] })
  if (first === undefined || last === undefined) return nothing('has no rows in the days looked at')
  const silentDays = daysBetween(last, asOf)
  if (silentDays >= silentDaysMax) return nothing(`has no rows since ${last}`)
  const today = addPeriods(asOf, 1, 'day')
  // The first day of a table may have begun in its middle, unless the look itself began there.
  const isCut = first <= addPeriods(today, -profileDays, 'day')
  const firstFull = isCut ? first : addPeriods(first, 1, 'day')
  const available = daysBetween(firstFull, today)
  if (available < historyDaysMin) return nothing(`has ${available} full days of data; ${historyDaysMin} are needed`)

  const pace =
    sumRows(rows, addPeriods(today, -Math.min(paceDays, available), 'day'), today) / Math.min(paceDays, available)
  if (pace < rowsPerDayMin) return profileWeeks(input, firstFull, today, last)
  const periods = Math.min(historyDays, available)
  const missing = findHoles(input, addPeriods(today, -periods, 'day'), today)
  return {
    profile: { model, time, history: { grain: 'day', periods, today }, missing, valueCounts: input.valueCounts },
    dataUntil: last,
    withheld: describeHoles(what, missing),
  }

  function profileWeeks({ valueCounts }: ProfileInput, from: Day, to: Day, until: Day): ProfileResult {
    const start = startOfPeriod(addPeriods(from, 6, 'day'), 'week', calendar)
    const weeks = listPeriods(start, startOfPeriod(to, 'week', calendar), 'week', calendar).length
    if (weeks * 7 < historyDaysMin) return nothing(`has ${weeks} full weeks of data; ${historyDaysMin / 7} are needed`)
    const history = { grain: 'week', periods: Math.min(historyWeeks, weeks), today: to } as const
    return { profile: { model, time, history, missing: [], valueCounts }, dataUntil: until, withheld: [] }
  }
}

function sumRows(rows: ReadonlyMap<Day, number>, from: Day, to: Day): number {
  let total = 0
  for (const [day, count] of rows) if (day >= from && day < to) total += count
  return total
}

function findHoles({ rows, events, calendar }: ProfileInput, from: Day, to: Day): readonly Day[] {
  const days = listPeriods(from, to, 'day', calendar)
  return days.filter((day) => {
    if (rows.has(day) || events.some((event) => day >= event.from && day <= event.to)) return false
    const neighbours: number[] = []
    for (let week = 1; neighbours.length < 2 * holeNeighbours && week <= 3 * holeNeighbours; week++)
      for (const sign of [-1, 1]) {
        const other = addPeriods(day, 7 * week * sign, 'day')
        if (other >= from && other < to) neighbours.push(rows.get(other) ?? 0)
      }
    const busy = neighbours.filter((count) => count >= holeRowsMin).length
    return neighbours.length >= holeNeighbours && busy >= 0.75 * neighbours.length
  })
}

function describeHoles(what: string, missing: readonly Day[]): readonly Withheld[] {
  const runs: { from: Day; to: Day }[] = []
  for (const day of missing) {
    const run = runs.at(-1)
    if (run && addPeriods(run.to, 1, 'day') === day) run.to = day
    else runs.push({ from: day, to: day })
  }
  return runs.map(({ from, to }) => ({
    what,
    why: from === to ? `has no rows at all on ${from}` : `has no rows at all from ${from} to ${to}`,
  }))
}
