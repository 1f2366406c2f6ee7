import { addPeriods, type Day, daysBetween, type Stretch, startOfPeriod } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { SharedScan } from '../hypothesis.ts'
import type { ModelProfile, PlanSubject } from '../series/draft-scans.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { type Behaviour, lastDay, listBehaviours, pathOf } from './list-behaviours.ts'
import { writeBehaviours } from './write-behaviour-test.ts'

/** Days of beginnings that are read, and fewest that are worth it. */
const historyDays = 280
const historyDaysMin = 28
/** Those who began: fewest that tell anything, and as many as are needed to tell what matters. */
const membersMin = 100
const membersMax = 10_000
/** Fields of events that are asked about, and most values of one. */
const fieldsMax = 2
const valuesMax = 40
/** Fields within whose values members are compared, those with the fewest values; more than so many values leave too few alike. */
const strataFieldsMax = 2
const strataValuesMax = 6

/** What a scan asks about: its one field. */
export const findBehaviour = (
  catalog: Catalog,
  { model, dimensions }: Pick<SharedScan, 'model' | 'dimensions'>,
): Behaviour | undefined =>
  listBehaviours(catalog).find((one) => one.returning.model === model && pathOf(one) === dimensions[0])

/** Fields within whose values those of a scan are compared: all but the first of its fields. */
export const listStrataFields = ({ dimensions }: Pick<SharedScan, 'dimensions'>): readonly string[] =>
  dimensions.slice(1)

/** One scan for each kind of members and field of what they do: all whose windows are over, with all values that each did at first. */
export function planBehaviourScans({ catalog, profiles, templates }: PlanSubject): readonly Omit<SharedScan, 'id'>[] {
  const taken = new Map<string, number>()
  return listBehaviours(catalog).flatMap((behaviour): Omit<SharedScan, 'id'>[] => {
    const { returning, field } = behaviour
    const own = findProfile(profiles, returning.model, returning.began)
    const events = findProfile(profiles, returning.events, returning.time)
    const days = own && events && planDays(catalog, own, events)
    const values = countBehaviours(behaviour, profiles)
    const isWorth = values > 1 && values <= valuesMax && !events?.brokenFields?.includes(field)
    const before = taken.get(returning.model) ?? 0
    if (!days || !isWorth || before >= fieldsMax) return []
    if (listTemplatesOf(templates, 'behaviours', catalog, behaviour.returning).length === 0) return []
    taken.set(returning.model, before + 1)
    const strata = chooseStrata(returning.fields, own)
    return [
      {
        model: returning.model,
        time: returning.began,
        grain: 'day',
        ...days,
        missing: [],
        dimensions: [pathOf(behaviour), ...strata],
        metrics: [behaviour.subject.name],
        reads: 'behaviours',
        text: writeBehaviours({ behaviour, days, strata }),
      },
    ]
  })
}

/** Values of the field before it is known which are done often enough. */
export const countBehaviours = ({ returning, field }: Behaviour, profiles: readonly ModelProfile[]): number =>
  findProfile(profiles, returning.events, returning.time)?.valueCounts[field] ?? 0

const findProfile = (profiles: readonly ModelProfile[], model: string, time: string): ModelProfile | undefined =>
  profiles.find((one) => one.model === model && one.time === time)

/** Plans and sizes have few values; which field is one no catalog says. */
const chooseStrata = (fields: readonly string[], { valueCounts, brokenFields }: ModelProfile): readonly string[] =>
  fields
    .filter((field) => !brokenFields?.includes(field))
    .filter((field) => (valueCounts[field] ?? 0) > 1 && valueCounts[field]! <= strataValuesMax)
    .sort((a, b) => valueCounts[a]! - valueCounts[b]!)
    .slice(0, strataFieldsMax)

/** The day after the last one that has come: days at the end without rows are late, and no hole. */
function withoutLastHoles(today: Day, missing: readonly Day[]): Day {
  let end = today
  while (missing.includes(addPeriods(end, -1, 'day'))) end = addPeriods(end, -1, 'day')
  return end
}

/** The days of beginnings whose windows are over, as far back as the events are known without a hole; none where they are too few. */
function planDays({ calendar }: Catalog, own: ModelProfile, events: ModelProfile): Stretch | undefined {
  const last = own.history.today < events.history.today ? own.history.today : events.history.today
  const today = withoutLastHoles(last, events.missing)
  const firstOf = ({ history: { grain, periods, today: end } }: ModelProfile) =>
    addPeriods(startOfPeriod(end, grain, calendar), -periods, grain)
  const hole = events.missing.findLast((day) => day < today)
  const starts = [firstOf(own), firstOf(events), ...(hole === undefined ? [] : [addPeriods(hole, 1, 'day')])]
  const first = starts.reduce((latest, day) => (day > latest ? day : latest))
  const to = addPeriods(today, -lastDay, 'day')
  const perDay = own.rowsPerDay ?? 1
  const days = Math.min(historyDays, daysBetween(first, to), Math.floor(membersMax / perDay))
  if (days < historyDaysMin || days * perDay < membersMin) return undefined
  return { from: addPeriods(to, -days, 'day'), to }
}
