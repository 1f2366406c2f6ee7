import { addPeriods, daysBetween } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { findAccountKeys } from '../accounts/find-account-keys.ts'
import type { SharedScan } from '../hypothesis.ts'
import { isBroken, type PlanSubject } from '../series/draft-scans.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { readWait } from './read-wait.ts'
import { writeWaits } from './write-duration-test.ts'

/** Days of beginnings that are read. */
const historyDays = 280
/** Fewest of them that leave something to compare the last ones with. */
const historyDaysMin = 84
/** Rows that a scan may have by its plan; with more rows a day it reaches back less far. */
const rowsMax = 150_000
/** Most values of a field by which members are cut. */
const valuesMax = 100

/** Path to the account behind a metric's rows, the unit in which they count: those of one account wait alike. */
export const findWaitAccount = (catalog: Catalog, metric: Metric): string | undefined =>
  findAccountKeys(catalog, metric, shapeMeasure(metric))?.[0]

export interface DurationScans {
  readonly scans: readonly Omit<SharedScan, 'id'>[]
  /** Metrics about waiting times of more rows than are compared, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

/** One scan for each metric about waiting times, of the rows that began in the last months; the same measure by another name once. */
export function planDurationScans({ catalog, profiles, templates }: PlanSubject): DurationScans {
  const metrics = Object.values(catalog.models)
    .flatMap((model) => Object.values(model.metrics))
    .filter((metric) => listTemplatesOf(templates, 'durations', catalog, metric).length > 0)
  const asked = new Set<string>()
  const leftOut: { what: string; why: string }[] = []
  const scans = metrics.flatMap((metric): Omit<SharedScan, 'id'>[] => {
    const wait = readWait(catalog, metric)
    const own = profiles.filter(({ model }) => model === metric.model)
    const profile = own.find(({ time }) => time === wait?.began) ?? own.find(({ time }) => time === metric.time)
    if (!wait || !profile || isBroken(metric, profile)) return []
    const name = [metric.model, wait.began, wait.ended].join('\n')
    if (asked.has(name)) return []
    asked.add(name)
    const { today, periods, grain } = profile.history
    const known = daysBetween(addPeriods(today, -periods, grain), today)
    if (known < historyDaysMin) return []
    const days = Math.min(historyDays, known, Math.floor(rowsMax / (profile.rowsPerDay ?? 1)))
    if (days < historyDaysMin) {
      const why = `waiting times are compared row by row, ${rowsMax} at most, and ${historyDaysMin} days have more`
      leftOut.push({ what: `${metric.model}.${metric.name}`, why })
      return []
    }
    const fields = metric.slices.filter(
      (field) => (profile.valueCounts[field] ?? valuesMax + 1) <= valuesMax && !profile.brokenFields?.includes(field),
    )
    const history = { grain: 'day', periods: days, today } as const
    const account = findWaitAccount(catalog, metric)
    return [
      {
        model: metric.model,
        time: wait.began,
        grain: 'day',
        from: addPeriods(today, -days, 'day'),
        to: today,
        missing: [],
        dimensions: fields,
        metrics: [metric.name],
        reads: 'members',
        text: writeWaits(catalog, { metric, wait, history, account, fields, slice: [] }),
      },
    ]
  })
  return { scans, leftOut }
}
