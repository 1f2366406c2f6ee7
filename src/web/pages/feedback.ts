import { countNoun, formatInstant } from '../../base/format.ts'
import { describeEnd, type Heard, type MuteScope } from '../../findings/tell/hear-feedback.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { nameLabel } from '../components/feedback.ts'
import { renderLayout } from '../layout.ts'

export interface FeedbackListView {
  readonly workspace: string
  /** Newest first. `createdAt` is an ISO instant. */
  readonly items: readonly {
    readonly id: number
    readonly findingKey: string
    /** Absent when the finding is gone. */
    readonly headline?: string | undefined
    readonly label: string
    readonly by: string
    readonly scope?: MuteScope | null | undefined
    readonly until?: Heard['until'] | null
    readonly condition?: Heard['condition'] | null
    readonly createdAt: string
  }[]
  /** Evidence pages that were looked at. */
  readonly opened: number
}

const scopes: Readonly<Record<MuteScope, string>> = {
  story: 'this story',
  slice: 'its slice',
  metric: 'its metric',
  kind: 'its kind',
}

const renderItem = ({
  id,
  findingKey,
  headline,
  label,
  by,
  scope,
  until,
  condition,
  createdAt,
}: FeedbackListView['items'][number]): Html =>
  html`<li class="said">
<p class="kicker"><span class="chip neutral">${nameLabel(label)}</span> <span>${by}, ${formatInstant(createdAt)}</span>${label === 'mute' && scope ? html` <span>${[scopes[scope], describeEnd({ until: until ?? undefined, condition: condition ?? undefined }).trim()].filter(Boolean).join(', ')}</span>` : undefined}</p>
<p><a href="${addresses.finding(findingKey)}">${headline ?? 'a finding that is gone'}</a></p>
<form method="post" action="${addresses.undoFeedback(id)}"><button>Take back<span class="unseen"> “${nameLabel(label)}” of ${headline ?? 'a finding that is gone'}</span></button></form>
</li>`

/** What people said of findings, each with a button to take it back. */
export function renderFeedbackPage({ workspace, items, opened }: FeedbackListView): string {
  return renderLayout(
    { workspace, title: 'What people said', section: 'inbox' },
    html`<h1>What people said</h1>
<p class="note">The next cycle hears it: what is useful and what is not moves how well findings like it fit; what is expected or muted is not pushed. Taken back, it is as if it had not been said. ${opened > 0 ? html`Readers looked at evidence ${countNoun(opened, 'time')}, which counts a little, too.` : undefined}</p>
${items.length === 0 ? html`<div class="blank"><h2>Nobody said anything yet</h2><p>Each finding’s page has buttons for it.</p></div>` : html`<ol class="items">${items.map(renderItem)}</ol>`}`,
  )
}
