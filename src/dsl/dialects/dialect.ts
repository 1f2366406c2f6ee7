import type { Grain } from '../../base/periods.ts'
import type { ZoneOffset } from '../../base/zone-offsets.ts'
import type { AggregateName, ScalarName } from '../functions/scalar-names.ts'
import type { ColumnType } from '../plan.ts'

/** Engines that the compiler writes SQL for. */
export type DialectName = 'duckdb' | 'postgres'

/** How tightly a piece of SQL holds together, loosest first: what stands inside another in parentheses follows from it. */
export const binding = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7, postfix: 8, atom: 9 } as const

/** A piece of SQL. `type` is what the plan says the value is, `null` for a bare null. */
export interface Fragment {
  readonly text: string
  readonly binds: number
  readonly type: ColumnType | null
  /** Known never to be empty, as `x IS NULL`: then `NOT` needs no care for null. */
  readonly neverEmpty?: boolean
  /** Known to be floating point, so that arithmetic with it neither overflows nor needs a cast. */
  readonly isDouble?: boolean
  /** For literals: the value, so that a dialect may write a simpler form. */
  readonly literal?: string | number | boolean | null
}

export type WriteScalar = (args: readonly Fragment[]) => Fragment

/**
 * The pieces of an aggregate call. `suffix` is `FILTER (…)` and `OVER (…)`, or nothing, and stands right behind the closing
 * parenthesis of the call.
 */
export interface AggregateParts {
  readonly args: readonly Fragment[]
  readonly suffix: string
}

/**
 * What differs between engines, as small answers. `ansi` has an answer to each; an engine spreads it and overrides what differs.
 * Every engine must give the same rows: empty values last in both directions, texts by code point, no whole-number division,
 * division by zero is empty. Sessions run in UTC (the warehouse adapter sees to it), so that instants with and without a zone agree.
 */
export interface Dialect {
  readonly name: DialectName
  /** An identifier, quoted when it must be. */
  readonly writeName: (name: string) => string
  /** A bound literal: `placeholder` is `$1`; with `typed`, its type must be plain to the engine from the text alone. */
  readonly writeLiteral: (placeholder: string, type: ColumnType, value: string | number, typed: boolean) => string
  readonly typeNames: Readonly<Record<ColumnType, string>>
  readonly scalars: Readonly<Record<ScalarName, WriteScalar>>
  readonly aggregates: Readonly<Record<AggregateName, (parts: AggregateParts) => string>>
  /** Aggregates that may stand before `OVER`; the others are computed apart and joined back. */
  readonly windowed: (name: AggregateName) => boolean
  /** What to order by, so that texts come by code point. */
  readonly writeOrderKey: (key: Fragment) => string
  /** Equal, or both empty; must be fast as the condition of a join. */
  readonly writeSame: (left: Fragment, right: Fragment) => Fragment
  /**
   * Wall-clock time in `timezone` of an instant. Never called with UTC. `offsets` are there when the rows are known to lie within a few of
   * them: where the engine converts slowly, adding them is faster.
   */
  readonly writeLocalTime: (instant: Fragment, timezone: string, offsets: readonly ZoneOffset[] | undefined) => Fragment
  /** One row per period from `first` to `last`, both included and timestamps, as a select-list item. */
  readonly writeSeries: (first: string, last: string, grain: Grain) => string
}
