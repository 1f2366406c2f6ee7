import { addPeriods, type Calendar, type Grain, listPeriods } from '../../base/periods.ts'
import type { Cohorts } from '../../detectors/shapes.ts'
import type { ScanRows } from '../series/period-block.ts'

/** Columns: of the cohort's first period, of the age in periods, of its size and of how many were there at that age. */
export interface CohortRows extends ScanRows {
  readonly cohort: string
  readonly age: string
  readonly size: string
  readonly retained: string
}

/** The triangle of cohorts, one row a cohort and age. Ages that have no row have not come yet; a period in which nobody began is a cohort of nobody. */
export function buildCohorts(of: CohortRows, grain: Grain, calendar: Calendar): Cohorts {
  const { columns, rows } = of
  const [cohort, age, size, retained] = [of.cohort, of.age, of.size, of.retained].map((name) =>
    columns.findIndex((column) => column.name === name),
  ) as [number, number, number, number]
  const days = rows.map((row) => String(row[cohort]).slice(0, 10)).sort()
  const at = days.length === 0 ? [] : listPeriods(days[0]!, addPeriods(days.at(-1)!, 1, grain), grain, calendar)
  const placeOf = new Map(at.map((day, place) => [day, place]))
  const ages = rows.reduce((most, row) => Math.max(most, Number(row[age]) + 1), 0)
  const sizes = new Float64Array(at.length)
  const counts = at.map(() => new Float64Array(ages).fill(Number.NaN))
  for (const row of rows) {
    const place = placeOf.get(String(row[cohort]).slice(0, 10))
    if (place === undefined) continue
    sizes[place] = Number(row[size] ?? 0)
    counts[place]![Number(row[age])] = Number(row[retained] ?? 0)
  }
  return { at, grain, size: sizes, retained: counts }
}
