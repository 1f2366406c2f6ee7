import type { Diagnostic } from '../../base/diagnostic.ts'
import { addresses } from '../../reports/addresses.ts'
import { html } from '../../reports/html.ts'
import { renderDiagnostics } from '../components/diagnostics.ts'
import { renderWords } from '../components/words.ts'
import { renderLayout } from '../layout.ts'

export interface ErrorView {
  readonly workspace: string
  readonly status: number
  /** Lower case, as failures are written. */
  readonly message: string
  readonly hint?: string | undefined
  readonly diagnostics: readonly Diagnostic[]
}

const titles: Readonly<Record<number, string>> = {
  400: 'This cannot be read',
  401: 'Please sign in',
  403: 'This is not yours to see',
  404: 'There is no such page',
  409: 'Not now',
  429: 'Too many requests',
  503: 'Not reachable right now',
}

/** Something is wrong: what, and what to do about it. */
export function renderErrorPage({ workspace, status, message, hint, diagnostics }: ErrorView): string {
  const title = titles[status] ?? (status >= 500 ? 'Something went wrong here' : 'This cannot be done')
  return renderLayout(
    { workspace, title },
    html`<div class="blank"><p class="kicker">${status}</p><h1>${title}</h1>
<p>${renderWords(message)}</p>
${hint === undefined ? undefined : html`<p>${renderWords(hint)}</p>`}
${renderDiagnostics(diagnostics)}
<p><a href="${addresses.inbox()}">To the inbox</a></p></div>`,
  )
}
