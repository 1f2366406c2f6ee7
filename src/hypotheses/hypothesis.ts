import type { Day, Grain } from '../base/periods.ts'
import type { Metric } from '../catalog/catalog.ts'

/** One value of one field of the metric's model, or of a to-one path (`account.plan`). `null` is the empty value. */
export interface SliceValue {
  readonly field: string
  readonly value: string | number | boolean | null
}

/** One value of one or several fields; empty for the whole metric. */
export type Slice = readonly SliceValue[]

/** The other of two measures that a hypothesis is about. */
export interface OtherMeasure {
  readonly metric: string
  /** Its expression as in the catalog. */
  readonly measure: string
  readonly model: string
}

export type Origin = 'template' | 'authored' | 'suggested' | 'watched'

/** A statement that rows can refute: an exploration that ends in a test. */
export interface Hypothesis {
  /** Hash of the canonical tree of `text`: the same question has the same key in each cycle. */
  readonly key: string
  /** The template's name, or the file of an authored one. */
  readonly template: string
  readonly origin: Origin
  readonly model: string
  readonly metric: string
  /** The metric's expression as in the catalog. */
  readonly measure: string
  readonly slice: Slice
  readonly with?: OtherMeasure
  /** Fields whose values are put beside each other. */
  readonly by?: readonly string[]
  readonly detector: string
  readonly grain: Grain
  /** The exploration, in canonical text. */
  readonly text: string
  /** How what is measured is called and written, where it is no metric of the catalog. */
  readonly subject?: Pick<Metric, 'label' | 'unit' | 'format' | 'good'>
  /** What it claims, in words: `signups from paid search changed level`. */
  readonly statement: string
}

/**
 * Rows that no series are made of: a model's rows as they are, with the metrics' values side by side; counts of each account by week; cohorts by age;
 * members with the time that each waited; metrics with a goal by the day; those who began, with the stages that each reached; what each did first; pairs of
 * metrics, from what the scans of wholes read; rows with the values of measured fields.
 */
export type OwnRows =
  | 'rows'
  | 'accounts'
  | 'cohorts'
  | 'members'
  | 'goals'
  | 'funnel'
  | 'behaviours'
  | 'leads'
  | 'values'

/** Two metrics as wholes, of different rows. */
export interface MetricPair {
  readonly first: { readonly model: string; readonly metric: string }
  readonly second: { readonly model: string; readonly metric: string }
}

/**
 * One aggregate query that serves every slice, measure and detector over the same model, time field, grain and set of fields.
 * Written as an exploration, so that a hypothesis run alone goes through the same compiler.
 */
export interface SharedScan {
  /** Unique within the cycle, deterministic: safe in job ids (letters, digits, `-`). */
  readonly id: string
  readonly model: string
  readonly time: string
  readonly grain: Grain
  /** First period and the one after the last, half-open. */
  readonly from: Day
  readonly to: Day
  /** Periods in which the whole table has no rows although it should: a hole in the data, no evidence of anything. */
  readonly missing: readonly Day[]
  /** Fields or to-one paths that cut the rows; empty for the whole. */
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  /** What it reads instead of aggregates by period and field; such a scan serves only its own templates. */
  readonly reads?: OwnRows
  /** The pairs that it asks about, where it is of pairs. */
  readonly pairs?: readonly MetricPair[]
  /** The one hypothesis that is asked of the rows, by itself: somebody wrote it. */
  readonly hypothesis?: Hypothesis
  /** What its periods are kept as for later cycles, and a text for each that is another when its rows are; none where it has no rows. */
  readonly kept?: { readonly as: string; readonly fingerprints: Readonly<Record<Day, string>> }
  /** The exploration whose rows serve the scan; empty where it asks the warehouse for nothing (`isRead`). */
  readonly text: string
}

/** Whether a scan reads rows: pairs of metrics are made of what others read. */
export const isRead = ({ reads }: Pick<SharedScan, 'reads'>): boolean => reads !== 'leads'
