import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import type { ResultView } from './result-view.ts'

/** A button that keeps an exploration as a question of every cycle: of measures by period, as nothing else can change. */
export function renderWatchForm({ exploration, columns }: ResultView, title = ''): Html | undefined {
  const isOverTime = columns.some(({ type }) => type === 'date' || type === 'timestamp')
  if (!isOverTime) return undefined
  return html`<form method="post" action="${addresses.watches()}">
<input type="hidden" name="text" value="${exploration}"><input type="hidden" name="title" value="${title}">
<button>Watch this</button>
</form>`
}
