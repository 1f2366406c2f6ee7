import type { Grain } from '../../base/periods.ts'
import type { FieldType } from '../../catalog/catalog.ts'

/** Columns, and values of one row, as the nodes of a plan hold them. */

export type ColumnType = FieldType

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly unit?: string
}

/** A value written in the text, bound as a parameter. Dates are `YYYY-MM-DD`, instants ISO 8601 in UTC. */
export interface Literal {
  readonly op: 'literal'
  readonly type: ColumnType
  readonly value: string | number | boolean | null
  /** A whole number that nobody wrote: the compiler's own, which stands in the SQL as it is. */
  readonly isOwn?: true
}

/** Other units are so many of these. */
export type MovedUnit = 'second' | 'day' | 'month'

/** Functions of one row. Which exist and how they are written is in `dsl/functions/`; dialects emit them by `fn`. */
export type Expression =
  | Literal
  | { readonly op: 'column'; readonly name: string }
  /** `fn` names a scalar function or operator: `add subtract multiply divide modulo negate equals not_equals less … and or not is_empty contains in if when coalesce …` */
  | { readonly op: 'call'; readonly fn: string; readonly args: readonly Expression[] }
  /** First day (grains from day up; type date) or first instant of the period in the plan's calendar. */
  | { readonly op: 'bucket'; readonly grain: Grain; readonly arg: Expression; readonly argType: 'date' | 'timestamp' }
  /**
   * `count` periods of `grain` later, earlier when negative; of the same type. Ends of months are clipped: 31 January and a month is
   * 28 February. Days and longer units of an instant go by the plan's clock: a day later is the same time of day. A time that clocks skip
   * counts as long before it as they are put forward, one that they show twice as what is nearer to where it came from. No hours of a date.
   */
  | {
      readonly op: 'moved'
      readonly arg: Expression
      readonly argType: 'date' | 'timestamp'
      readonly count: number
      readonly grain: Grain
    }
  /**
   * As many units later as the row's own number `by` says, which is whole; empty where that is, or the time. By the clock as in `moved`, and no
   * seconds of a date.
   */
  | {
      readonly op: 'moved_by'
      readonly arg: Expression
      readonly argType: 'date' | 'timestamp'
      readonly by: Expression
      readonly unit: MovedUnit
    }
  /** An aggregate over rows that share `per`, one value a row: `total(x per k)`. */
  | { readonly op: 'over'; readonly aggregate: AggregateCall; readonly per: readonly string[] }

export interface AggregateCall {
  /** `count count_distinct sum avg min max median` … */
  readonly fn: string
  /** Absent for `count()`. Several for `count_distinct` of a compound key. */
  readonly args: readonly Expression[]
  readonly where?: Expression
}
