import { addPeriods, type Day, daysBetween, type Grain, startOfPeriod } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { SharedScan } from '../hypothesis.ts'
import type { ModelProfile, PlanSubject } from '../series/draft-scans.ts'
import { listTemplatesOf } from '../templates/template.ts'
import type { History } from '../write/write-exploration.ts'
import { listReturns } from './find-returns.ts'
import { writeCohorts } from './write-cohort-test.ts'

/** Cohorts that are read, by their length: as far back as they are compared at all. */
const cohortsMax: Readonly<Partial<Record<Grain, number>>> = { week: 40, month: 24 }
/** Fewest cohorts that leave some earlier and some recent ones at a few ages. */
const cohortsMin = 10
/** Fields by which they are cut, each a query that joins beginnings with all that followed. */
const fieldsMax = 4
/** Most values of such a field. */
const valuesMax = 30

/**
 * For all accounts and users that come back one scan of them as a whole, and one for each field. By week where some begin each day, else by month. Nothing is
 * read from before the events begin or from before their last long hole, where all would seem to stay away: who began then is in no cohort.
 */
export function planCohortScans({ catalog, profiles, templates }: PlanSubject): readonly Omit<SharedScan, 'id'>[] {
  return listReturns(catalog).flatMap((returning): Omit<SharedScan, 'id'>[] => {
    if (listTemplatesOf(templates, 'cohorts', catalog, returning).length === 0) return []
    const beginnings = findProfile(profiles, returning.model, returning.began)
    const events = findProfile(profiles, returning.events, returning.time)
    const history = beginnings && events && findHistory(catalog, beginnings, events)
    if (!history) return []
    const { grain, periods, today } = history
    const to = startOfPeriod(today, grain, catalog.calendar)
    const fields = returning.fields
      .filter((field) => !beginnings.brokenFields?.includes(field))
      .filter((field) => (beginnings.valueCounts[field] ?? 0) > 1 && beginnings.valueCounts[field]! <= valuesMax)
      .slice(0, fieldsMax)
    return [[], ...fields.map((field) => [field])].map((dimensions) => ({
      model: returning.model,
      time: returning.began,
      grain,
      from: addPeriods(to, -periods, grain),
      to,
      missing: [],
      dimensions,
      metrics: [],
      reads: 'cohorts' as const,
      text: writeCohorts(catalog, { returning, history, fields: dimensions, slice: [] }),
    }))
  })
}

const findProfile = (profiles: readonly ModelProfile[], model: string, time: string): ModelProfile | undefined =>
  profiles.find((one) => one.model === model && one.time === time)

/** Days in a row without events, from which on hardly anybody can have been there in a week or month: the closed days of a year's end are fewer. */
const holeDaysMin: Readonly<Partial<Record<Grain, number>>> = { week: 4, month: 14 }

/** The last day of the last stretch of at least so many days; `missing` in their order. */
function findLastHole(missing: readonly Day[], daysMin: number): Day | undefined {
  return missing.findLast((day, at) => {
    const first = missing[at - daysMin + 1]
    return first !== undefined && daysBetween(first, day) === daysMin - 1
  })
}

/** The cohorts that both the beginnings and the events reach back to. */
function findHistory(catalog: Catalog, beginnings: ModelProfile, events: ModelProfile): History | undefined {
  const grain = beginnings.history.grain === 'day' ? 'week' : 'month'
  const today = beginnings.history.today < events.history.today ? beginnings.history.today : events.history.today
  const firstOf = ({ history }: ModelProfile) => addPeriods(history.today, -history.periods, history.grain)
  const hole = findLastHole(events.missing, holeDaysMin[grain]!)
  const starts = [firstOf(beginnings), firstOf(events), ...(hole === undefined ? [] : [addPeriods(hole, 1, 'day')])]
  const first = starts.reduce((latest, day) => (day > latest ? day : latest))
  const to = startOfPeriod(today, grain, catalog.calendar)
  let periods = 0
  while (periods < cohortsMax[grain]! && daysBetween(first, addPeriods(to, -periods - 1, grain)) >= 0) periods += 1
  return periods < cohortsMin ? undefined : { grain, periods, today }
}
