import type { Day } from '../../base/periods.ts'
import type { CycleSummary } from '../../findings/finding.ts'

/** What a line of honesty needs of a cycle. */
export interface CycleLine {
  readonly summary: CycleSummary
  /** Findings shown of those that held up. */
  readonly shown: number
  /** Model → last complete day. */
  readonly dataUntil: Readonly<Record<string, Day>>
  /** What was not tested, and why. */
  readonly withheld: readonly { readonly what: string; readonly why: string }[]
}
