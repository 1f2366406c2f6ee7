import { addPeriods, type Calendar, type Day, daysBetween, listPeriods, startOfPeriod } from '../../base/periods.ts'
import type { DeclaredEvent } from '../../catalog/catalog.ts'
import { historyDays, historyDaysMin, historyWeeks, rowsPerDayMin } from '../limits.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { type BrokenField, describeBreak } from './find-broken-fields.ts'

/** Days that the look at a table goes back: enough for weekly periods. */
export const profileDays = historyWeeks * 7
/** Days without rows at the end of a table after which nothing about it is judged. */
const silentDaysMax = 7
/** Rows a day that a weekday must usually have for a day without any to be a hole. */
const holeRowsMin = 5
/** Holes at least as often as once in so many days are none, unless they last for so many days. */
const holeEveryDays = 20
const holeRunMin = 3
const holeNeighbours = 4
/** Weeks that say how many rows a weekday usually has at least. */
const usualWeeks = 8
/** A day in part has at most this share of the rows that are usual: that it is the lowest of nine weeks happens by chance once in nine. */
const partMost = 0.8
/** Most days at the end that may have come only in part; a table that is low for longer has a new level. */
const partDaysMax = 3
/** Share of the days with as many rows, from which on rows are totals. */
const totalsMin = 0.8
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
  /** Fields that broke lately. */
  readonly broken?: ReadonlyMap<string, BrokenField>
  /** Days of which some rows are there twice, with their share. */
  readonly repeated?: ReadonlyMap<Day, number>
  /** Last full day that is judged. */
  readonly asOf: Day
  readonly calendar: Calendar
  readonly events: readonly DeclaredEvent[]
}

export interface Withheld {
  readonly what: string
  readonly why: string
  /** Whether it is a matter of the catalog, the same each day: not for the mail. */
  readonly isUsual?: true
}

export interface ProfileResult {
  /** Absent when nothing can be asked. */
  readonly profile: ModelProfile | undefined
  readonly dataUntil: Day | undefined
  readonly withheld: readonly Withheld[]
}

/**
 * Decides from a table's rows a day what can be asked of it: how far back, by day or by week, and which days are holes in the data
 * (no rows at all on a day of the week that always has some, or rows that are there twice). A hole is a matter of the data, never told as business.
 *
 * Last days that nothing follows and that are unusually low may still be loading: the table is judged up to the day before them. When the fall
 * is real, the next rows show it, or that it lasts.
 */
export function profileModel(input: ProfileInput): ProfileResult {
  const { model, time, rows, broken = new Map<string, BrokenField>() } = input
  const what = `${model} by ${time}`
  const days = [...rows.keys()].filter((day) => day <= input.asOf).sort()
  const breaks = [...broken].map(([field, one]) => ({
    what,
    why: `${describeBreak(field, one, input.asOf)}: nothing is cut or counted by it`,
  }))
  const parts = countParts(input, days)
  const [first, last] = [days.at(-parts), days.at(-1)]
  if (parts === 0 || first === undefined || last === undefined) {
    const result = profileDaysOf(input, what, days)
    return { ...result, withheld: [...result.withheld, ...breaks] }
  }
  const before = addPeriods(first, -1, 'day')
  const { profile, dataUntil, withheld } = profileDaysOf({ ...input, asOf: before }, what, days.slice(0, -parts))
  const why =
    parts === 1
      ? `may have come only in part on ${last}, so that it is judged up to ${before}: nothing follows that day, and it has fewer rows than the same weekday in each of the ${usualWeeks} weeks before`
      : `may have come only in part from ${first} to ${last}, so that it is judged up to ${before}: nothing follows these days, and each has fewer rows than the same weekday in each of the ${usualWeeks} weeks before`
  return { profile, dataUntil, withheld: [{ what, why }, ...withheld, ...breaks] }
}

/** How many of the last days may have come only in part: low ones that nothing follows, unless they are so many that it is the level that is low. */
function countParts({ rows, hasLater }: ProfileInput, days: readonly Day[]): number {
  if (hasLater) return 0
  let parts = 0
  while (parts <= partDaysMax && parts < days.length && isLow(rows, days.at(-1 - parts)!)) parts++
  return parts > partDaysMax ? 0 : parts
}

