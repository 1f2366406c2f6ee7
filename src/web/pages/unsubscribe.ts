import { addresses } from '../../reports/addresses.ts'
import { html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface UnsubscribeView {
  readonly workspace: string
  readonly team: string
  readonly recipient: string
  readonly token: string
  /** Whether it is done (after the POST). */
  readonly isDone: boolean
}

/** One press and no more mail; the way back is said too. */
export function renderUnsubscribePage({ workspace, team, recipient, token, isDone }: UnsubscribeView): string {
  return renderLayout(
    { workspace, title: 'Unsubscribe' },
    isDone
      ? html`<div class="blank"><h1>Done</h1><p>${recipient} gets no more digests of the team ${team}.</p><p>To come back, ask whoever runs this workspace.</p></div>`
      : html`<div class="blank"><h1>Leave this digest?</h1><p>${recipient} gets the digest of the team ${team}.</p>
<form method="post" action="${addresses.unsubscribe(token)}"><button class="primary">Unsubscribe</button></form></div>`,
  )
}
