import type { Grain } from '../base/periods.ts'

/** What the numbers of a measure are: decides the noise model and the scale. */
export type MeasureKind = 'count' | 'ratio' | 'amount' | 'mean'

/** A regular series, oldest first. All arrays have the same length. */
export interface Series {
  /** First day (or instant) of each period, ISO. A series without calendar has `grain` undefined. */
  readonly at: readonly string[]
  /** NaN where there is no value. */
  readonly values: Float64Array
  readonly grain: Grain | undefined
  readonly kind: MeasureKind
  /** Rows behind each value (the denominator of a ratio, the n of a mean), where known. */
  readonly weights?: Float64Array
  /** 1 where a declared event (holiday, launch) makes the value no evidence. */
  readonly excluded?: Uint8Array
  /** Of values that are differences (a slice beside the others): by how much they change when the thing itself changes by all it usually is. */
  readonly scale?: number
}

/** Two series over the same periods. */
export interface SeriesPair {
  readonly first: Series
  readonly second: Series
  /** Why one follows from the other by definition (same rows, shared parts), from the lineage; such a pair is not tested. */
  readonly definitional?: string
}

/** Two numbers of each row. */
export interface Points {
  readonly first: Float64Array
  readonly second: Float64Array
  /** The account (any whole number) each row belongs to, where there is one. */
  readonly units?: Int32Array
}

/** A metric on its way to a goal. */
export interface Goal {
  /** The periods so far, with the history before the goal's span. */
  readonly series: Series
  /** Place in `series` of the first period that counts towards the goal. */
  readonly start: number
  /** Periods that count towards it, the ones to come included. */
  readonly periods: number
  /** Sum over those periods (for ratios and means: their weighted mean). */
  readonly target: number
  readonly goodDirection: 'up' | 'down'
}

/** Rows that arrived in a table, a period each, and how late they came. */
export interface Arrivals {
  readonly series: Series
  /** Hours from the end of each period until its rows were there; NaN where unknown. */
  readonly lagHours?: Float64Array
  /** Shares 0..1 of rows without a value in a required column, and of rows that repeat a key. */
  readonly nullShare?: Float64Array
  readonly duplicateShare?: Float64Array
}

/** A metric over time in each value of a field. All series have the same periods. */
export interface Breakdown {
  readonly field: string
  readonly slices: readonly { readonly label: string; readonly series: Series }[]
  /** Accounts (or the catalog's unit) behind each slice, where known: too few are not told apart from chance. */
  readonly units?: readonly number[]
}

/** The finest slices of a change: one entry a leaf, in all arrays. */
export interface Leaves {
  /** Names of the fields. */
  readonly fields: readonly string[]
  /** The values of each field, as text; `codes[f][leaf]` is a place in `labels[f]`. */
  readonly labels: readonly (readonly string[])[]
  readonly codes: readonly Int32Array[]
  /** The additive measure, or the numerator of a ratio. */
  readonly actual: Float64Array
  readonly expected: Float64Array
  /** The denominator of a ratio or mean; additive measures have none. */
  readonly weight?: { readonly actual: Float64Array; readonly expected: Float64Array }
}

/** Members of one kind (slices, accounts, people) at one time. */
export interface CrossSection {
  readonly labels: readonly string[]
  readonly kind: MeasureKind
  readonly values: Float64Array
  /** What counts are divided by (exposure; 1 where nothing else is known); the rows, better accounts, behind any other value. */
  readonly weights: Float64Array
  /** Standard deviation of the rows (or accounts) inside each member, for means and amounts, where known. Few members need it. */
  readonly deviations?: Float64Array
}

/** Two samples of one field: before and after, or a group and the rest. */
export interface TwoSamples {
  readonly first: OneSample
  readonly second: OneSample
  readonly names: readonly [string, string]
}

/** Values of a sample, numbers or categories, and the account (any whole number) each row belongs to. */
export interface OneSample {
  readonly values: Float64Array | readonly string[]
  readonly units?: Int32Array
  /** The stretch of time in which each row was, as any number: those of one may be alike for what was then. */
  readonly batches?: Int32Array
}

/** How many of those who entered went on, for each account (or other unit), in two groups (before and after, a slice and the rest). */
export interface Conversions {
  readonly names: readonly [string, string]
  readonly first: readonly Conversion[]
  readonly second: readonly Conversion[]
  /** All entrants of the first group once more, by the stretch of time in which each entered: those of one may be alike for what was then. */
  readonly batches?: readonly Conversion[]
}
/** Only matured entrants: those whose window has closed. */
export interface Conversion {
  readonly entered: number
  readonly converted: number
  /** The account, as any number, where known, once in each group: one that is in both groups is compared with itself. */
  readonly account?: number
}

/** A cohort triangle: `retained[cohort][age]` of `size[cohort]`; NaN where that age has not come yet. Oldest cohort first. */
export interface Cohorts {
  readonly at: readonly string[]
  readonly grain: Grain
  readonly size: Float64Array
  readonly retained: readonly Float64Array[]
}

/** Times until something happened, in two groups. */
export interface Durations {
  readonly names: readonly [string, string]
  readonly first: DurationSample
  readonly second: DurationSample
}
export interface DurationSample {
  readonly time: Float64Array
  /** 1 where it happened, 0 where it had not happened yet when last seen (censored). */
  readonly happened: Uint8Array
  readonly units?: Int32Array
  /** The stretch of time in which each began, as any number: those of one may be alike for what was then (a holiday, a backlog). */
  readonly batches?: Int32Array
}

/** Two by two tables, one a stratum: an exposure (or group) against an outcome. Members are accounts (or the catalog's unit). */
export interface Strata {
  readonly names: { readonly exposed: string; readonly unexposed: string; readonly outcome: string }
  readonly strata: readonly {
    readonly label: string
    readonly exposed: Conversion
    readonly unexposed: Conversion
  }[]
}

/** Counts of each account: periods × accounts. */
export interface AccountCounts {
  readonly labels: readonly string[]
  /** `counts[account][period]`, oldest first; NaN before an account began. */
  readonly counts: readonly Float64Array[]
  readonly at: readonly string[]
  readonly grain: Grain
  /** The last so many periods are judged against those before. */
  readonly recent: number
}

/** Shapes of numbers that a detector may ask for. */
export interface Shapes {
  readonly series: Series
  readonly pair: SeriesPair
  readonly points: Points
  readonly goal: Goal
  readonly arrivals: Arrivals
  readonly breakdown: Breakdown
  readonly leaves: Leaves
  readonly 'cross-section': CrossSection
  readonly samples: TwoSamples
  readonly conversions: Conversions
  readonly cohorts: Cohorts
  readonly durations: Durations
  readonly strata: Strata
  readonly accounts: AccountCounts
}
export type Shape = keyof Shapes
