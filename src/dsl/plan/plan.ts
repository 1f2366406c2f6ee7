/**
 * The relational plan: what an exploration means, without any SQL. Plain, serialisable data between `lower` (typed tree →
 * plan) and `emit` (plan × dialect → SQL), and the input of the in-memory interpreter that serves as oracle in tests.
 *
 * Names of columns are unique within a node's output and appear in the SQL as they are (quoted): `plan`, or the path
 * `account.plan` for a column fetched through a to-one relation.
 */
import type { Calendar, Grain } from '../../base/periods.ts'
import type { Column, Expression, Literal } from './plan-expression.ts'
import type { Measure, SortKey, WindowCall } from './plan-measures.ts'

export type { AggregateCall, Column, ColumnType, Expression, Literal, MovedUnit } from './plan-expression.ts'
export type { Measure, SortKey, Trailing, WindowCall } from './plan-measures.ts'

interface NodeBase {
  /** Index of the step (0 is `from`) this node comes from: the comment in the SQL, and where `--step` cuts. */
  readonly step: number
}

export interface Scan extends NodeBase {
  readonly op: 'scan'
  /** Model name, for comments and table aliases. */
  readonly model: string
  readonly source: { readonly table: string } | { readonly sql: string }
  readonly columns: readonly (Column & { readonly column: string })[]
  /** Names among `columns` that identify a row, when all of the model's key is there: then ties need no further columns. */
  readonly key?: readonly string[]
}

/** Rows that are written out, each with a value for every column: the stages of a funnel, the periods that a cohort is followed for. */
export interface Values extends NodeBase {
  readonly op: 'values'
  /** What its rows are, for the name of its CTE. */
  readonly title: string
  readonly columns: readonly Column[]
  /** At least one. */
  readonly rows: readonly (readonly Literal[])[]
}

/**
 * Columns of at most one matching row of `to`, for each row of `input` (left join). `to` is unique on the right side of `on`:
 * a model by its key, or an aggregate by its keys, so that no row is ever multiplied.
 */
export interface Lookup extends NodeBase {
  readonly op: 'lookup'
  readonly input: Node
  readonly to: Node
  readonly on: readonly { readonly left: string; readonly right: string }[]
  /** Whether an empty key matches an empty key, as where two groups are held side by side. */
  readonly matchesEmpty?: true
  /** `from` is a column of `to`; `orElse` stands where no row matches (a count is then 0, anything else empty). */
  readonly columns: readonly (Column & { readonly from: string; readonly orElse?: Literal })[]
}

/**
 * One row for each pair of a row of `input` and a row of `to` that match (inner join): the one node that makes several rows of one by what
 * is joined. A row that nothing matches is gone; an empty value matches nothing unless it is said to match another; without `on` every pair
 * matches. No order lasts.
 */
export interface Expand extends NodeBase {
  readonly op: 'expand'
  readonly input: Node
  readonly to: Node
  readonly on: readonly { readonly left: string; readonly right: string }[]
  readonly matchesEmpty?: true
  /** Columns of `to` (`from`) that stand beside those of `input`, under names that it does not have. */
  readonly columns: readonly (Column & { readonly from: string })[]
}

/**
 * One row for each period in which the interval of a row was alive. It goes from `from` up to but without `to`; an empty `to` is no end, an
 * empty `from` no interval, and one that ends where or before it begins is alive nowhere. No order lasts.
 */
export interface Repeat extends NodeBase {
  readonly op: 'repeat'
  readonly input: Node
  readonly from: Expression
  readonly to: Expression
  readonly argType: 'date' | 'timestamp'
  readonly grain: Grain
  /** Alive at any moment of the period, at its first, or at its last. */
  readonly mode: 'any' | 'start' | 'end'
  /** The new column: the first day of the period, or its first instant below a day. */
  readonly period: Column
  /** Begin of the first and of the last period that may come: days, or instants below a day. */
  readonly since: string
  readonly until: string
}

/**
 * What is reached from the rows of `start` over one or more edges, each once: along an edge, from there along another, and so on, at most
 * `depthMax` of them, so that what goes in circles ends. An edge with an empty side leads nowhere.
 */
export interface Descend extends NodeBase {
  readonly op: 'descend'
  readonly start: Node
  readonly edges: Node
  /** What a row is known by: its names in `start`, and in `edges` for where one begins and ends. */
  readonly columns: readonly (Column & { readonly start: string; readonly from: string; readonly to: string })[]
  readonly depthMax: number
}

/** Keeps the rows for which `where` is true; empty is not true. */
export interface Filter extends NodeBase {
  readonly op: 'filter'
  readonly input: Node
  readonly where: Expression
}

/**
 * Keeps the rows for which a row of `to` matches, or none does: equal in `on` (an empty value matches nothing) and with `where` true, which
 * reads the columns of `to` and, under names of their own, some of the row. `count` is the column of `input` that says how many do. Only
 * where an engine answers this sooner than it counts.
 */
export interface Match extends NodeBase {
  readonly op: 'match'
  readonly input: Node
  readonly to: Node
  readonly on: readonly { readonly left: string; readonly right: string }[]
  readonly seen: readonly { readonly name: string; readonly from: string }[]
  readonly where?: Expression
  readonly keeps: 'any' | 'none'
  readonly count: string
}

