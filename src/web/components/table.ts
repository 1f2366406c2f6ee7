import { countNoun, formatCount, formatNumber } from '../../base/format.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import { type Html, html } from '../../reports/html.ts'
import type { CellValue } from './result-view.ts'

export interface TableView {
  /** Said to screen readers. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
  /** Rows there are, whether or not all are in `rows`; null when nobody counted. */
  readonly rowCount: number | null
  /** Whether the warehouse gave fewer rows than there are. */
  readonly truncated?: boolean
}

/** More rows than this make a page slow to read; the rest is counted. */
const rowsMax = 200

const empty = html`<span class="empty" title="empty">–</span>`

function renderCell(value: CellValue, { type }: Column): Html {
  if (value === null) return empty
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`
  if (type === 'number') {
    const number = Number(value)
    // Digits that a double cannot hold come as text and stay as they are.
    return html`${typeof value === 'string' && String(number) !== value ? value : formatNumber(number, { exact: true })}`
  }
  if (type === 'timestamp')
    return html`${String(value)
      .replace('T', ' ')
      .replace(/(:\d\d)(\.0+)?(Z|\+00:00)?$/, '$1')}`
  return html`${String(value)}`
}

/** What is not in the table, in words; empty when all rows are. */
function describeRest(shown: number, { rows, rowCount, truncated = false }: TableView): string {
  if (truncated) return `The first ${formatCount(shown)} rows; the warehouse was stopped there, there are more.`
  const total = Math.max(rowCount ?? 0, rows.length)
  return total > shown ? `The first ${formatCount(shown)} of ${formatCount(total)} rows.` : countNoun(total, 'row')
}

/** Rows with their columns' units; numbers to the right, empty values as a dash; scrolls by itself where it is too wide. */
export function renderTable(view: TableView): Html {
  const { caption, columns, rows } = view
  const shown = rows.slice(0, rowsMax)
  const className = ({ type }: Column) => (type === 'number' ? 'number' : type === 'text' ? 'text' : 'short')
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="unseen">${caption}</caption>
<thead><tr>${columns.map(
    (column) =>
      html`<th scope="col" class="${className(column)}">${column.name}${column.unit === undefined ? undefined : html` <span class="unit">${column.unit}</span>`}</th>`,
  )}</tr></thead>
<tbody>${shown.map(
    (row) =>
      html`<tr>${columns.map((column, at) => html`<td class="${className(column)}">${renderCell(row[at] ?? null, column)}</td>`)}</tr>\n`,
  )}</tbody>
</table></div>
<p class="note">${describeRest(shown.length, view)}</p>`
}
