import type { Series } from '../shapes.ts'

/** Months of days, and years of weeks, that must be there before what comes back in each can be told from chance. */
const monthsMin = 5
const yearsMin = 2

const dayMs = 86_400_000
const toMs = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`)

/** Days from the end of its month are alike from month to month in the last week, days from its beginning in all others. */
const lastDays = 6

function nameDayOfMonth(day: string): number {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number) as [number, number, number]
  const toEnd = new Date(Date.UTC(year, month, 0)).getUTCDate() - date
  return toEnd < lastDays ? -1 - toEnd : date
}

const nameWeekOfYear = (day: string): number => Math.floor((toMs(day) - toMs(`${day.slice(0, 4)}-01-01`)) / dayMs / 7)

/** How the place of a period in the calendar is called that a season of days of the week does not know; undefined where the series is too short to tell. */
function choosePlaces({ at, grain }: Series): ((day: string) => number) | undefined {
  const [first, last] = [at[0], at.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const days = (toMs(last) - toMs(first)) / dayMs
  if (grain === 'day' && days >= monthsMin * 30) return nameDayOfMonth
  if (grain === 'week' && days >= yearsMin * 360) return nameWeekOfYear
  return undefined
}

/**
 * Takes out of what is left of a series what comes back each month (of days) or each year (of weeks): the mean of each place in the calendar, over the
 * places that occur twice or more. `left` has one entry a period, NaN where there is none. Returns how many means were taken out, each a degree of freedom.
 */
export function takeCalendarOutInPlace(left: Float64Array, series: Series): number {
  const nameOf = choosePlaces(series)
  if (!nameOf) return 0
  const places = Int32Array.from(series.at, nameOf)
  const sums = new Map<number, { sum: number; count: number }>()
  places.forEach((place, at) => {
    if (Number.isNaN(left[at])) return
    const known = sums.get(place) ?? { sum: 0, count: 0 }
    known.sum += left[at]!
    known.count += 1
    sums.set(place, known)
  })
  const means = new Map([...sums].filter(([, { count }]) => count > 1).map(([place, of]) => [place, of.sum / of.count]))
  for (let at = 0; at < left.length; at++) left[at]! -= means.get(places[at]!) ?? 0
  return means.size
}
