import { formatDay, formatMs } from '../../base/format.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderDiagnostics } from './diagnostics.ts'
import { renderResultChart } from './result-chart.ts'
import type { DataEnd, ResultView } from './result-view.ts'
import { renderSql } from './sql.ts'
import { renderTable } from './table.ts'

/** Steps as numbered sentences with their text; the first of a block says its name, where there are several. */
function renderStepList(steps: ResultView['steps']): Html {
  const isDivided = new Set(steps.map(({ block }) => block)).size > 1
  return html`<ol class="step-list">${steps.map(
    ({ text, sentence, block }, at) =>
      html`<li>${isDivided && steps[at - 1]?.block !== block ? html`<strong>${block ?? 'The result'}</strong> ` : undefined}<span>${sentence}</span><code>${text}</code></li>`,
  )}</ol>`
}

const renderDataEnd = ({ label, until, exploration }: DataEnd): Html =>
  html`<p class="note" role="status">The data of ${label.toLowerCase()} ends on ${formatDay(until)}. <a href="${addresses.explore(exploration)}">Ask as of its end</a></p>`

/** What an exploration gave: chart, rows, how it was made. */
export function renderResult(result: ResultView): Html {
  const { fixes, lints } = result
  return html`
${fixes.length === 0 ? undefined : html`<p class="note">Mended: ${fixes.map((fix, at) => html`${at > 0 ? ', ' : ''}<code>${fix}</code>`)}</p>`}
${result.dataEnd ? renderDataEnd(result.dataEnd) : undefined}
${renderDiagnostics(lints)}
${renderResultChart(result)}
${renderTable({ caption: 'Result', ...result })}
<section aria-labelledby="how"><h2 id="how">How it was made</h2>
${renderStepList(result.steps)}
<p class="note">As of ${formatDay(result.asOf)}, in ${formatMs(result.ms)}.</p>
<details><summary>SQL</summary>${renderSql(result.sql, result.parameters)}</details>
</section>`
}
