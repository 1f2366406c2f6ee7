import type { Diagnostic } from '../../base/diagnostic.ts'
import type { ResultView } from '../components/result-view.ts'

export interface ExploreView {
  readonly workspace: string
  readonly text: string
  readonly result?: ResultView | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** The warehouse said no. */
  readonly failure?: { readonly message: string; readonly hint?: string | undefined } | undefined
  /** Explorations to start from: the catalog's. */
  readonly examples: readonly { readonly title: string; readonly text: string }[]
}
