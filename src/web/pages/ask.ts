import type { ResultView } from '../components/result-view.ts'

export interface ExistingReport {
  readonly title: string
  readonly score: number
  readonly url: string
}

export type AnswerView =
  | {
      readonly kind: 'answered'
      readonly sentence: string
      readonly result: ResultView
      readonly existing: readonly ExistingReport[]
      /** `planner`, `model`, … */
      readonly route: string
      /** 0..1. */
      readonly confidence: number
      readonly repairs: number
      /** Phase → milliseconds. */
      readonly timings: Readonly<Record<string, number>>
    }
  | { readonly kind: 'cannot_answer'; readonly reason: string; readonly existing: readonly ExistingReport[] }
  | { readonly kind: 'waiting'; readonly id: string; readonly progress?: string | undefined }
  | { readonly kind: 'failed'; readonly message: string; readonly hint?: string | undefined }

export interface AskView {
  readonly workspace: string
  readonly question: string
  readonly answer?: AnswerView | undefined
  /** Questions to click. */
  readonly examples: readonly string[]
}
