import { addPeriods, type Day, startOfPeriod } from '../base/periods.ts'
import type { Catalog, Metric } from '../catalog/catalog.ts'
import type { SharedScan } from './hypothesis.ts'
import { combinationsMax, valuesMax } from './limits.ts'
import type { MeasureShape } from './measure-shape.ts'
import { isAsked, type Template } from './templates/template.ts'
import { type History, writeScan } from './write-exploration.ts'
import { readRowExpression, writeRows } from './write-standing.ts'

/** What a look at a model over one time field told, before anything is asked of it. */
export interface ModelProfile {
  readonly model: string
  readonly time: string
  readonly history: History
  /** Periods in which the whole table has no rows although it should. */
  readonly missing: readonly Day[]
  /** Number of values of each field that a metric is cut by. */
  readonly valueCounts: Readonly<Record<string, number>>
}

export interface PlanInput {
  readonly catalog: Catalog
  readonly profiles: readonly ModelProfile[]
  readonly shapes: Readonly<Record<string, MeasureShape>>
  readonly templates: readonly Template[]
  /** Names of the detectors there are. */
  readonly detectors: ReadonlySet<string>
  /** Most hypotheses to plan for. */
  readonly hypothesesMax: number
}

export interface ScanPlan {
  readonly scans: readonly SharedScan[]
  /** What was left out, and why, in words. */
  readonly leftOut: readonly { readonly what: string; readonly why: string }[]
  /** Most hypotheses that the scans serve, by template, before it is known which slices have enough rows. */
  readonly hypotheses: Readonly<Record<string, number>>
  /** The same of scans that were left out. */
  readonly hypothesesLeftOut: number
}

interface Draft {
  readonly profile: ModelProfile
  readonly dimensions: readonly string[]
  readonly metrics: Metric[]
  /** Hypotheses it may serve, by template: values × metrics × detectors. */
  readonly estimates: Map<string, number>
}

/** The key that says which profile a metric belongs to. */
export const profileKey = (model: string, time: string): string => `${model}\n${time}`
export const shapeKey = (metric: Pick<Metric, 'model' | 'name'>): string => `${metric.model}.${metric.name}`

/**
 * The shared scans that serve every hypothesis of the templates: one a model, time field and set of fields, whatever the number of
 * metrics, slices and detectors. Wholes first, then single fields, then pairs with few combinations, until the budget is used up.
 */
export function planScans(input: PlanInput): ScanPlan {
  const drafts = draftScans(input)
  const leftOut = [...listWeeklyBalances(input)]
  const chosen: Draft[] = []
  const hypotheses: Record<string, number> = {}
  let planned = 0
  let hypothesesLeftOut = 0
  for (const draft of drafts.sort(byPromise)) {
    const what = `${draft.profile.model} by ${draft.dimensions.join(' and ')}`
    const combinations = countCombinations(draft)
    const estimate = [...draft.estimates.values()].reduce((all, one) => all + one, 0)
    const most = draft.dimensions.length > 1 ? combinationsMax : valuesMax
    if (combinations > most) {
      hypothesesLeftOut += estimate
      leftOut.push({ what, why: `${combinations} values are more than the ${most} that are looked at` })
    } else if (planned + estimate > input.hypothesesMax) {
      hypothesesLeftOut += estimate
      leftOut.push({ what, why: `the budget of ${input.hypothesesMax} hypotheses is used up` })
    } else {
      planned += estimate
      for (const [template, count] of draft.estimates) hypotheses[template] = (hypotheses[template] ?? 0) + count
      chosen.push(draft)
    }
  }
  const shared = chosen.map((draft, at) => writeSharedScan(draft, at, input))
  return { scans: [...shared, ...planRowScans(input, shared.length)], leftOut, hypotheses, hypothesesLeftOut }
}

/** Weeks would add up what is held on each of their days. */
const isWeeklyBalance = ({ overTime }: Metric, { history }: ModelProfile): boolean =>
  overTime !== undefined && history.grain !== 'day'

