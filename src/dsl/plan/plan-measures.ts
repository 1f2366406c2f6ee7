import type { Grain } from '../../base/periods.ts'
import type { AggregateCall, Column } from './plan-expression.ts'

/** The `count` units that end with a period: of the key `time`, which holds periods of `grain`. */
export interface Trailing {
  readonly time: string
  readonly grain: Grain
  readonly count: number
  readonly unit: Grain
}

/**
 * An aggregate over the rows of a group; with `per`, over all rows of `input` that share these of its keys. With `over` it is over rows of
 * any period that shares the other keys, and lies in the stretch: where this is made of whole periods, those that start later than so
 * much before; else all days in it. A group without a period looks back over nothing.
 */
export interface Measure extends Column {
  readonly aggregate: AggregateCall
  readonly per?: readonly string[]
  readonly over?: Trailing
}

/** What one row gets from the rows around it. */
export type WindowCall =
  /** The place of the row. Rows that tie in `by` share one in `rank`, which then leaves places out, and in `dense_rank`, which does not. */
  | { readonly fn: 'row_number' | 'rank' | 'dense_rank' }
  /** Which of so many parts of equal size, counted from 1; the first ones have a row more where they do not come out even. */
  | { readonly fn: 'ntile'; readonly tiles: number }
  /** Over the rows from the first up to this one, or with `isBefore` up to the one before it. */
  | { readonly fn: 'running'; readonly aggregate: AggregateCall; readonly isBefore?: true }
  /** Over the rows whose time, the first of `by`, lies in the `count` units that end with this row's time. A day of instants has 24 hours. */
  | { readonly fn: 'moving'; readonly aggregate: AggregateCall; readonly count: number; readonly unit: Grain }
  /** `of` in the row `by` places earlier (later when negative); empty where there is none. */
  | { readonly fn: 'beside'; readonly of: string; readonly by: number }

export interface SortKey {
  readonly name: string
  readonly descending: boolean
}
