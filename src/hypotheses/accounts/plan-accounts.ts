import { addPeriods, daysBetween, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { SharedScan } from '../hypothesis.ts'
import { isBroken, type PlanSubject } from '../series/draft-scans.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { type AccountTemplate, isAsked, type Template } from '../templates/template.ts'
import { findAccountKeys } from './find-account-keys.ts'
import { accountWeeks, writeAccountCounts } from './write-account-test.ts'

/** Counts of a model that are asked about, as the catalog lists them: further ones are mostly parts of these. */
const metricsMax = 5
/** Weeks of history with which accounts can be judged at all. */
const weeksMin = 10

const isOfAccounts = (template: Template): template is AccountTemplate => template.kind === 'accounts'

/** The templates that ask about single accounts of a metric. */
export const listAccountTemplates = (
  templates: readonly Template[],
  catalog: Catalog,
  metric: Metric,
): readonly AccountTemplate[] =>
  templates
    .filter(isOfAccounts)
    .filter((template) => isAsked(template, catalog, metric) && template.fits(shapeMeasure(metric), metric))

/**
 * One scan for each model whose rows belong to accounts, of all counts that are asked about: the same measure by another name once. Its weeks end
 * with the last whole one.
 */
export function planAccountScans({ catalog, profiles, templates }: PlanSubject): readonly Omit<SharedScan, 'id'>[] {
  return profiles.flatMap((profile): Omit<SharedScan, 'id'>[] => {
    const { model, time, history: known, missing } = profile
    const days = daysBetween(addPeriods(known.today, -known.periods, known.grain), known.today)
    const metrics = Object.values(catalog.models[model]?.metrics ?? {})
      .filter((metric) => metric.time === time && !isBroken(metric, profile))
      .filter((metric) => listAccountTemplates(templates, catalog, metric).length > 0)
      .filter((metric, at, all) => all.findIndex(({ measure }) => measure === metric.measure) === at)
      .slice(0, metricsMax)
    const [first] = metrics
    const keys = first && findAccountKeys(catalog, first, shapeMeasure(first))
    if (!keys || days < weeksMin * 7) return []
    const history = { grain: 'week', periods: accountWeeks, today: known.today } as const
    const to = startOfPeriod(known.today, 'week', catalog.calendar)
    return [
      {
        model,
        time,
        grain: 'week',
        from: addPeriods(to, -accountWeeks, 'week'),
        to,
        missing,
        dimensions: keys,
        metrics: metrics.map(({ name }) => name),
        reads: 'accounts',
        text: writeAccountCounts(catalog, { model, time, history, keys, metrics }),
      },
    ]
  })
}