function listWeeklyBalances({ catalog, profiles }: PlanInput): ScanPlan['leftOut'] {
  return profiles.flatMap((profile) =>
    Object.values(catalog.models[profile.model]?.metrics ?? {})
      .filter((metric) => metric.time === profile.time && isWeeklyBalance(metric, profile))
      .map(({ name }) => ({
        what: `${profile.model}.${name}`,
        why: 'is of what is held at one time of a period, and the model has too few rows to be looked at by the day',
      })),
  )
}

function draftScans({ catalog, profiles, templates, detectors }: PlanInput): Draft[] {
  const drafts = new Map<string, Draft>()
  const profileOf = new Map(profiles.map((profile) => [profileKey(profile.model, profile.time), profile]))
  for (const model of Object.values(catalog.models))
    for (const metric of Object.values(model.metrics)) {
      const profile = profileOf.get(profileKey(model.name, metric.time))
      if (!profile || isWeeklyBalance(metric, profile)) continue
      for (const template of templates) {
        if (!isAsked(template, catalog, metric)) continue
        const tests = template.detectors.filter((name) => detectors.has(name)).length
        for (const dimensions of template.dimensionSets(metric)) {
          const key = [profileKey(model.name, metric.time), ...[...dimensions].sort()].join('\n')
          const draft: Draft = drafts.get(key) ?? { profile, dimensions, metrics: [], estimates: new Map() }
          if (!draft.metrics.includes(metric)) draft.metrics.push(metric)
          const asked = template.kind === 'series' ? tests * Math.max(1, countCombinations(draft)) : tests
          draft.estimates.set(template.name, (draft.estimates.get(template.name) ?? 0) + asked)
          drafts.set(key, draft)
        }
      }
    }
  return [...drafts.values()]
}

const countCombinations = ({ profile, dimensions }: Draft): number =>
  dimensions.reduce((all, field) => all * (profile.valueCounts[field] ?? 1), 1)

const byPromise = (a: Draft, b: Draft): number =>
  a.dimensions.length - b.dimensions.length ||
  (a.dimensions.length > 1 ? countCombinations(a) - countCombinations(b) : 0)

function writeSharedScan({ profile, dimensions, metrics }: Draft, at: number, input: PlanInput): SharedScan {
  const { model, time, history } = profile
  const name = [model, time, ...dimensions]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  const text = writeScan(input.catalog, {
    model,
    time,
    history,
    dimensions,
    metrics: metrics.map((metric) => ({ metric, shape: input.shapes[shapeKey(metric)]! })),
  })
  return {
    id: `s${String(at).padStart(3, '0')}-${name}`.slice(0, 100),
    model,
    time,
    grain: history.grain,
    ...boundsOf(history, input),
    missing: profile.missing,
    dimensions,
    metrics: metrics.map((metric) => metric.name),
    text,
  }
}

/** For each model that is looked at as a whole, its rows with the numbers of its means, where there are at least two. */
function planRowScans(input: PlanInput, first: number): readonly SharedScan[] {
  const models = Object.values(input.catalog.models).filter(({ portrait }) => portrait)
  const scans = models.flatMap((model): Omit<SharedScan, 'id'>[] => {
    const metrics = Object.values(model.metrics).filter((metric) => readRowExpression(metric) !== undefined)
    const profile = input.profiles.find((one) => one.model === model.name)
    if (!profile || metrics.length < 2) return []
    const { time, history } = profile
    const text = writeRows({ model: model.name, time, history, metrics })
    const names = metrics.map(({ name }) => name)
    const bounds = boundsOf(history, input)
    const of = { model: model.name, time, grain: history.grain, missing: [], dimensions: [], metrics: names, text }
    return [{ ...of, ...bounds, isRows: true }]
  })
  return scans.map((scan, at) => ({ ...scan, id: `s${String(first + at).padStart(3, '0')}-${scan.model}-rows` }))
}

/** First period and the one after the last, as days. */
function boundsOf(
  { grain, periods, today }: History,
  { catalog }: PlanInput,
): { readonly from: Day; readonly to: Day } {
  const to = startOfPeriod(today, grain, catalog.calendar)
  return { from: addPeriods(to, -periods, grain), to }
}
