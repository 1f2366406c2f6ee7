/** Nodes of explorations of several blocks. Part of `ast.ts`. */
import type { Commented, Step } from './ast.ts'

/** The line `block <name>`. */
export interface BlockHeading extends Commented {
  readonly name: string
}

/** Steps that later blocks read by name: a table on the way, as in a `WITH` of SQL. */
export interface Block extends BlockHeading {
  readonly steps: readonly Step[]
}

/** The rows of an earlier block. */
export interface FromBlock extends Commented {
  readonly kind: 'from_block'
  readonly block: string
}

/** Columns of an earlier block beside those that are there, where the keys are the same. */
export interface JoinStep extends Commented {
  readonly kind: 'join'
  readonly block: string
  /** Columns of both sides; none where the block has one row. */
  readonly on: readonly string[]
  /** Which rows stay: without a word all that are there, whether the block has a row for them or not. */
  readonly keep?: 'all' | 'matching'
  /** Columns to bring; absent: all but the keys. */
  readonly columns?: readonly JoinedColumn[]
}

export interface JoinedColumn {
  readonly column: string
  /** The name that it takes; absent: its own. */
  readonly name?: string
}

/** The rows of an earlier block below those that are there. */
export interface AppendStep extends Commented {
  readonly kind: 'append'
  readonly block: string
}

export type BlockStep = FromBlock | JoinStep | AppendStep
