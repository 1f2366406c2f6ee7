import type { Evidence } from '../../findings/evidence.ts'
import type { Finding, FindingState } from '../../findings/finding.ts'
import type { CycleLine } from '../components/cycle-line.ts'

export interface InboxView {
  readonly workspace: string
  readonly items: readonly {
    readonly finding: Finding
    /** Draws the small chart; absent when there is no evidence. */
    readonly series?: Evidence['series'] | undefined
  }[]
  /** The filter as it is. */
  readonly filter: { readonly state?: FindingState | undefined; readonly metric?: string | undefined }
  /** Metrics that the filter offers. */
  readonly metrics: readonly { readonly name: string; readonly label: string }[]
  /** The last finished cycle; absent before the first. */
  readonly cycle?: CycleLine | undefined
  readonly nextCursor?: string | undefined
}
