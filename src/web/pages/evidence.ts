import type { Evidence, Rerun } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import type { FeedbackLabel } from '../../reports/addresses.ts'

export interface EvidenceView {
  readonly workspace: string
  readonly finding: Finding
  /** Absent for findings that were not shown: the page then offers to run them. */
  readonly evidence?: Evidence | undefined
  /** Newest first. */
  readonly reruns: readonly Rerun[]
  /** Newest first. */
  readonly feedback: readonly { readonly label: string; readonly by: string; readonly at: string }[]
  /** From a link in a mail: the page asks to confirm it. */
  readonly proposedFeedback?: FeedbackLabel | undefined
  /** Fields worth breaking down by that the finding's slice does not fix: the metric's `slices` in the catalog. */
  readonly breakdowns: readonly { readonly field: string; readonly label: string }[]
  /** The metric's time field, as `created_at`. */
  readonly time: string
}
