import type { Grain } from '../../base/periods.ts'
import type { Metric } from '../../catalog/catalog.ts'

/** What is measured. Fields and paths are as the exploration writes them. */
export type Measure =
  | { readonly kind: 'count' }
  | { readonly kind: 'distinct'; readonly path: string; readonly name: string }
  | { readonly kind: 'aggregate'; readonly fn: string; readonly path: string; readonly name: string }
  | { readonly kind: 'metric'; readonly metric: Metric }
  /** An aggregate over each row's related rows, and then over the rows: `avg` of `n_users`, which is `count(users)`. */
  | { readonly kind: 'per_row'; readonly fn: string; readonly inner: string; readonly name: string }

export type Key =
  | { readonly kind: 'time'; readonly grain: Grain }
  | { readonly kind: 'path'; readonly path: string; readonly name: string }

/** What a question asks for, ready to be written down. */
export interface Intent {
  readonly base: string
  /** Absent: the rows themselves. */
  readonly measure: Measure | undefined
  readonly conditions: readonly string[]
  /** Field of `base` that time keys are buckets of. */
  readonly time: string | undefined
  readonly keys: readonly Key[]
  readonly rank: { readonly descending: boolean; readonly count: number; readonly by: string | undefined } | undefined
  readonly show: readonly string[]
  readonly growth: boolean
  readonly share: boolean
  /** How many guesses it took, weighted; 0 is none. */
  readonly doubt: number
}

/** Why the planner steps aside. */
export interface Aside {
  readonly kind: 'aside'
  /** Words that nothing explains. */
  readonly unknown: readonly string[]
  /** Lower case, one line. */
  readonly reason: string
  /** Whether the question names anything in the catalog. */
  readonly related: boolean
}

/** Thrown inside the planner only, where a reading turns out impossible; `planQuestion` gives it back as `Aside`. */
export class ReadingFailed extends Error {}

export function giveUp(reason: string): never {
  throw new ReadingFailed(reason)
}
