import type { Day } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { listMeasuredFields } from '../data/find-broken-fields.ts'
import { isAsked, type Template } from '../templates/template.ts'
import type { History } from '../write/write-exploration.ts'

/** What a look at a model over one time field told, before anything is asked of it. */
export interface ModelProfile {
  readonly model: string
  readonly time: string
  readonly history: History
  /** Mean of the last weeks; absent where nobody looked. */
  readonly rowsPerDay?: number
  /** Periods in which the whole table has no rows although it should. */
  readonly missing: readonly Day[]
  /** Number of values of each field that a metric is cut by. */
  readonly valueCounts: Readonly<Record<string, number>>
  /** Fields that lost their values, or have them since lately: nothing is cut by them, and metrics that read them are not asked about. */
  readonly brokenFields?: readonly string[]
}

/** Hypotheses of one template about one metric. */
export interface Ask {
  readonly template: Template
  readonly metric: Metric
  /** Most there are, before it is known which slices have enough rows: values × detectors. */
  readonly count: number
}

/** A scan that could be made. */
export interface ScanDraft {
  readonly profile: ModelProfile
  readonly dimensions: readonly string[]
  readonly metrics: readonly Metric[]
  readonly asks: readonly Ask[]
  /** Values, or combinations of values, of its fields. */
  readonly combinations: number
  /** Hypotheses that it serves at most. */
  readonly hypotheses: number
}

/** The key that says which profile a metric belongs to. */
export const profileKey = (model: string, time: string): string => `${model}\n${time}`

/** Weeks would add up what is held on each of their days. */
export const isWeeklyBalance = ({ overTime }: Metric, { history }: ModelProfile): boolean =>
  overTime !== undefined && history.grain !== 'day'

/** Whether a metric reads a field that lost its values. */
export const isBroken = (metric: Metric, { brokenFields = [] }: ModelProfile): boolean =>
  brokenFields.length > 0 && listMeasuredFields(metric).some((field) => brokenFields.includes(field))

/** What scans are planned from. */
export interface PlanSubject {
  readonly catalog: Catalog
  readonly profiles: readonly ModelProfile[]
  readonly templates: readonly Template[]
}

interface DraftInput extends PlanSubject {
  readonly detectors: ReadonlySet<string>
}

const byPromise = (a: ScanDraft, b: ScanDraft): number =>
  a.dimensions.length - b.dimensions.length || (a.dimensions.length > 1 ? a.combinations - b.combinations : 0)

/**
 * Every scan that the templates ask for, one a model, time field and set of fields. In the order in which a plan that knows nothing of earlier cycles
 * takes them: wholes, single fields as the catalog lists them, pairs with few combinations first.
 */
export function draftScans({ catalog, profiles, templates, detectors }: DraftInput): readonly ScanDraft[] {
  const drafts = new Map<string, Pick<ScanDraft, 'profile' | 'dimensions' | 'combinations'> & { asks: Ask[] }>()
  const profileOf = new Map(profiles.map((profile) => [profileKey(profile.model, profile.time), profile]))
  for (const model of Object.values(catalog.models))
    for (const metric of Object.values(model.metrics)) {
      const profile = profileOf.get(profileKey(model.name, metric.time))
      if (!profile || isWeeklyBalance(metric, profile) || isBroken(metric, profile)) continue
      for (const template of templates) {
        if (!isAsked(template, catalog, metric)) continue
        const tests = template.detectors.filter((name) => detectors.has(name)).length
        for (const dimensions of template.dimensionSets(metric)) {
          if (dimensions.some((field) => profile.brokenFields?.includes(field))) continue
          const key = [profileKey(model.name, metric.time), ...[...dimensions].sort()].join('\n')
          const combinations = dimensions.reduce((all, field) => all * (profile.valueCounts[field] ?? 1), 1)
          const draft = drafts.get(key) ?? { profile, dimensions, combinations, asks: [] }
          const count = template.kind === 'series' ? tests * Math.max(1, combinations) : tests
          draft.asks.push({ template, metric, count })
          drafts.set(key, draft)
        }
      }
    }
  return [...drafts.values()]
    .map((draft) => ({
      ...draft,
      metrics: [...new Set(draft.asks.map(({ metric }) => metric))],
      hypotheses: draft.asks.reduce((all, { count }) => all + count, 0),
    }))
    .sort(byPromise)
}
