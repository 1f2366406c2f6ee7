import { formatInstant } from '../../base/format.ts'
import type { Finding } from '../../findings/finding.ts'
import type { FeedbackLabel } from '../../findings/tell/hear-feedback.ts'
import { isOfOneSeries } from '../../findings/tell/mute-condition.ts'
import { addresses } from '../../reports/addresses.ts'
import { describeValue } from '../../reports/describe-chart.ts'
import { type Html, html } from '../../reports/html.ts'

const labels: readonly (readonly [FeedbackLabel, string])[] = [
  ['useful', 'Useful'],
  ['watch', 'Watch'],
  ['expected', 'Expected'],
  ['new_normal', 'New normal'],
  ['not_useful', 'Not useful'],
]
const names: Readonly<Record<string, string>> = { ...Object.fromEntries(labels), mute: 'Mute', opened: 'Opened' }

/** A label as people read it: `Not useful`. */
export const nameLabel = (label: string): string => names[label] ?? label.replaceAll('_', ' ')

export interface FeedbackView {
  readonly finding: Finding
  readonly feedback: readonly { readonly label: string; readonly by: string; readonly at: string }[]
  readonly proposedFeedback?: FeedbackLabel | undefined
}

/** What ends a mute besides a day: the number that the finding tells, in percent where it is a share. */
function renderBound(finding: Finding): Html | undefined {
  if (!isOfOneSeries(finding)) return undefined
  const unit = finding.format === 'percent' ? '%' : finding.unit
  return html`<p><label>or until it <select name="bound"><option value="">…</option><option value="above">rises above</option><option value="below">falls below</option></select></label> <label><span class="unseen">this number</span> <input type="number" step="any" name="value"></label>${unit === undefined ? undefined : html` ${unit}`} <span class="quiet">it is ${describeValue(finding.observed, finding)} now</span></p>`
}

const renderMute = (finding: Finding): Html => html`<details class="mute"><summary>Mute</summary>
<form method="post" action="${addresses.feedback(finding.key)}">
<p><label>What <select name="scope"><option value="story">this story, as long as it lasts</option><option value="slice">this slice of the metric</option><option value="metric">the metric</option><option value="kind">findings of this kind</option></select></label></p>
<p><label>Until <input type="date" name="until"></label> <span class="quiet">empty: until it is taken back</span></p>
${renderBound(finding)}
<button name="label" value="mute">Mute</button>
</form></details>`

/** What people said of the finding, and buttons to say it. A link in a mail only proposes: scanners follow links, people press buttons. */
export function renderFeedback({ finding, feedback, proposedFeedback }: FeedbackView): Html {
  const [last] = feedback
  return html`<div class="feedback"><form method="post" action="${addresses.feedback(finding.key)}">
${proposedFeedback === undefined ? undefined : html`<p class="proposal" role="status">You chose “${nameLabel(proposedFeedback)}” in the mail. Press it to confirm.</p>`}
<fieldset><legend class="unseen">How is this finding?</legend>
${labels.map(
  ([name, words]) =>
    html`<button name="label" value="${name}"${name === proposedFeedback ? html` class="primary"` : undefined}${last?.label === name ? html` aria-pressed="true"` : undefined}>${words}</button>`,
)}
</fieldset>
</form>
${renderMute(finding)}
${last ? html`<p class="note">“${nameLabel(last.label)}” by ${last.by}, ${formatInstant(last.at)}${feedback.length > 1 ? html`, and ${feedback.length - 1} earlier` : undefined}. <a href="${addresses.allFeedback()}">Take it back</a></p>` : undefined}
</div>`
}

/** What was heard when it was ranked. */
export function renderHeard({ finding: { muted, heard = [] } }: Pick<FeedbackView, 'finding'>): Html | undefined {
  if (muted === undefined && heard.length === 0) return undefined
  const words = [...(muted === undefined ? [] : [muted]), ...heard]
  return html`<ul class="plain">${words.map((word) => html`<li>${word.charAt(0).toUpperCase()}${word.slice(1)}</li>`)}</ul>`
}
