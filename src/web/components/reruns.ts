import { formatInstant, formatNumber } from '../../base/format.ts'
import type { Rerun } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { describeDrivers } from '../../reports/describe-drivers.ts'
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
    ({ ranAt, holds, before, after, difference, explained }) => html`<li>
<p><span class="chip ${holds ? 'neutral' : 'bad'}">${holds ? 'Still holds: yes' : 'Still holds: no'}</span> <span class="quiet">${formatInstant(ranAt)}</span></p>
<p>${difference}</p>
<p class="quiet">${formatNumber(before.observed, style)} then, ${after ? formatNumber(after.observed, style) : 'not testable'} now; expected ${formatNumber(before.expected, style)} then${after ? html`, ${formatNumber(after.expected, style)} now` : undefined}</p>
${renderNow(explained, style)}
</li>`,
  )}</ul></section>`
}

/** Where the movement lies now. */
function renderNow(explained: Rerun['explained'], style: Pick<Finding, 'unit' | 'format'>): Html | undefined {
  const words = explained ? describeDrivers({ ...explained, ...style }) : ''
  return words === '' ? undefined : html`<p class="quiet">Where it comes from now: ${words}</p>`
}
