import type { CycleSummary } from '../../findings/finding.ts'

export interface CyclesView {
  readonly workspace: string
  /** Newest first. */
  readonly cycles: readonly {
    readonly state: 'planned' | 'scanning' | 'judging' | 'done' | 'failed'
    readonly trigger: string
    /** ISO instant. */
    readonly createdAt: string
    readonly summary: CycleSummary
  }[]
}
