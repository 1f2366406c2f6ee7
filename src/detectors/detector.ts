import type { z } from 'zod'
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
}

/** Data shapes a detector may ask for. */
export interface Shapes {
  readonly series: Series
}
export type Shape = keyof Shapes

/** Expected value and its central 95% prediction interval, one entry a point. */
export interface Band {
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

export interface Tested {
  readonly status: 'tested'
  /** Chance of at least this under "nothing happened", two-sided, 0..1, never exactly 0. */
  readonly pValue: number
  readonly direction: 'up' | 'down'
  /** Observed against expected, in the measure's unit, over the affected points. */
  readonly observed: number
  readonly expected: number
  /** 95% range of what was expected (for the mean over the affected points). */
  readonly low: number
  readonly high: number
  /** observed / expected − 1; NaN when expected is 0. */
  readonly change: number
  /** Index of the first affected point, and of the last one plus one. */
  readonly from: number
  readonly to: number
  readonly band: Band
  /** Name → value of what the test computed, for the evidence page: statistic, period of the season, lag, … */
  readonly details: Readonly<Record<string, number | string>>
}

export interface Untestable {
  readonly status: 'untestable'
  /** Lower case, no full stop: `has 12 points; level_shift needs 20`. */
  readonly reason: string
}

export type Verdict = Tested | Untestable

export interface Detector<S extends Shape = Shape, O = unknown> {
  /** Stored and written in `test` steps: never renamed. */
  readonly name: string
  readonly shape: S
  /** As the evidence page asks it. */
  readonly question: string
  /** One paragraph: the method, its source, what it needs. */
  readonly method: string
  /** Fewest points it judges. */
  readonly minimum: number
  readonly options: z.ZodType<O>
  readonly detect: (data: Shapes[S], options: O) => Verdict
}

export const defineDetector = <S extends Shape, O>(detector: Detector<S, O>): Detector<S, O> => detector
