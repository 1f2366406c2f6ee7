import { countNoun, formatMs } from '../../base/format.ts'
import type { Evidence, StepEvidence } from '../../findings/evidence.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderSql } from './sql.ts'
import { renderTable } from './table.ts'

const describeRows = ({ rowCount, rows }: StepEvidence): string =>
  rowCount === null ? `${countNoun(rows.length, 'row')} kept` : countNoun(rowCount, 'row')

const renderStep = (step: StepEvidence, at: number): Html => html`<li><details class="step">
<summary><span class="step-words"><span class="step-number">${at + 1}</span> <span>${step.sentence}</span></span> <span class="quiet">${describeRows(step)}</span></summary>
<pre class="step-text"><code>${step.text}</code></pre>
${renderTable({ caption: `Rows after step ${at + 1}`, columns: step.columns, rows: step.rows, rowCount: step.rowCount })}
<details><summary>SQL <span class="quiet">${formatMs(step.ms)}</span></summary>${renderSql(step.sql, step.parameters)}</details>
</details></li>`

/** The steps in words; each opens to its rows and SQL. */
export const renderEvidenceSteps = ({ steps, gatheredAt }: Evidence): Html =>
  html`<section id="steps" aria-labelledby="steps-title"><h2 id="steps-title">The steps</h2>
<ol class="steps">${steps.map(renderStep)}</ol>
<p class="note">Rows as they were on ${gatheredAt.slice(0, 16).replace('T', ' ')} UTC.</p></section>`
