/** Nodes of steps that give rows another shape. Part of `ast.ts`. */
import type { Commented, Expression, Named, Path, Range } from './ast.ts'

/** Rows that show the same are one row. */
export interface UniqueStep extends Commented {
  readonly kind: 'unique'
}

/** Some rows, chosen by a hash of their key. */
export interface SampleStep extends Commented {
  readonly kind: 'sample'
  readonly count: number
}

/** One column for each value of `key`, and one row for each combination of other keys. */
export interface PivotStep extends Commented {
  readonly kind: 'pivot'
  readonly key: Path
  /** Written values; absent: those that the catalog knows. */
  readonly values?: readonly Expression[]
  /** Name of a column for all other rows. */
  readonly rest?: string
  /** Keys of the rows; absent: what identifies rows now, but for `key`. */
  readonly by?: readonly Named[]
  readonly measures: readonly Named[]
}

/** One row for each of the columns, with its name and its value. */
export interface UnpivotStep extends Commented {
  readonly kind: 'unpivot'
  readonly columns: readonly string[]
  readonly name: string
  readonly value: string
}

/** Rows of totals beside the groups, worked out from the same rows. */
export interface TotalsStep extends Commented {
  readonly kind: 'totals'
  /** What stands in the first text key of such a row; absent: nothing. */
  readonly label?: string
  /** Keys that stay apart. */
  readonly per: readonly string[]
}

/** Aggregates over two sets of rows side by side, with what changed from the second to the first. */
export interface CompareStep extends Commented {
  readonly kind: 'compare'
  readonly sides: ComparedSides
  readonly by: readonly Named[]
  readonly measures: readonly Named[]
}

export type ComparedSides =
  /** Without `of` it is the time of the metrics that are compared. */
  | { readonly kind: 'ranges'; readonly of?: Path; readonly first: Range; readonly second: Range }
  | { readonly kind: 'values'; readonly of: Path; readonly first: Expression; readonly second: Expression }

export type ReshapeStep = UniqueStep | SampleStep | PivotStep | UnpivotStep | TotalsStep | CompareStep
