import type { Grain } from '../../base/periods.ts'
import type { ZoneOffset } from '../../base/zone-offsets.ts'
import type { AggregateName, EmulatedAggregate, HiddenAggregate, ScalarName } from '../functions/scalar-names.ts'
import type { ColumnType, MovedUnit } from '../plan/plan.ts'

export type WriteAggregate = (parts: AggregateParts) => Fragment

/** Engines that the compiler writes SQL for. */
export type DialectName = 'duckdb' | 'postgres' | 'mariadb' | 'mysql' | 'clickhouse' | 'snowflake' | 'bigquery'

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
  /** A column, of a table or of a SELECT of ours. */
  readonly isColumn?: boolean
  /** For columns that are read in another form: the column itself. */
  readonly bare?: string
  /** A column as it stands in somebody's table. */
  readonly isStored?: boolean
  /** For literals: the value, so that a dialect may write a simpler form. */
  readonly literal?: string | number | boolean | null
  /** For wall-clock times: the instant and its zone, where functions of the engine take both. */
  readonly clock?: { readonly instant: string; readonly timezone: string }
}

export type WriteScalar = (args: readonly Fragment[]) => Fragment

/**
 * The pieces of an aggregate call. `suffix` is `FILTER (…)` and `OVER (…)`, or nothing, and stands right behind the closing
 * parenthesis of the call. Where the engine has no FILTER, the condition is in the first argument already.
 */
export interface AggregateParts {
  readonly args: readonly Fragment[]
  readonly suffix: string
}

/** A literal as it is bound. */
export interface Bound {
  readonly type: ColumnType
  readonly value: string | number | boolean
}

/** One column to sort by. */
export interface OrderKey {
  readonly value: Fragment
  /** The name under which the SELECT shows the value, where it does. */
  readonly alias: string | undefined
  /** What is empty exactly when the value is: a simpler piece where there is one. */
  readonly emptyAs: Fragment
  readonly descending: boolean
}

/** The periods of a stretch of time, as the rows of a CTE. */
export interface PeriodSeries {
  /** Both included; timestamps or dates. Aggregates over `source` where that is there. Nothing where one of them is empty. */
  readonly first: Fragment
  readonly last: Fragment
  readonly grain: Grain
  /** Of the column: `date` for grains from day up. */
  readonly type: 'date' | 'timestamp'
  /** What the column is called, quoted where it must be. */
  readonly name: string
  /** What `first` and `last` are aggregates of, as it stands behind FROM; undefined when both are literals. */
  readonly source: string | undefined
}

/**
 * What differs between engines, as small answers. `ansi` has an answer to each; an engine spreads it and overrides what differs.
 * Every engine must give the same rows: empty values last in both directions, texts by code point, no whole-number division,
 * division by zero is empty. Sessions run in UTC (the warehouse adapter sees to it), so that instants with and without a zone agree.
 */
export interface Dialect {
  readonly name: DialectName
  /** As messages call the engine. */
  readonly title: string
  /** `rows`: the conformance suites run its SQL on a live engine. `text`: its SQL is compared with golden files only. */
  readonly proof: 'rows' | 'text'

  /** What names are put in. */
  readonly quote: '"' | '`'
  /** Words that the engine refuses as a bare name. */
  readonly reservedWords: ReadonlySet<string>
  /** An identifier, quoted when it must be. */
  readonly writeName: (name: string) => string
  /** A column of somebody's table, in such a form that values of its type compare, sort and group as they must. */
  readonly writeColumn: (column: Fragment) => Fragment
  /** Whether `account.name`, selected from several tables, is called `name` without being told so. */
  readonly dropsPrefix: boolean
  /** A value as the last SELECT gives it, so that it arrives as what it is. */
  readonly writeResult: (value: Fragment) => Fragment
  /** A value that rows are grouped by, so that equal values are one group. */
  readonly writeKey: (value: Fragment) => Fragment
  /** A value that is the same in every row, as a column of a CTE. */
  readonly writeConstant: (value: Fragment) => Fragment
  /** A number that shares a column with numbers of other SELECTs, which may be whole where it is a fraction; or nothing beside values of `type`. */
  readonly writePart: (value: Fragment, type: ColumnType) => Fragment

  /** `numbered` placeholders may be written several times; `in order` takes a parameter for each that is written. */
  readonly placeholders: 'numbered' | 'in order'
  /** `$1`, `?`. `position` counts from 1. */
  readonly writePlaceholder: (position: number, bound: Bound) => string
  /** A value as the engine takes it for a parameter; given are dates as `YYYY-MM-DD`, instants as ISO 8601 in UTC. */
  readonly writeParameter: (bound: Bound) => string | number | boolean
  /** A bound literal around its placeholder; with `typed`, its type must be plain to the engine from the text alone. */
  readonly writeLiteral: (placeholder: string, bound: Bound, typed: boolean) => Fragment

