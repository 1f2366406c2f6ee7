/** Nodes of the steps that follow what people did over time. Part of `ast.ts`. */
import type { Grain } from '../../base/periods.ts'
import type { Commented, Duration, Expression, Named, Path } from './ast.ts'

/** Rows by the period in which they began, and how many of them did something in each period after. */
export interface RetentionStep extends Commented {
  readonly kind: 'retention'
  /** The period in which a row began, then what else cohorts are told apart by. */
  readonly by: readonly Named[]
  /** What counts as being there: related rows, or a time of theirs. */
  readonly on: Path
  readonly where?: Expression
  /** How long rows are followed. */
  readonly length: Duration
}

export const funnelModes = ['ordered', 'strict', 'any'] as const

/** How many rows get from stage to stage of what they did. */
export interface FunnelStep extends Commented {
  readonly kind: 'funnel'
  readonly on: Path
  readonly where?: Expression
  readonly mode: (typeof funnelModes)[number]
  readonly within?: Duration
  readonly by: readonly Named[]
  /** Each is the name of an event, or a condition on one. */
  readonly stages: readonly Named[]
}

/** How many rows are new, stayed, came back and went, period by period. */
export interface LifecycleStep extends Commented {
  readonly kind: 'lifecycle'
  readonly unit: Grain
  readonly by: readonly Named[]
  readonly on: Path
  readonly where?: Expression
}

/** Stretches of activity, one row each. */
export interface SessionsStep extends Commented {
  readonly kind: 'sessions'
  readonly per: readonly Named[]
  /** The longest time without an event that a session goes on over. */
  readonly gap: Duration
}

export type ProductStep = RetentionStep | FunnelStep | LifecycleStep | SessionsStep
