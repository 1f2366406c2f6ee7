import { countNoun, formatNumber } from '../../base/format.ts'
import { type Html, html } from '../../reports/html.ts'
import type { ResultGrid } from '../../reports/result-grid.ts'

/** Shades there are in the style sheet, `heat-0` to this one. */
const shadesMost = 8

/** A grid of numbers, the larger the darker: a table, so that it can be read out and marked. Scrolls by itself where it is too wide. */
export function renderHeatmap(grid: ResultGrid): Html {
  const { rowName, columnName, valueName, columns, rows, left, isShare } = grid
  const values = rows.flatMap((row) => row.values.filter((value) => value !== null))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const shadeOf = (value: number) => (high > low ? Math.round((shadesMost * (value - low)) / (high - low)) : 0)
  const write = (value: number) => formatNumber(value, isShare ? { format: 'percent' } : {})
  const caption = `${valueName} by ${rowName} and ${columnName}`
  const rest = [
    ...(left.rows > 0 ? [countNoun(left.rows, 'row')] : []),
    ...(left.columns > 0 ? [countNoun(left.columns, 'column')] : []),
  ]
  return html`<figure class="chart-frame"><div class="heatmap" role="region" aria-label="${caption}" tabindex="0"><table>
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">${rowName} <span class="unit">${columnName}</span></th>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${row.name}</th>${row.values.map((value) =>
        value === null ? html`<td></td>` : html`<td class="heat-${shadeOf(value)}">${write(value)}</td>`,
      )}</tr>\n`,
  )}</tbody>
</table></div></figure>
${rest.length > 0 ? html`<p class="note">${rest.join(' and ')} more in the table.</p>` : undefined}`
}
