/** Nodes of steps that make several rows of one. Part of `ast.ts`. */
import type { Grain } from '../../base/periods.ts'
import type { Commented, Expression, Path } from './ast.ts'

/** One row for each period in which an interval was alive. */
export interface RepeatStep extends Commented {
  readonly kind: 'repeat'
  readonly every: Grain
  /** Alive at the first or the last moment of the period; absent: at any. */
  readonly at?: 'start' | 'end'
  readonly from: Expression
  /** Not part of the interval any more; where empty it goes on. */
  readonly to: Expression
  /** Of the column of periods; absent: that of the unit. */
  readonly name?: string
}

/** One row for each related row. */
export interface ExpandStep extends Commented {
  readonly kind: 'expand'
  readonly path: Path
  /** Under which its columns are known; absent: the last part of the path. */
  readonly name?: string
}

export type RepeatingStep = RepeatStep | ExpandStep
