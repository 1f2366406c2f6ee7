import type { Diagnostic } from '../../base/diagnostic.ts'
import type { Day } from '../../base/periods.ts'
import type { ChartClause, StepView } from '../../dsl/exploration.ts'
import type { Column } from '../../dsl/plan/plan.ts'

export type CellValue = string | number | boolean | null

/** That the data ends days before the one that is asked of. */
export interface DataEnd {
  /** Of the model. */
  readonly label: string
  /** Last full day with data. */
  readonly until: Day
  /** The same question, asked when the data ends. */
  readonly exploration: string
}

/** What a run of an exploration gave, as the `query` contract names it. */
export interface ResultView {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
  readonly rowCount: number
  readonly truncated: boolean
  readonly sql: string
  readonly parameters: readonly CellValue[]
  readonly asOf: string
  /** Canonical text. */
  readonly exploration: string
  readonly steps: readonly StepView[]
  /** Absent: a chart is chosen from the columns. */
  readonly chart?: ChartClause | undefined
  /** What was mended, as `users → account.users`. */
  readonly fixes: readonly string[]
  readonly lints: readonly Diagnostic[]
  readonly ms: number
  readonly dataEnd?: DataEnd | undefined
}
