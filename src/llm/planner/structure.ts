import type { Grain } from '../../base/periods.ts'
import type { AggregateName, Comparison } from './cues.ts'
import type { TimeRange } from './read-time.ts'
import type { Mention } from './tag.ts'

/** What is compared with what: `mrr > 1000`, `more than 10 users`, `plan is enterprise`. */
export interface Compared {
  readonly operand: Mention
  /** Values that narrow the operand: `more than 3 open tickets`. */
  readonly values: readonly Mention[]
  readonly comparison: Comparison
  readonly to: number | string | Mention
}

/** Order and cut: `top 5 accounts by revenue`, `the most users`, `newest invoices`. */
export interface Rank {
  readonly descending: boolean
  readonly count: number | undefined
  readonly by: 'measure' | 'time'
  /** What is ranked, where the words say it at once. */
  readonly noun: Mention | undefined
  readonly measure: Mention | undefined
}

/** The roles that the pieces of a question play, before any is looked up in the catalog. */
export interface Structure {
  readonly grain: Grain | undefined
  readonly trend: boolean
  readonly range: TimeRange | undefined
  readonly by: readonly Mention[]
  /** `which month …`: a bucket that is asked for by name. */
  readonly unit: Grain | undefined
  readonly rank: Rank | undefined
  /** Runs of mentions behind `without` (and `with`, for existence): values, then what they belong to. */
  readonly without: readonly (readonly Mention[])[]
  readonly having: readonly (readonly Mention[])[]
  readonly compared: readonly Compared[]
  readonly fn: AggregateName | undefined
  readonly counts: boolean
  readonly distinct: boolean
  readonly amount: boolean
  readonly growth: boolean
  readonly share: boolean
  readonly list: boolean
  readonly which: Mention | undefined
  /** All other mentions, in order. */
  readonly subjects: readonly Mention[]
  /** Words that nothing explains. */
  readonly unknown: readonly string[]
}
