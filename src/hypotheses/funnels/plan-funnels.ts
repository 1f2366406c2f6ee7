import { addPeriods, daysBetween, type Stretch, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Funnel, Model } from '../../catalog/catalog.ts'
import { findAccountKeys } from '../accounts/find-account-keys.ts'
import type { SharedScan } from '../hypothesis.ts'
import type { ModelProfile, PlanSubject } from '../series/draft-scans.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { findEventModel } from './list-steps.ts'
import { writeFunnel } from './write-funnel-test.ts'

/** Days of beginnings that are read, and fewest of them that leave something to compare the last ones with. */
const historyDays = 280
const historyDaysMin = 112
/** Rows that a scan may have by its plan; with more rows a day it reaches back less far. */
const rowsMax = 150_000
/** Fields by which those who began are cut, and most values of one. */
const fieldsMax = 4
const valuesMax = 30

/** Path to the account behind a row of a funnel's model. */
export const findFunnelAccount = (catalog: Catalog, { model }: Pick<Funnel, 'model'>): string | undefined =>
  findAccountKeys(catalog, { model }, { kind: 'count' })?.[0]

/** Which funnel a scan is of: its one metric. */
export const findFunnel = ({ models }: Catalog, { model, metrics }: Pick<SharedScan, 'model' | 'metrics'>) =>
  models[model]?.funnels?.[metrics[0] ?? '']

export interface FunnelScans {
  readonly scans: readonly Omit<SharedScan, 'id'>[]
  /** Funnels that cannot be asked about, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

/** One scan for each funnel: those who began in the last months and whose window is over, how far each came, and the values of fields. */
export function planFunnelScans({ catalog, profiles, templates }: PlanSubject): FunnelScans {
  const leftOut: { what: string; why: string }[] = []
  const scans = Object.values(catalog.models).flatMap((model) =>
    Object.values(model.funnels ?? {}).flatMap((funnel): Omit<SharedScan, 'id'>[] => {
      if (listTemplatesOf(templates, 'funnels', catalog, funnel).length === 0) return []
      const events = findEventModel(catalog, funnel)
      const own = findProfile(profiles, funnel.model, funnel.time)
      const done = events && findProfile(profiles, events.name, events.semantics?.time)
      const plan = own && done ? planDays(catalog, funnel, own, done) : whyUnknown(funnel, own, events)
      if (typeof plan === 'string') {
        leftOut.push({ what: `the funnel ${funnel.model}.${funnel.name}`, why: plan })
        return []
      }
      const fields = listFields(model, funnel, own!)
      const subject = { funnel, ...plan, account: findFunnelAccount(catalog, funnel), slice: [] }
      return [
        {
          model: funnel.model,
          time: funnel.time,
          grain: 'day',
          from: plan.days.from,
          to: plan.days.to,
          missing: [],
          dimensions: fields,
          metrics: [funnel.name],
          reads: 'funnel',
          text: writeFunnel(catalog, subject, fields),
        },
      ]
    }),
  )
  return { scans, leftOut }
}

const findProfile = (
  profiles: readonly ModelProfile[],
  model: string,
  time: string | undefined,
): ModelProfile | undefined => profiles.find((one) => one.model === model && one.time === time)

/** Rows of a time are looked at where a metric goes by it. */
const whyUnknown = ({ model, time }: Funnel, own: ModelProfile | undefined, events: Model | undefined): string =>
  own
    ? `cannot be asked about: nothing is known of the days of \`${events?.name}\`: a metric by \`${events?.semantics?.time}\` is needed`
    : `cannot be asked about: nothing is known of the days of \`${model}\`: a metric by \`${time}\` is needed`

/** Fields of the metrics that count beginnings, as the catalog lists them. */
function listFields({ metrics }: Model, { time }: Funnel, { valueCounts, brokenFields }: ModelProfile) {
  const counted = Object.values(metrics).filter((metric) => metric.time === time)
  return [...new Set(counted.flatMap(({ slices }) => slices))]
    .filter((field) => !brokenFields?.includes(field))
    .filter((field) => (valueCounts[field] ?? 0) > 1 && valueCounts[field]! <= valuesMax)
    .slice(0, fieldsMax)
}

/**
 * The days of beginnings whose windows are over, as far back as the events are known without a hole: who began before would seem to have stayed. In
 * words where they are too few.
 */
function planDays(
  { calendar }: Catalog,
  { withinDays }: Funnel,
  own: ModelProfile,
  events: ModelProfile,
): { readonly days: Stretch; readonly today: string } | string {
  const today = own.history.today < events.history.today ? own.history.today : events.history.today
  const firstOf = ({ history: { grain, periods, today: end } }: ModelProfile) =>
    addPeriods(startOfPeriod(end, grain, calendar), -periods, grain)
  const hole = events.missing.at(-1)
  const starts = [firstOf(own), firstOf(events), ...(hole === undefined ? [] : [addPeriods(hole, 1, 'day')])]
  const first = starts.reduce((latest, day) => (day > latest ? day : latest))
  const to = addPeriods(today, -withinDays, 'day')
  const known = daysBetween(first, to)
  if (known < historyDaysMin)
    return `${Math.max(0, known)} days of beginnings have their ${withinDays} days behind them; ${historyDaysMin} are needed`
  const days = Math.min(historyDays, known, Math.floor(rowsMax / (own.rowsPerDay ?? 1)))
  if (days < historyDaysMin)
    return `those who began are compared row by row, ${rowsMax} at most, and ${historyDaysMin} days have more`
  return { days: { from: addPeriods(to, -days, 'day'), to }, today }
}
