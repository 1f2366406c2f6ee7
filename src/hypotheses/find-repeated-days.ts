import { addPeriods, type Day } from '../base/periods.ts'

/** Days that are looked at, and most of them whose keys are counted. */
const lookedDays = 120
const daysMax = 20
/** Rows a day that a share of says something. */
const rowsMin = 20
/** A day with so many times the rows of each of its neighbours may have come twice. */
const excess = 1.25
const neighbourWeeks = 4
/** Share of a day's rows whose key is there already: of one that came twice, and of an ordinary one. */
const [repeatedMin, usualMax] = [0.1, 0.01]

/**
 * Days with so many more rows than the same weekday in the weeks around them that some may be there twice: whether they are is asked of their keys, and of
 * those a week before, so that an ordinary cycle asks nothing. The youngest of them where there are many.
 */
export function listSuspectDays(rows: ReadonlyMap<Day, number>, asOf: Day): readonly Day[] {
  const suspects: Day[] = []
  for (let ago = 0; ago < lookedDays && suspects.length < daysMax; ago++) {
    const day = addPeriods(asOf, -ago, 'day')
    const count = rows.get(day) ?? 0
    if (count < rowsMin) continue
    const around: number[] = []
    for (let week = 1; week <= neighbourWeeks; week++)
      for (const sign of [-1, 1]) {
        const other = rows.get(addPeriods(day, 7 * week * sign, 'day'))
        if (other !== undefined) around.push(other)
      }
    // several days in a row, or a whole month, may have come twice: half of the neighbours are enough
    const usual = around.sort((a, b) => a - b)[Math.floor(around.length / 2)]
    if (usual !== undefined && around.length >= neighbourWeeks && count >= excess * usual) suspects.push(day)
  }
  return suspects
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
