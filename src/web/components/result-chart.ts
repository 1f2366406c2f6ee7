import { countNoun, formatCount, formatNumber } from '../../base/format.ts'
import { pageTheme } from '../../reports/chart-theme.ts'
import { chooseResultChart, type ResultChart } from '../../reports/choose-result-chart.ts'
import { type Html, html } from '../../reports/html.ts'
import { specifyLineChart } from '../../reports/line-chart.ts'
import { readGrid } from '../../reports/result-grid.ts'
import { readLines } from '../../reports/result-lines.ts'
import { renderChart } from './chart.ts'
import { renderHeatmap } from './heatmap.ts'
import type { ResultView } from './result-view.ts'

const barsMax = 15

/** One number, large. */
function renderNumber({ columns, rows }: ResultView, { y }: ResultChart): Html {
  const at = columns.findIndex(({ name }) => name === y[0])
  const value = rows[0]?.[at]
  return html`<p class="figure"><span>${formatNumber(value === null || value === undefined ? undefined : Number(value), { unit: columns[at]?.unit })}</span> ${y[0] ?? ''}</p>`
}

/** A row of bars: readable as text, no wider than the page. */
function renderBars({ columns, rows }: ResultView, { x, y }: ResultChart): Html {
  const indexOf = (name: string | undefined) => columns.findIndex((column) => column.name === name)
  const [label, value] = [indexOf(x), indexOf(y[0])]
  const bars = rows.map((row) => ({ name: String(row[label] ?? '(empty)'), value: Number(row[value] ?? 0) }))
  const largest = Math.max(...bars.map((bar) => Math.abs(bar.value)), 0) || 1
  const left = bars.length - barsMax
  return html`<figure class="chart-frame"><ol class="bars" aria-label="${y[0] ?? ''} by ${x ?? ''}">${bars
    .slice(0, barsMax)
    .map(
      (bar) => html`<li><span class="bar-name">${bar.name}</span>
<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round((Math.abs(bar.value) / largest) * 1000) / 10}" height="10" /></svg>
<span class="bar-value">${formatNumber(bar.value)}</span></li>`,
    )}</ol></figure>
${left > 0 ? html`<p class="note">${countNoun(left, 'more bar')} in the table.</p>` : undefined}`
}

/** The result as a picture where one helps; nothing where the table says it better. */
export function renderResultChart(result: ResultView): Html {
  const chart = chooseResultChart(result, result.chart)
  if (!chart || result.rows.length === 0) return html``
  if (chart.mark === 'number') return renderNumber(result, chart)
  if (chart.mark === 'bar') return renderBars(result, chart)
  if (chart.mark === 'heatmap') {
    const grid = readGrid(result, chart)
    return grid ? renderHeatmap(grid) : html``
  }
  const { lines, left } = readLines(result, chart)
  if (lines.every(({ points }) => points.length < 2)) return html``
  const names = lines.map(({ name }) => name).join(', ')
  const label = `${chart.y.join(', ')} by ${chart.x ?? ''}${chart.series === undefined ? '' : `, a line a ${chart.series}: ${names}`}`
  return html`${renderChart((size) => specifyLineChart(lines, pageTheme, size), label)}
${left > 0 ? html`<p class="note">The six largest lines; ${formatCount(left)} more in the table.</p>` : undefined}`
}
