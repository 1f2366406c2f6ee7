import type { Finding } from '../../findings/finding.ts'
import type { CycleLine } from '../components/cycle-line.ts'

export interface CycleView {
  readonly workspace: string
  readonly cycle: CycleLine & {
    readonly state: 'planned' | 'scanning' | 'judging' | 'done' | 'failed'
    readonly trigger: string
    readonly seed: number
    /** ISO instant. */
    readonly createdAt: string
    readonly finishedAt?: string | null | undefined
    readonly error?: string | null | undefined
  }
  readonly findings: readonly Finding[]
  /** Why hypotheses could not be tested, most frequent first. */
  readonly untestable: readonly { readonly reason: string; readonly count: number }[]
  /** Scans by how they ended; absent when unknown. */
  readonly scans?: { readonly total: number; readonly open: number; readonly failed: number } | undefined
}