  readonly scalars: Readonly<Record<ScalarName, WriteScalar>>
  /** Aggregates that are exact there; an `EmulatedAggregate` that is missing is worked out from others, a hidden one is done without. */
  readonly aggregates: Readonly<Record<Exclude<AggregateName, EmulatedAggregate | HiddenAggregate>, WriteAggregate>> &
    Readonly<Partial<Record<EmulatedAggregate | HiddenAggregate, WriteAggregate>>>
  /** Whether an aggregate takes `FILTER (WHERE …)`; else the condition becomes a CASE in its first argument. */
  readonly hasFilter: boolean
  /** Aggregates that may stand before `OVER`; the others are computed apart and joined back. */
  readonly windowed: (name: AggregateName) => boolean
  /** Whether a join finds the first or last row of each group sooner than an aggregate that keeps values beside what they are ordered by. */
  readonly choosesByJoin: boolean
  /** Whether `EXISTS` finds rows that have, or have no, other rows sooner than counting those does. */
  readonly asksExistence: boolean

  /** For looks at tables of which nothing is known yet: any value as a text, and a number between 0 and 1 that is another for each row. */
  readonly writeAnyText: (value: string) => string
  readonly chance: string

  /** Items of ORDER BY for one key: empty values last, texts by code point. */
  readonly writeOrder: (key: OrderKey) => readonly string[]
  /** Equal, as the condition of a join: in such a form that the engine need not try every pair. */
  readonly writeMatch: (left: Fragment, right: Fragment) => Fragment
  /** Equal, or both empty; must be fast as the condition of a join. `isHashed` where no index of the engine's own fits all keys of the join. */
  readonly writeSame: (left: Fragment, right: Fragment, isHashed: boolean) => Fragment
  /** Between two SELECTs: distinct rows of both; rows of the first that are not in the second. Empty is equal to empty. */
  readonly union: string
  readonly except: string
  /** The value of the first row of a window, also where that is empty; OVER follows. */
  readonly writeFirst: (value: Fragment) => string

  /**
   * Start of the period that holds `value`, by the clock of `value` itself: a date for grains from day up, else a timestamp. Weeks start on
   * day `weekStarts`, 1 is Monday.
   */
  readonly writeStart: (value: Fragment, grain: Grain, weekStarts: number) => Fragment
  /** The instant at which the hour of the wall clock began, from an instant and its local time: the hour that comes twice is two. */
  readonly writeLocalHour: (instant: Fragment, local: Fragment) => Fragment
  /** A date or timestamp `count` periods later, of the same type; the ends of months are clipped. */
  readonly writeMoved: (time: Fragment, count: number, grain: Grain) => Fragment
  /** The same by a number of the row, which is whole. */
  readonly writeMovedBy: (time: Fragment, by: Fragment, unit: MovedUnit) => Fragment
  /** `named`: the engine knows time zones by name. `offsets`: it may not, and is always given the offsets that can occur. */
  readonly zones: 'named' | 'offsets'
  /** The same by the clock of a zone, where wall-clock times are of a type of their own; else it is put together from the others. */
  readonly writeMovedByClock?: (
    instant: Fragment,
    timezone: string,
    count: number | Fragment,
    unit: Grain | MovedUnit,
  ) => Fragment
  /** A timestamp as much later as `to` is than `from`, two timestamps. */
  readonly writeDisplaced: (time: Fragment, from: Fragment, to: Fragment) => Fragment
  /**
   * Wall-clock time in `timezone` of an instant. Never called with UTC. `offsets` are there when the rows are known to lie within a few of
   * them (where the engine converts slowly, adding them is faster), or when `zones` asks for them.
   */
  readonly writeLocalTime: (instant: Fragment, timezone: string, offsets: readonly ZoneOffset[] | undefined) => Fragment
  /** `RANGE BETWEEN` bounds over a time, as `INTERVAL '1 month'`; undefined where frames know no intervals, and a join does it. */
  readonly writeRangeBound: ((count: number, grain: Grain) => string) | undefined
  /** The lines of a SELECT with one row a period. */
  readonly writeSeries: (series: PeriodSeries) => readonly string[]

  /**
   * The lines of a CTE that several others read, such that it is computed once; it may read itself, and is not asked for what a recursive CTE reads.
   * Undefined where the engine sees to that, or where nothing helps.
   */
  readonly writeOnce: ((name: string, lines: readonly string[]) => readonly string[]) | undefined
  /**
   * How many stages at most the engine may go through, each reading of a stage followed by itself: beyond, its memory or patience ends. Undefined
   * where it follows a stage once, however many read it.
   */
  readonly readingsMax: number | undefined
  /**
   * Whether a UNION that is a CTE stands in a SELECT of its own where another CTE reads itself: the engine would give its columns the types of its
   * first part, and round what is behind.
   */
  readonly nestsUnions: boolean
  /** Stands before a CTE that a limit cuts, where the engine would else filter its rows before they are cut. */
  readonly keepCut: string
  /** Lines behind all else: how the engine must run it. */
  readonly closing: readonly string[]
}