/** Whether a day has fewer rows than the same weekday had in each of the weeks before, and clearly fewer than is usual. */
function isLow(rows: ReadonlyMap<Day, number>, day: Day): boolean {
  const usual = Array.from({ length: usualWeeks }, (_, at) => rows.get(addPeriods(day, -7 * (at + 1), 'day')) ?? 0)
  const own = rows.get(day) ?? 0
  const middle = usual.toSorted((a, b) => a - b)[usualWeeks / 2]!
  return own < Math.min(...usual) && own <= partMost * middle
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
  if (pace < rowsPerDayMin && !isOfTotals(rows, firstFull, today)) return profileWeeks(input, firstFull, today, last)
  const periods = Math.min(historyDays, available)
  const empty = findHoles(input, addPeriods(today, -periods, 'day'), today)
  const twice = [...(input.repeated ?? [])].filter(([day]) => day < today)
  const missing = [...empty, ...twice.map(([day]) => day)].sort()
  const brokenFields = [...(input.broken?.keys() ?? [])]
  const known = { model, time, missing, valueCounts: input.valueCounts, brokenFields }
  return {
    profile: { ...known, rowsPerDay: pace, history: { grain: 'day', periods, today } },
    dataUntil: last,
    withheld: [...describeHoles(what, empty), ...describeRepeats(what, twice)],
  }

  function profileWeeks({ valueCounts }: ProfileInput, from: Day, to: Day, until: Day): ProfileResult {
    const start = startOfPeriod(addPeriods(from, 6, 'day'), 'week', calendar)
    const weeks = listPeriods(start, startOfPeriod(to, 'week', calendar), 'week', calendar).length
    if (weeks * 7 < historyDaysMin) return nothing(`has ${weeks} full weeks of data; ${historyDaysMin / 7} are needed`)
    const history = { grain: 'week', periods: Math.min(historyWeeks, weeks), today: to } as const
    const brokenFields = [...(input.broken?.keys() ?? [])]
    const profile = { model, time, history, rowsPerDay: pace, missing: [], valueCounts, brokenFields }
    return { profile, dataUntil: until, withheld: [] }
  }
}

/** Whether nearly every day has one and the same number of rows: they are totals of the day, and do not say how much stands behind them. */
function isOfTotals(rows: ReadonlyMap<Day, number>, from: Day, to: Day): boolean {
  const days = new Map<number, number>()
  for (const [day, count] of rows) if (day >= from && day < to) days.set(count, (days.get(count) ?? 0) + 1)
  return Math.max(0, ...days.values()) >= totalsMin * daysBetween(from, to)
}

function sumRows(rows: ReadonlyMap<Day, number>, from: Day, to: Day): number {
  let total = 0
  for (const [day, count] of rows) if (day >= from && day < to) total += count
  return total
}

function findHoles({ rows, events, calendar }: ProfileInput, from: Day, to: Day): readonly Day[] {
  const days = listPeriods(from, to, 'day', calendar)
  const holes = days.filter((day) => {
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
  const runs = splitRuns(holes)
  // a day without a row every other week is how a small table lives
  return runs.length * holeEveryDays > days.length ? runs.filter((run) => run.length >= holeRunMin).flat() : holes
}

/** Days one after another as runs of days without a break. */
function splitRuns(days: readonly Day[]): readonly (readonly Day[])[] {
  const runs: Day[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run && addPeriods(run.at(-1)!, 1, 'day') === day) run.push(day)
    else runs.push([day])
  }
  return runs
}

const describeRepeats = (what: string, repeated: readonly (readonly [Day, number])[]): readonly Withheld[] =>
  repeated.map(([day, share]) => ({
    what,
    why: `has rows twice on ${day}: ${Math.round(share * 100)}% of them have a key that is there already, and the day is left out`,
  }))

const describeRun = (run: readonly Day[]): string =>
  run.length === 1 ? `on ${run[0]}` : `from ${run[0]} to ${run.at(-1)}`

/** More single days than this are most likely holidays, and are listed in one line with what to do about it. */
const singleHolesMax = 3

function describeHoles(what: string, missing: readonly Day[]): readonly Withheld[] {
  const runs = splitRuns(missing)
  if (runs.filter((run) => run.length === 1).length <= singleHolesMax)
    return runs.map((run) => ({ what, why: `has no rows at all ${describeRun(run)}` }))
  const why = `has no rows at all ${runs.map(describeRun).join(', ')}. If these are holidays, declare them as \`events\` in the catalog`
  return [{ what, why }]
}
