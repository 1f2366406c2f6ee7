import { addPeriods, type Day } from '../../base/periods.ts'

/** Days that are looked at, and most of them whose keys are counted. */
const lookedDays = 120
const daysMax = 20
/** Rows a day that a share of says something. */
const rowsMin = 20
/** A day with so many times the rows that are usual before it, and after, may have come twice. */
const excess = 1.25
/** And so many standard deviations of a Poisson count beyond that. */
const chance = 1
const neighbourWeeks = 4
/** Fewest of these weeks that say what is usual. */
const knownMin = 3
/** Share of a day's rows whose key is there already: of one that came twice, and of an ordinary one. */
const [repeatedMin, usualMax] = [0.1, 0.01]

/**
 * Days with so many more rows than the same weekday in the weeks before and after them that some may be there twice: whether they are is asked of their keys, and of
 * those a week before, so that an ordinary cycle asks nothing. The youngest of them where there are many.
 */
export function listSuspectDays(rows: ReadonlyMap<Day, number>, asOf: Day): readonly Day[] {
  const suspects: Day[] = []
  for (let ago = 0; ago < lookedDays && suspects.length < daysMax; ago++) {
    const day = addPeriods(asOf, -ago, 'day')
    const count = rows.get(day) ?? 0
    if (count < rowsMin) continue
    const [before, after] = [findUsual(rows, day, -1), findUsual(rows, day, 1)]
    // a level that rises or falls stands out on one side alone
    const isMore = (usual: number) => count >= excess * usual + chance * Math.sqrt(usual)
    if (before !== undefined && isMore(before) && (after === undefined || isMore(after))) suspects.push(day)
  }
  return suspects
}

/** Median rows of the same weekday in the weeks before a day, or after it: several days in a row may have come twice. */
function findUsual(rows: ReadonlyMap<Day, number>, day: Day, sign: -1 | 1): number | undefined {
  const found: number[] = []
  for (let week = 1; week <= neighbourWeeks; week++) {
    const other = rows.get(addPeriods(day, 7 * week * sign, 'day'))
    if (other !== undefined) found.push(other)
  }
  return found.length < knownMin ? undefined : found.sort((a, b) => a - b)[Math.floor(found.length / 2)]
}

/** Rows of a day, and their different keys. */
export interface KeyCount {
  readonly rows: number
  readonly keys: number
}

/** Those of the suspect days that hold rows twice where an ordinary day holds none: the share of them that is there already, by day, oldest first. */
export function findRepeatedDays(
  suspects: readonly Day[],
  counts: ReadonlyMap<Day, KeyCount>,
): ReadonlyMap<Day, number> {
  const share = (day: Day): number | undefined => {
    const count = counts.get(day)
    return count && count.rows > 0 ? 1 - count.keys / count.rows : undefined
  }
  const ordinary = [...counts.keys()].filter((day) => !suspects.includes(day))
  const usual = ordinary.map(share).filter((one) => one !== undefined)
  if (usual.length === 0 || usual.some((one) => one > usualMax)) return new Map()
  const found = suspects.flatMap((day): [Day, number][] => {
    const own = share(day) ?? 0
    return own >= repeatedMin ? [[day, own]] : []
  })
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}
