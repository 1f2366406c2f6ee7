import { formatInstant } from '../../base/format.ts'
import { addresses, type FeedbackLabel } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'

const labels: readonly (readonly [FeedbackLabel, string])[] = [
  ['useful', 'Useful'],
  ['expected', 'Expected'],
  ['not_useful', 'Not useful'],
]

const nameLabel = (label: string): string => labels.find(([name]) => name === label)?.[1] ?? label.replaceAll('_', ' ')

interface FeedbackView {
  readonly finding: { readonly key: string }
  readonly feedback: readonly { readonly label: string; readonly by: string; readonly at: string }[]
  readonly proposedFeedback?: FeedbackLabel | undefined
}

/** What people said of the finding, and buttons to say it. A link in a mail only proposes: scanners follow links, people press buttons. */
export function renderFeedback({ finding, feedback, proposedFeedback }: FeedbackView): Html {
  const [last] = feedback
  return html`<form class="feedback" method="post" action="${addresses.feedback(finding.key)}">
${proposedFeedback === undefined ? undefined : html`<p class="proposal" role="status">You chose “${nameLabel(proposedFeedback)}” in the mail. Press it to confirm.</p>`}
<fieldset><legend class="unseen">How is this finding?</legend>
${labels.map(
  ([name, words]) =>
    html`<button name="label" value="${name}"${name === proposedFeedback ? html` class="primary"` : undefined}${last?.label === name ? html` aria-pressed="true"` : undefined}>${words}</button>`,
)}
</fieldset>
${last ? html`<p class="note">“${nameLabel(last.label)}” by ${last.by}, ${formatInstant(last.at)}${feedback.length > 1 ? html`, and ${feedback.length - 1} earlier` : undefined}</p>` : undefined}
</form>`
}
