import { formatInstant, formatNumber } from '../../base/format.ts'
import type { Rerun } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { type Html, html } from '../../reports/html.ts'

/** What running the finding again gave, newest first. */
export function renderReruns(
  reruns: readonly Rerun[],
  { unit, format }: Pick<Finding, 'unit' | 'format'>,
): Html | undefined {
  if (reruns.length === 0) return undefined
  const style = { unit, format }
  return html`<section aria-labelledby="reruns"><h2 id="reruns">When it was run again</h2>
<ul class="reruns">${reruns.map(
    ({ ranAt, holds, before, after, difference }) => html`<li>
<p><span class="chip ${holds ? 'neutral' : 'bad'}">${holds ? 'Still holds: yes' : 'Still holds: no'}</span> <span class="quiet">${formatInstant(ranAt)}</span></p>
<p>${difference}</p>
<p class="quiet">${formatNumber(before.observed, style)} then, ${after ? formatNumber(after.observed, style) : 'not testable'} now; expected ${formatNumber(before.expected, style)} then${after ? html`, ${formatNumber(after.expected, style)} now` : undefined}</p>
</li>`,
  )}</ul></section>`
}
