import { type Diagnostic, expectAccepted } from '../../base/diagnostic.ts'
import { type Day, dayAt } from '../../base/periods.ts'
import { compile } from '../../dsl/compile.ts'
import type { Compiled, ParameterValues } from '../../dsl/exploration.ts'
import { lintRows } from '../../dsl/lints/lint-rows.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import type { Tree } from '../../dsl/tree/ast.ts'
import type { Cell, QueryLimits, Rows } from '../../warehouse/warehouse.ts'
import type { EngineContext } from '../context.ts'

/** What compiling and running an exploration needs of the workspace. */
export type QueryContext = Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'now'>

export interface CompileOptions {
  /** The day on which the question is asked; the clock's day in the calendar's zone when absent. A header `as of` wins. */
  readonly asOf?: Day | undefined
  /** Only the steps up to this one; 0 is `from`. */
  readonly upToStep?: number | undefined
  /** Values of the exploration's `param` lines. */
  readonly parameters?: ParameterValues | undefined
  /** What diagnostics call the text: the path of its file. */
  readonly sourceName?: string | undefined
}

export interface RunOptions extends CompileOptions {
  readonly limits?: Partial<QueryLimits> | undefined
  readonly signal?: AbortSignal | undefined
}

/** An exploration with its rows, as `hunch query --format json` prints it. */
export interface QueryResult {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  readonly rowCount: number
  /** Whether rows past the limit were cut. */
  readonly truncated: boolean
  readonly sql: string
  readonly parameters: readonly Cell[]
  readonly asOf: Day
  /** Canonical text, `as of` pinned. */
  readonly exploration: string
  /** What was mended, as `users → account.users`. */
  readonly fixes: readonly string[]
  readonly lints: readonly Diagnostic[]
  /** Time in the warehouse. */
  readonly ms: number
}

export const queryLimits: QueryLimits = { timeoutMs: 60_000, rowsMax: 10_000 }

/** `source` compiled for the workspace's warehouse, or a thrown `Rejection` with what is wrong in it. */
export function compileExploration(
  context: QueryContext,
  source: string | Tree,
  options: CompileOptions = {},
): Compiled {
  const { catalog, calendar, warehouse } = context
  const { asOf = dayAt(context.now(), calendar), upToStep, parameters, sourceName } = options
  const target = { catalog, calendar, asOf, dialect: warehouse.dialect, upToStep, parameters }
  return expectAccepted(compile(source, target, sourceName))
}

/**
 * Compiles `source` and runs it within limits (60 s and 10,000 rows unless others are given). Throws a `Rejection` when the text is wrong,
 * a `Failure` when the warehouse says no.
 */
export async function runExploration(
  context: QueryContext,
  source: string | Tree,
  options: RunOptions = {},
): Promise<QueryResult> {
  const compiled = compileExploration(context, source, options)
  const { signal } = options
  const types = compiled.columns.map(({ type }) => type)
  const limits = { ...queryLimits, ...options.limits, ...(signal && { signal }), types }
  const read = await context.warehouse.query(compiled.sql, compiled.parameters, limits)
  const rows = conform(read, compiled.columns)
  return {
    columns: compiled.columns,
    rows,
    rowCount: read.rows.length,
    truncated: read.truncated,
    sql: compiled.sql,
    parameters: compiled.parameters,
    asOf: compiled.asOf,
    exploration: compiled.text,
    fixes: compiled.fixes,
    lints: [...compiled.lints, ...lintRows(compiled, rows)],
    ms: Math.round(read.ms * 10) / 10,
  }
}

/** A field declared a date may be a timestamp in the warehouse: its cells are cut to the day. Other cells are as they should be. */
function conform({ rows }: Rows, columns: readonly Column[]): Rows['rows'] {
  const dates = columns.flatMap(({ type }, at) => (type === 'date' ? [at] : []))
  const isInstant = (at: number) => {
    const cell = rows.find((row) => row[at] !== null)?.[at]
    return typeof cell === 'string' && cell.length > 10
  }
  const cut = new Set(dates.filter(isInstant))
  if (cut.size === 0) return rows
  return rows.map((row) => row.map((cell, at) => (cut.has(at) && typeof cell === 'string' ? cell.slice(0, 10) : cell)))
}
