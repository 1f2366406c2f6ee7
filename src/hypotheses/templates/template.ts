import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { CurrentGoal } from '../goals/find-current-goals.ts'
import type { Slice } from '../hypothesis.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import type { TestOptions } from '../write/write-exploration.ts'

/** What every kind of question says of itself. It says what to cut by and what to test; the rows come from shared scans. */
interface CommonTemplate {
  /** Stored with each hypothesis: never renamed. */
  readonly name: string
  /** One line for readers of the reference. */
  readonly summary: string
  /** Models it is asked of: those that are looked at as a whole (`portrait` in the catalog), those that are not, or (absent) all. */
  readonly models?: 'portraits' | 'others'
  /** Sets of fields to cut the metric by, best first. One set is one shared scan, together with every metric that names it. */
  readonly dimensionSets: (metric: Metric) => readonly (readonly string[])[]
  /** Names of the detectors that judge it. */
  readonly detectors: readonly string[]
}

/** Asked of the series of every slice of a scan. */
export interface SeriesTemplate extends CommonTemplate {
  readonly kind: 'series'
  /** Options that its detectors are given; absent: their defaults. */
  readonly options?: TestOptions
  /** What a hypothesis claims, in words: `signups where source is paid_search changed level`. */
  readonly state: (metric: Metric, slice: Slice, detector: string) => string
}

/** Asked once of all slices of a scan beside each other. */
export interface BreakdownTemplate extends CommonTemplate {
  readonly kind: 'breakdown'
  /** Whether it can be asked of measures of this shape. */
  readonly fits: (shape: MeasureShape) => boolean
  /** `the share of the largest country in revenue changed` */
  readonly state: (metric: Metric, fields: readonly string[], detector: string) => string
}

/** Asked of the accounts behind a metric's rows beside each other, from a scan of its own. */
export interface AccountTemplate extends CommonTemplate {
  readonly kind: 'accounts'
  readonly fits: (shape: MeasureShape, metric: Metric) => boolean
  /** `single accounts left their own ways in logins` */
  readonly state: (metric: Metric) => string
}

/** Asked of how many of those who began in one period come back in each period after, from a scan of its own. */
export interface CohortTemplate extends CommonTemplate {
  readonly kind: 'cohorts'
  /** `user retention where plan is pro changed`; `subject` as a headline begins. */
  readonly state: (subject: string, slice: Slice) => string
}

/** Asked of how long it took for each row, where a metric measures the time from one of its fields to another, from a scan of its own. */
export interface DurationTemplate extends CommonTemplate {
  readonly kind: 'durations'
  /** Days that are compared with all before, by the day on which a row began; each is a test. */
  readonly recentDays: readonly number[]
  readonly state: (metric: Metric, slice: Slice, recentDays: number) => string
}

/** Asked of each goal that the catalog declares for a metric, in the period that is not over, from a scan of its own. */
export interface GoalTemplate extends CommonTemplate {
  readonly kind: 'goals'
  readonly state: (metric: Metric, goal: CurrentGoal) => string
}

/** Asked of each step of each funnel that the catalog declares, from a scan of its own. */
export interface FunnelTemplate extends CommonTemplate {
  readonly kind: 'funnels'
  /** Days that are compared with all before, by the day on which one began; each is a test. */
  readonly recentDays: readonly number[]
  /** `activation, user to project created where plan is pro changed for those who began in 28 days`; `subject` as a headline begins. */
  readonly state: (subject: Pick<Metric, 'label'>, slice: Slice, recentDays: number) => string
}

/** Asked of two whole metrics of different rows, from what the scans of both read. */
export interface LeadTemplate extends CommonTemplate {
  readonly kind: 'leads'
  /** Longest lag that is tried, in periods, by their grain. */
  readonly lags: Readonly<Record<'day' | 'week', number>>
  readonly state: (first: Pick<Metric, 'label'>, second: Pick<Metric, 'label'>) => string
}

/** Asked of each value of a field of what members do in their first days: whether those who did it come back. From a scan of its own. */
export interface BehaviourTemplate extends CommonTemplate {
  readonly kind: 'behaviours'
  /** `user return differs after 14 first days where name is export_run`; `subject` as a headline begins. */
  readonly state: (subject: Pick<Metric, 'label'>, slice: Slice, firstDays: number) => string
}

/** Asked of each numeric field that a metric measures, from a scan of its own. */
export interface DistributionTemplate extends CommonTemplate {
  readonly kind: 'distributions'
  /** Days that are compared with all before. */
  readonly recentDays: number
  readonly state: (subject: Pick<Metric, 'label'>, recentDays: number) => string
}

/** A kind of question, asked of every metric (or of every kind of thing that begins) that it fits, told apart by what it needs. */
export type Template =
  | SeriesTemplate
  | BreakdownTemplate
  | AccountTemplate
  | CohortTemplate
  | DurationTemplate
  | GoalTemplate
  | FunnelTemplate
  | LeadTemplate
  | BehaviourTemplate
  | DistributionTemplate

export const defineTemplate = <T extends Template>(template: T): T => template

/** Whether a template asks about a metric, or about what is of its model, at all. */
export const isAsked = ({ models: asked }: Template, { models }: Catalog, { model }: Pick<Metric, 'model'>): boolean =>
  asked === undefined || (asked === 'portraits') === (models[model]?.portrait === true)

/** The templates of a kind that ask about a model. */
export const listTemplatesOf = <K extends Template['kind']>(
  templates: readonly Template[],
  kind: K,
  catalog: Catalog,
  of: Pick<Metric, 'model'>,
): readonly Extract<Template, { readonly kind: K }>[] =>
  templates.filter(
    (template): template is Extract<Template, { readonly kind: K }> =>
      template.kind === kind && isAsked(template, catalog, of),
  )

const claims: Readonly<Record<string, string>> = {
  level_shift: 'changed level',
  outlier: 'had a day out of line',
  trend: 'has a steady trend',
  trend_change: 'changed its trend',
  season_change: 'changed the shape of its season',
  volatility: 'scatters more or less than before',
  drought: 'had nothing, or one and the same value, for too long',
  record: 'set a record',
}

/** The claim that a detector tests, behind its subject. */
export const claimOf = (detector: string): string => claims[detector] ?? `shows ${detector.replaceAll('_', ' ')}`
