import { addPeriods, daysBetween, startOfPeriod } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { findAccountKeys } from '../accounts/find-account-keys.ts'
import type { SharedScan } from '../hypothesis.ts'
import type { ModelProfile, PlanSubject } from '../series/draft-scans.ts'
import { listTemplatesOf } from '../templates/template.ts'
import { listMeasuredValues, type MeasuredValue } from './list-measured-values.ts'
import { writeValues } from './write-drift-test.ts'

/** Weeks that are read, the last ones among them, and fewest of them that tell how much weeks differ. */
const weeksMax = 28
const weeksMin = 14
/** Rows that a scan may have by its plan; with more rows a day it reaches back less far. */
const rowsMax = 150_000

/** Path to the account behind a row: those of one account are alike. */
export const findValueAccount = (catalog: Catalog, { model }: Pick<MeasuredValue, 'model'>): string | undefined =>
  findAccountKeys(catalog, { model }, { kind: 'amount' })?.[0]

export interface DistributionScans {
  readonly scans: readonly Omit<SharedScan, 'id'>[]
  /** Fields of more rows than are compared, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
}

/** One scan for the measured fields of a model and time: the rows of the last whole weeks, with their day and account. */
export function planDistributionScans({ catalog, profiles, templates }: PlanSubject): DistributionScans {
  const leftOut: { what: string; why: string }[] = []
  const all = listMeasuredValues(catalog)
  const scans = profiles.flatMap((profile): Omit<SharedScan, 'id'>[] => {
    const { model, time } = profile
    if (listTemplatesOf(templates, 'distributions', catalog, { model }).length === 0) return []
    const values = all.filter(
      (one) => one.model === model && one.time === time && !profile.brokenFields?.includes(one.field),
    )
    const weeks = Math.min(weeksMax, Math.floor(countDays(profile, catalog) / 7))
    if (values.length === 0 || weeks < weeksMin) return []
    const fitting = Math.min(weeks, Math.floor(rowsMax / (7 * (profile.rowsPerDay ?? 1))))
    if (fitting < weeksMin) {
      const why = `values are compared row by row, ${rowsMax} at most, and ${weeksMin} weeks have more`
      leftOut.push({ what: `the distribution of ${values.map(({ field }) => `${model}.${field}`).join(', ')}`, why })
      return []
    }
    const { today } = profile.history
    const history = { grain: 'day', periods: 7 * fitting, today } as const
    const fields = values.map(({ field }) => field)
    return [
      {
        model,
        time,
        grain: 'day',
        from: addPeriods(today, -history.periods, 'day'),
        to: today,
        missing: [],
        dimensions: [],
        metrics: values.map(({ subject }) => subject.name),
        reads: 'values',
        text: writeValues({ model, time, history, account: findValueAccount(catalog, { model }) }, fields),
      },
    ]
  })
  return { scans, leftOut }
}

/** Days that are known, whether the model is looked at by day or by week. */
function countDays({ history: { grain, periods, today } }: ModelProfile, { calendar }: Catalog): number {
  return daysBetween(addPeriods(startOfPeriod(today, grain, calendar), -periods, grain), today)
}
