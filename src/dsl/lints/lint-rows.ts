import { createDiagnostic, type Diagnostic } from '../../base/diagnostic.ts'
import type { Compiled } from '../exploration.ts'

/** Beyond so many lines nobody tells one from another. */
const seriesMax = 50

/** What only the rows show: a chart with more series than can be told apart. */
export function lintRows(
  { chart, columns, text, tree }: Pick<Compiled, 'chart' | 'columns' | 'text' | 'tree'>,
  rows: readonly (readonly unknown[])[],
): readonly Diagnostic[] {
  const at = columns.findIndex(({ name }) => name === chart?.series)
  if (at < 0) return []
  const series = new Set(rows.map((row) => row[at])).size
  if (series <= seriesMax) return []
  const start = text.lastIndexOf('\nchart ') + 1
  return [
    createDiagnostic({
      code: 'series-many',
      severity: 'warning',
      message: `the chart has ${series} series, and more than ${seriesMax} cannot be told apart`,
      hint: `Keep the largest, as in \`top 10 by … rest as "Other"\`, or draw by fewer values than \`${chart?.series}\` has.`,
      source: { name: tree.header.title ?? 'exploration', text },
      span: { start, end: text.trimEnd().length },
    }),
  ]
}