/** New columns; each `value` reads the columns of `input`, not its neighbours here. */
export interface Extend extends NodeBase {
  readonly op: 'extend'
  readonly input: Node
  readonly columns: readonly (Column & { readonly value: Expression })[]
}

/**
 * One row per combination of `keys`; exactly one row when there are none. Empty is a group of its own. Where a measure looks back, there
 * is a row for each period from the first to the last that occurs, and each combination of the other keys.
 */
export interface Aggregate extends NodeBase {
  readonly op: 'aggregate'
  readonly input: Node
  readonly keys: readonly (Column & { readonly value: Expression })[]
  readonly measures: readonly Measure[]
}

/**
 * The value of `of` in the row whose `time` is `by` units earlier (later when negative) and whose `per` are the same; empty where there
 * is none, or no time. `input` has one row per time and `per`.
 */
export interface Shift extends NodeBase {
  readonly op: 'shift'
  readonly input: Node
  readonly time: string
  readonly per: readonly string[]
  readonly columns: readonly (Column & { readonly of: string; readonly by: number; readonly unit: Grain })[]
}

/**
 * Values from the rows that share `per`, in the order `by`; but for `rank` and `dense_rank`, ties are broken by the remaining columns in
 * order, as in `Sort`. Rows in which `needs` is empty take no part, and get an empty value.
 */
export interface Window extends NodeBase {
  readonly op: 'window'
  readonly input: Node
  readonly per: readonly string[]
  readonly by: readonly SortKey[]
  readonly needs?: string
  readonly columns: readonly (Column & { readonly call: WindowCall })[]
}

/**
 * Empty values come last, in both directions. Ties are broken by the remaining columns in order, so that rows are reproducible. The
 * order lasts through filters, look-ups, new columns and projections, for a `Limit` to cut by; what is shown in the end is `Plan.order`.
 */
export interface Sort extends NodeBase {
  readonly op: 'sort'
  readonly input: Node
  readonly by: readonly SortKey[]
}

/** The first `count` rows in the order of the last `Sort`, or by all columns when there is none. */
export interface Limit extends NodeBase {
  readonly op: 'limit'
  readonly input: Node
  readonly count: number
}

/** The first `count` rows by `by` (ties as in `Sort`), in each group of `per`; `withTies` keeps rows equal to the last one. */
export interface Top extends NodeBase {
  readonly op: 'top'
  readonly input: Node
  readonly count: number
  readonly by: readonly SortKey[]
  readonly per: readonly string[]
  readonly withTies: boolean
}

export interface Project extends NodeBase {
  readonly op: 'project'
  readonly input: Node
  readonly columns: readonly (Column & { readonly from: string })[]
}

/**
 * Adds the rows that are missing for a period between the bounds and a combination of `per` that occurs. Rows that are there stay, also
 * those without a time or outside of the bounds. `input` has one row per time and `per`.
 */
export interface Fill extends NodeBase {
  readonly op: 'fill'
  readonly input: Node
  readonly time: string
  readonly grain: Grain
  readonly per: readonly string[]
  /** First and last period, both included; absent: the first and last that occur. */
  readonly from?: string
  readonly to?: string
  /** What added rows hold; `previous` is the value of the row before in time, which is empty before the first. Columns left out are empty. */
  readonly columns: readonly (Column & { readonly with: Literal | 'previous' })[]
}

/**
 * Rows of several inputs side by side, matched on `keys` (full join; an input without a row gives empty values). Each input is unique on
 * them. Its columns are the keys, then each input's other columns in order.
 */
export interface Zip extends NodeBase {
  readonly op: 'zip'
  readonly inputs: readonly Node[]
  readonly keys: readonly Column[]
}

/** Rows of a named block (`Plan.blocks`), which is worked out once however often it is read. They have no order. */
export interface BlockRead extends NodeBase {
  readonly op: 'block'
  readonly name: string
  /** All that the block gives. */
  readonly columns: readonly Column[]
  /** Names among `columns` whose values no two rows share; empty for one row; absent where none are known. */
  readonly key?: readonly string[]
}

/**
 * Rows of all inputs, one input below the other; equal rows stay. Each gives `columns`, by name.
 */
export interface Union extends NodeBase {
  readonly op: 'union'
  readonly inputs: readonly Node[]
  readonly columns: readonly Column[]
}

export type Node =
  | Scan
  | Values
  | Lookup
  | Expand
  | Repeat
  | Descend
  | Filter
  | Match
  | Extend
  | Aggregate
  | Shift
  | Window
  | Sort
  | Limit
  | Top
  | Project
  | Fill
  | Zip
  | BlockRead
  | Union

/** `steps` are canonical texts, for comments. */
export interface Plan {
  readonly dsl: number
  readonly root: Node
  /** What `block` nodes read by name, each before those that read it. */
  readonly blocks?: readonly { readonly name: string; readonly node: Node }[]
  /** What the rows hold, in order, without hidden columns of `root`. */
  readonly columns: readonly Column[]
  /**
   * Final order. Ties are broken by the remaining columns in order. Where a `Limit` (or `Top` without `per` and ties) cut the rows by this
   * order or one that refines it, and they were not regrouped or sorted since, the order of the cut stays. */
  readonly order: readonly SortKey[]
  readonly calendar: Calendar
  readonly steps: readonly string[]
}
