import type { ChartClause } from '../dsl/exploration.ts'
import type { Column } from '../dsl/plan/plan.ts'

type Cell = string | number | boolean | null

export interface ResultTable {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A chart of a result: names of columns. */
export interface ResultChart {
  readonly mark: 'line' | 'bar' | 'number' | 'heatmap'
  readonly x: string | undefined
  readonly y: readonly string[]
  readonly series: string | undefined
}

const isTime = ({ type }: Column) => type === 'date' || type === 'timestamp'
const isName = ({ type }: Column) => type === 'text' || type === 'boolean'

/** `id` and the like are numbers that nobody adds or draws. */
const isMeasure = ({ name, type }: Column) => type === 'number' && !/(^|[._])id$/.test(name)

/**
 * How rows are drawn when nobody said: over time as lines (one a name when there is one name column), by name as bars, a single number as
 * a number. A `chart` step decides where this page can draw it. Undefined where a table says it better.
 */
export function chooseResultChart({ columns, rows }: ResultTable, clause?: ChartClause): ResultChart | undefined {
  const names = new Set(columns.map(({ name }) => name))
  if (
    clause &&
    clause.mark !== 'table' &&
    [clause.x, ...clause.y].every((name) => name === undefined || names.has(name))
  ) {
    if (clause.mark === 'number')
      return { mark: 'number', x: undefined, y: clause.y.length > 0 ? clause.y : [clause.x ?? ''], series: undefined }
    if (clause.mark === 'line' || clause.mark === 'area') return { ...clause, mark: 'line' }
    if (clause.mark === 'bar' || clause.mark === 'funnel') return { ...clause, mark: 'bar' }
    if (clause.mark === 'heatmap' && clause.y.length === 2) return { ...clause, mark: 'heatmap' }
    return undefined
  }
  if (clause) return undefined
  const measures = columns.filter(isMeasure).map(({ name }) => name)
  const times = columns.filter(isTime)
  const labels = columns.filter(isName)
  const [measure] = measures
  if (measure === undefined) return undefined
  if (rows.length === 1 && columns.length <= 2 && times.length === 0)
    return { mark: 'number', x: undefined, y: [measure], series: undefined }
  if (times.length === 1 && labels.length <= 1 && rows.length > 2)
    return { mark: 'line', x: times[0]?.name, y: labels.length === 1 ? [measure] : measures, series: labels[0]?.name }
  if (times.length === 0 && labels.length === 1 && rows.length > 1 && rows.length <= 40)
    return { mark: 'bar', x: labels[0]?.name, y: [measure], series: undefined }
  return undefined
}
