/**
 * Expressions after checking: every name is a column that the plan will have, every value has a type. Between the tree
 * (what was written) and the plan (how it is computed).
 */
import type { Grain } from '../../base/periods.ts'
import type { Field } from '../../catalog/catalog.ts'
import type { Reach, Seen } from '../check/open-chain.ts'
import type { Rows } from '../check/rows.ts'
import type { AggregateName, ScalarName } from '../functions/scalar-names.ts'
import type { ColumnType, MovedUnit, Trailing, WindowCall } from '../plan/plan.ts'

/** `unknown` stands where a mistake was already reported; nothing more is said about it. */
export type ValueType = ColumnType | 'unknown'

interface Typed {
  readonly type: ValueType
  readonly unit?: string
}

export interface BoundColumn extends Typed {
  readonly kind: 'column'
  /** Name in the plan's node. */
  readonly name: string
  /** The row it belongs to; undefined for a column that a step made. */
  readonly rows: Rows | undefined
  readonly field: Field | undefined
  /** As of a relation's column, for one that a step made. */
  readonly depth?: number
  /** As of a relation's column: the block of which one row stands beside several. */
  readonly shared?: string
  /** As of a relation's column. */
  readonly isRatio?: true
}

export interface BoundLiteral extends Typed {
  readonly kind: 'literal'
  readonly value: string | number | boolean | null
}

/** One aggregate of the plan over rows of some kind. */
export interface BoundAggregate {
  readonly fn: AggregateName
  readonly args: readonly Bound[]
  readonly where: Bound | undefined
  /** In a group: the keys that its rows share with it; absent: all. */
  readonly per?: readonly BoundPer[]
  /** In a group: the stretch before the end of each period that its rows lie in. */
  readonly over?: Trailing
}

/** A column of the plan that rows must share; one beside the keys has a single value in each group, too. */
export interface BoundPer {
  readonly name: string
  readonly value: Bound
  readonly isBeside?: true
}

/** An aggregate over the rows of a to-many relation, one value for each row it starts from. */
export interface Related {
  /** Rows of the relation, and what each is matched by. */
  readonly inner: Rows
  readonly keys: readonly Bound[]
  /** Where the relation starts: columns of the outer row that pair with `keys`. */
  readonly outer: readonly BoundColumn[]
  /** Whether `outer` tells each outer row from all others. */
  readonly tellsRows: boolean
  /** How the rows are found where several ways may lead to one. */
  readonly reach: Reach | undefined
  /** What conditions on the rows see of the outer row. */
  readonly seen: readonly Seen[]
  readonly where: Bound | undefined
  /** Aggregates of the rows, or what is computed from some. */
  readonly measure: Bound
  readonly name: string
  /** What stands where no row matches; absent: empty. */
  readonly whenNone?: 0
}

/** What tells whether a row stands below others, or above them: its key among what is reached from them. */
export interface Under {
  /** Rows that meet the condition, and what each is known by. */
  readonly start: Rows
  readonly where: Bound | undefined
  readonly startKey: readonly BoundColumn[]
  /** All rows: what each is known by and the one above it, in the order in which they are gone through. */
  readonly edges: Rows
  readonly from: readonly BoundColumn[]
  readonly to: readonly BoundColumn[]
  /** The key of the row that is asked. */
  readonly outer: readonly BoundColumn[]
}

/** What a row gets from the rows around it: the plan's window before it is lowered. */
export interface BoundWindow {
  readonly call:
    | Exclude<WindowCall, { readonly aggregate: unknown } | { readonly of: string }>
    | { readonly fn: 'running'; readonly aggregate: BoundAggregate }
    | { readonly fn: 'moving'; readonly aggregate: BoundAggregate; readonly count: number; readonly unit: Grain }
    | { readonly fn: 'beside'; readonly of: Bound; readonly by: number }
  readonly per: readonly Bound[]
  readonly by: readonly { readonly value: Bound; readonly descending: boolean }[]
  /** Whether rows in which the first of `by` is empty take no part. */
  readonly needsFirst: boolean
}

export type Bound =
  | BoundLiteral
  | BoundColumn
  | (Typed & { readonly kind: 'call'; readonly fn: ScalarName; readonly args: readonly Bound[] })
  | (Typed & { readonly kind: 'bucket'; readonly grain: Grain; readonly arg: Bound })
  /** So many periods later. */
  | (Typed & { readonly kind: 'moved'; readonly arg: Bound; readonly count: number; readonly grain: Grain })
  /** As many seconds, days or months later as the row itself says, a whole number. */
  | (Typed & { readonly kind: 'moved_by'; readonly arg: Bound; readonly by: Bound; readonly grain: MovedUnit })
  /** Over the rows of a group. */
  | (Typed & { readonly kind: 'aggregate'; readonly call: BoundAggregate; readonly name: string })
  | (Typed & { readonly kind: 'related'; readonly related: Related })
  /** The first part of its key where the row is below others (or above them), else empty. */
  | (Typed & { readonly kind: 'under'; readonly under: Under })
  /** The value in the row `by` periods of `grain` earlier (later when negative), or how this row's differs from it. */
  | (Typed & {
      readonly kind: 'previous'
      readonly of: Bound
      readonly by: number
      readonly grain: Grain
      readonly time: string
      readonly per: readonly string[]
      readonly compare: 'change' | 'pct_change' | undefined
      readonly name: string
    })
  | (Typed & {
      readonly kind: 'total'
      readonly call: BoundAggregate
      readonly per: readonly Bound[]
      readonly name: string
    })
  | (Typed & { readonly kind: 'window'; readonly window: BoundWindow; readonly name: string })

/** What a value of one row is worked out from, one level down. */
export function listArgs(bound: Bound): readonly Bound[] {
  if (bound.kind === 'call') return bound.args
  if (bound.kind === 'moved_by') return [bound.arg, bound.by]
  return bound.kind === 'bucket' || bound.kind === 'moved' ? [bound.arg] : []
}

/** Whether an aggregate in it is over a stretch before each period. */
export const looksBack = (bound: Bound): boolean =>
  (bound.kind === 'aggregate' && bound.call.over !== undefined) || listArgs(bound).some(looksBack)

/** `bound` with each of its aggregates replaced. */
export function mapAggregates(bound: Bound, map: (one: Extract<Bound, { kind: 'aggregate' }>) => Bound): Bound {
  const inside = (one: Bound) => mapAggregates(one, map)
  if (bound.kind === 'aggregate') return map(bound)
  if (bound.kind === 'call') return { ...bound, args: bound.args.map(inside) }
  if (bound.kind === 'moved_by') return { ...bound, arg: inside(bound.arg), by: inside(bound.by) }
  return bound.kind === 'bucket' || bound.kind === 'moved' ? { ...bound, arg: inside(bound.arg) } : bound
}

/** Stands where a mistake was reported. */
export const unknown: Bound = { kind: 'literal', type: 'unknown', value: null }

export const literal = (type: ColumnType, value: string | number | boolean | null): BoundLiteral => ({
  kind: 'literal',
  type,
  value,
})

export const call = (fn: ScalarName, type: ValueType, ...args: readonly Bound[]): Bound => ({
  kind: 'call',
  fn,
  type,
  args,
})

/** All conditions together; undefined when there is none. */
export function conjoin(conditions: readonly (Bound | undefined)[]): Bound | undefined {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length > 1 ? call('and', 'boolean', ...given) : given[0]
}
