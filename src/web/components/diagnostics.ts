import { locate, renderCodeFrame } from '../../base/code-frame.ts'
import type { Diagnostic } from '../../base/diagnostic.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderWords } from './words.ts'

function renderOne({ severity, code, message, hint, source, span, candidates }: Diagnostic): Html {
  const at = source && span ? locate(source.text, span.start) : undefined
  return html`<li class="diagnostic ${severity}">
<p><strong>${renderWords(message)}</strong> <span class="code">${code}${at ? html`, line ${at.line}` : undefined}</span></p>
${source && span ? html`<pre>${renderCodeFrame(source, span)}</pre>` : undefined}
${hint === undefined ? undefined : html`<p>${renderWords(hint)}</p>`}
${
  candidates.length === 0
    ? undefined
    : html`<p>Did you mean ${candidates.map((name, index) => html`${index > 0 ? ' or ' : ''}<code>${name}</code>`)}?</p>`
}
</li>`
}

/** What is wrong with a text, each with its place; nothing when all is well. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[]): Html =>
  diagnostics.length === 0
    ? html``
    : html`<div role="alert"><ul class="diagnostics">${diagnostics.map(renderOne)}</ul></div>`

/** The world said no. */
export const renderFailure = ({
  message,
  hint,
}: {
  readonly message: string
  readonly hint?: string | undefined
}): Html =>
  html`<div class="failure" role="alert"><p><strong>${renderWords(message)}</strong></p>${hint === undefined ? undefined : html`<p>${renderWords(hint)}</p>`}</div>`
