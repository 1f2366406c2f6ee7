import type { Diagnostic } from '../../base/diagnostic.ts'

export interface ErrorView {
  readonly workspace: string
  readonly status: number
  /** Lower case, as failures are written. */
  readonly message: string
  readonly hint?: string | undefined
  readonly diagnostics: readonly Diagnostic[]
}
