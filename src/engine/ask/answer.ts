import type { Diagnostic } from '../../base/diagnostic.ts'
import type { ChartClause, StepView } from '../../dsl/exploration.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import type { ModelUsage } from '../../llm/write-with-model.ts'
import type { Cell } from '../../warehouse/warehouse.ts'

/** A report that exists already and nearly answers the question. */
export interface ExistingReport {
  readonly title: string
  /** 0..1. */
  readonly score: number
  readonly url: string
}

/** Who wrote the exploration. */
export type Route = 'planner' | 'model'

/** An answered question, as `hunch ask --format json`, `GET /v1/questions/:id` and the queue give it. */
export interface Answered {
  readonly question: string
  /** Canonical text, `as of` pinned: running it again gives the same rows on the same data. */
  readonly exploration: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly rowCount: number
  readonly truncated: boolean
  /** Made from the rows by code. */
  readonly sentence: string
  readonly steps: readonly StepView[]
  readonly chart?: ChartClause
  readonly sql: string
  readonly parameters: readonly Cell[]
  readonly asOf: string
  readonly existing: readonly ExistingReport[]
  readonly route: Route
  /** 0..1. */
  readonly confidence: number
  /** What the compiler mended, as `users → account.users`. */
  readonly fixes: readonly string[]
  readonly lints: readonly Diagnostic[]
  /** Rounds in which a model was shown its mistakes. */
  readonly repairs: number
  /** Phase → milliseconds. */
  readonly timings: Readonly<Record<string, number>>
  readonly usage: ModelUsage
}

export interface Unanswered {
  readonly question: string
  /** Why, in words: lower case, one line. */
  readonly cannotAnswer: string
  readonly existing: readonly ExistingReport[]
}

export type Answer = Answered | Unanswered

export const isAnswered = (answer: Answer): answer is Answered => 'exploration' in answer
