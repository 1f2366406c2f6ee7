import type { z } from 'zod'
import { inScratch } from '../stats/scratch.ts'
import type { Shape, Shapes } from './shapes.ts'

/** Expected value and its central 95% prediction interval, one entry a point. */
export interface Band {
  readonly expected: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** How large something is, with its 95% interval. */
export interface Effect {
  /** The field's standard term: `ratio to expected`, `risk ratio`, `Cramér's V`, `difference in differences`. */
  readonly measure: string
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Parts of a sentence, lower case, without the metric's name, units and numbers: the report puts those in. */
export interface SentenceParts {
  /** `rose`, `fell behind the other slices`, `comes three weeks after` */
  readonly verb: string
  /** Which of the things compared it is, where there are several: a slice, an account. */
  readonly subject?: string
  /** What the expectation rests on: `its season and growth`, `the other slices`, `peers of the same size` */
  readonly comparedWith: string
}

/** What every tested verdict says, whatever the shape. */
export interface Tested {
  readonly status: 'tested'
  /** Chance of at least this under "nothing happened", two-sided, 0..1, never exactly 0. */
  readonly pValue: number
  readonly direction: 'up' | 'down'
  /** Observed against expected, in the measure's unit, over the affected points or members. */
  readonly observed: number
  readonly expected: number
  /** 95% range of what was expected (for the mean over what is affected). */
  readonly low: number
  readonly high: number
  /** observed / expected − 1; NaN when expected is 0. */
  readonly change: number
  readonly effect: Effect
  readonly sentence: SentenceParts
  /**
   * Why this is not worth telling however sure it is: the effect is below the detector's floor, though the p-value is what it is. Lower
   * case, no full stop: `the distributions are 0.02 apart; drift tells from 0.05 on`. It counts as tested, and is not shown.
   */
  readonly negligible?: string
  /** Name → value of what the test computed, for the evidence page: statistic, period of the season, lag, … */
  readonly details: Readonly<Record<string, number | string>>
  /** Of things compared, those that stand out by themselves, farthest first; where one may not be the only one. */
  readonly named?: readonly Named[]
}

/** One of the things compared, by its label, with what was expected of it, in the measure's unit. */
export interface Named {
  readonly label: string
  readonly observed: number
  readonly expected: number
  /** First period that is told of it. */
  readonly since: string
}

/** A verdict about a series also says where. */
export interface TestedSeries extends Tested {
  /** Index of the first affected point, and of the last one plus one. */
  readonly from: number
  readonly to: number
  readonly band: Band
}

export interface Untestable {
  readonly status: 'untestable'
  /** Lower case, no full stop: `has 12 points; level_shift needs 20`. */
  readonly reason: string
}

/** Shapes whose verdicts say where in time. */
type TimedShape = 'series'
export type Verdict<S extends Shape = 'series'> = (S extends TimedShape ? TestedSeries : Tested) | Untestable

export interface Detector<S extends Shape = 'series', O = unknown> {
  /** Stored and written in `test` steps: never renamed. */
  readonly name: string
  readonly shape: S
  /** As the evidence page asks it. */
  readonly question: string
  /** One paragraph: the method, its source, what it needs. */
  readonly method: string
  /** What it takes for granted, one a line, as sentences. */
  readonly assumes: readonly string[]
  /** When it misleads and what to look at then, one a line, as sentences. */
  readonly misleads: readonly string[]
  /** Fewest points (or members, as `minimumOf` says) it judges. */
  readonly minimum: number
  /** What `minimum` counts; points where missing. */
  readonly minimumOf?: string
  readonly options: z.ZodType<O>
  readonly detect: (data: Shapes[S], options: O) => Verdict<S>
}

/** A detector of some shape. */
export type AnyDetector = { readonly [S in Shape]: Detector<S> }[Shape]

/** What a detector allocates with `allocate` is reused by the next: verdicts, and what is kept between them, hold arrays of their own. */
export const defineDetector = <S extends Shape, O>(detector: Detector<S, O>): Detector<S, O> => ({
  ...detector,
  detect: (data, options) => inScratch(() => detector.detect(data, options)),
})
