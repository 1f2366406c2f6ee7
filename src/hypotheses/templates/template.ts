import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { Slice } from '../hypothesis.ts'

/** A kind of question, asked of every metric that it fits. It says what to cut by and what to test; the rows come from shared scans. */
export interface Template {
  /** Stored with each hypothesis: never renamed. */
  readonly name: string
  /** One line for readers of the reference. */
  readonly summary: string
  /** Asked only of models that are looked at as a whole (`portrait` in the catalog). */
  readonly isPortrait?: true
  /** Sets of fields to cut the metric by, best first. One set is one shared scan, together with every metric that names it. */
  readonly dimensionSets: (metric: Metric) => readonly (readonly string[])[]
  /** Names of the detectors that judge each slice. */
  readonly detectors: readonly string[]
  /** What a hypothesis claims, in words: `signups where source is paid_search changed level`. */
  readonly state: (metric: Metric, slice: Slice, detector: string) => string
}

export const defineTemplate = (template: Template): Template => template

/** Whether a template asks about a metric at all. */
export const isAsked = ({ isPortrait }: Template, { models }: Catalog, { model }: Metric): boolean =>
  !isPortrait || models[model]?.portrait === true

const claims: Readonly<Record<string, string>> = {
  level_shift: 'changed level',
  outlier: 'had a day out of line',
  trend: 'has a steady trend',
  trend_change: 'changed its trend',
}

/** The claim that a detector tests, behind its subject. */
export const claimOf = (detector: string): string => claims[detector] ?? `shows ${detector.replaceAll('_', ' ')}`
