import { type Html, html } from '../../reports/html.ts'
import type { CellValue } from './result-view.ts'

const writeParameter = (value: CellValue): string => (typeof value === 'string' ? `'${value}'` : String(value))

/** SQL as it ran, with the values of its parameters below. */
export const renderSql = (sql: string, parameters: readonly CellValue[]): Html =>
  html`<pre class="sql" tabindex="0"><code>${sql}</code></pre>
${
  parameters.length === 0
    ? undefined
    : html`<p class="parameters">${parameters.map((value, at) => html`<span><code>$${at + 1}</code> = <code>${writeParameter(value)}</code></span> `)}</p>`
}`
