import type { Diagnostic } from '../base/diagnostic.ts'
import type { Calendar } from '../base/periods.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { DialectName } from './dialects/dialect.ts'
import type { Column } from './plan/plan.ts'
import type { Tree } from './tree/ast.ts'

/** Values as they were given, by name; each is read as its parameter's type. */
export type ParameterValues = Readonly<Record<string, string | number | boolean>>

/** What a compilation needs to know besides the text. No clock: `asOf` is given. */
export interface CompileContext {
  readonly catalog: Catalog
  readonly calendar: Calendar
  /** The day on which the question is asked, `YYYY-MM-DD`; a header `as of` in the text wins. `last 7 days` are the seven before it. */
  readonly asOf: string
  readonly dialect: DialectName
  /** Compile only the steps up to this one (0 is the first `from`; they are counted through all blocks), for `--step` and the evidence page. */
  readonly upToStep?: number
  /** Values of the text's `param` lines; those that are not given are as written. */
  readonly parameters?: ParameterValues | undefined
  /** Attributes of who asks: `viewer.tenant_id` in a policy. */
  readonly viewer?: Readonly<Record<string, string | number | boolean>>
}

/** A step for a reader: its canonical text and a sentence that says it in plain words. */
export interface StepView {
  readonly text: string
  readonly sentence: string
  /** The block it stands in, where that has a name. */
  readonly block?: string
}

/** The `test` step of a hypothesis. */
export interface TestClause {
  readonly detector: string
  readonly measure: string
  readonly time: string
  readonly by: readonly string[]
  readonly options: Readonly<Record<string, string | number | boolean>>
}

export interface ChartClause {
  readonly mark: 'line' | 'area' | 'bar' | 'number' | 'table' | 'heatmap' | 'funnel' | 'scatter'
  readonly x: string | undefined
  readonly y: readonly string[]
  readonly series: string | undefined
}

export interface Compiled {
  /** Canonical text, `as of` pinned. */
  readonly text: string
  /** The canonical tree, serialisable. */
  readonly tree: Tree
  /** Hash of the canonical tree without header lines: the identity of the question. */
  readonly key: string
  readonly sql: string
  readonly parameters: readonly (string | number | boolean | null)[]
  readonly columns: readonly Column[]
  readonly steps: readonly StepView[]
  readonly asOf: string
  readonly test: TestClause | undefined
  readonly chart: ChartClause | undefined
  /** What was mended, as `users → account.users`. */
  readonly fixes: readonly string[]
  readonly lints: readonly Diagnostic[]
}
