import type { CycleSummary } from '../../findings/finding.ts'

export interface CyclesView {
  readonly workspace: string
  /** Newest first. */
  readonly cycles: readonly {
    readonly state: 'planned' | 'scanning' | 'judging' | 'done' | 'failed'
    readonly trigger: string
    readonly createdAt: Date
    readonly summary: CycleSummary
  }[]
}
