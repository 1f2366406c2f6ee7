import type { Diagnostic } from '../../base/diagnostic.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderDiagnostics, renderFailure } from '../components/diagnostics.ts'
import { renderResult } from '../components/result.ts'
import type { ResultView } from '../components/result-view.ts'
import { renderWatchForm } from '../components/watch-form.ts'
import { renderLayout } from '../layout.ts'

export interface ExploreView {
  readonly workspace: string
  readonly text: string
  readonly result?: ResultView | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** The warehouse said no. */
  readonly failure?: { readonly message: string; readonly hint?: string | undefined } | undefined
  /** Explorations to start from: the catalog's. */
  readonly examples: readonly { readonly title: string; readonly text: string }[]
}

const renderExamples = (examples: ExploreView['examples']): Html | undefined =>
  examples.length === 0
    ? undefined
    : html`<section aria-labelledby="examples"><h2 id="examples">To start from</h2>
<ul class="examples">${examples.map(({ title, text }) => html`<li><a href="${addresses.explore(text)}">${title}</a></li>`)}</ul></section>`

/** A text of steps, what is wrong with it, and what it gives. */
export function renderExplorePage({ workspace, text, result, diagnostics, failure, examples }: ExploreView): string {
  const lines = Math.min(20, Math.max(5, text.split('\n').length + 1))
  return renderLayout(
    { workspace, title: 'Explore', section: 'explore', script: '/assets/editor.js' },
    html`<h1>Explore</h1>
<form class="editor" method="get" action="${addresses.explore()}">
<label for="text">Steps, one a line</label>
<textarea id="text" name="text" rows="${lines}" spellcheck="false" autocapitalize="off" autocomplete="off">${text}</textarea>
<button class="primary">Run</button>
</form>
<p class="note"><a href="${addresses.watches()}">What is watched</a></p>
${renderDiagnostics(diagnostics)}
${failure ? renderFailure(failure) : undefined}
${result ? html`${renderResult(result)}${renderWatchForm(result)}` : undefined}
${text === '' || diagnostics.length > 0 ? renderExamples(examples) : undefined}`,
  )
}
