import { formatInstant } from '../../base/format.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface OutboxView {
  readonly workspace: string
  /** Newest first: what `listOutbox(folder)` of `src/mail/outbox.ts` gives. */
  readonly mails: readonly {
    readonly to: string
    readonly subject: string
    readonly sentAt: string
    /** File names inside the outbox folder. */
    readonly html: string
    readonly eml: string
  }[]
  /** `smtp` when mail leaves by SMTP and this folder stays empty. */
  readonly kind: 'smtp' | 'outbox'
}

function renderBlank(kind: OutboxView['kind']): Html {
  return kind === 'smtp'
    ? html`<div class="blank"><h2>Mail leaves by SMTP</h2><p>Nothing is kept here; see the <a href="${addresses.digests()}">digests</a>.</p></div>`
    : html`<div class="blank"><h2>Empty</h2><p>Without <code>mail.smtp</code> in the configuration, mails are written here instead of being sent.</p></div>`
}

/** Mails that were written to the folder instead of being sent. */
export function renderOutboxPage({ workspace, mails, kind }: OutboxView): string {
  return renderLayout(
    { workspace, title: 'Outbox', section: 'digests' },
    html`<p class="kicker"><a href="${addresses.digests()}">Digests</a></p>
<h1>Outbox</h1>
${
  mails.length === 0
    ? renderBlank(kind)
    : html`<ul class="letters">${mails.map(
        ({ to, subject, sentAt, html: page, eml }) => html`<li>
<h2><a href="${addresses.outboxFile(page)}">${subject}</a></h2>
<p class="kicker"><span>to ${to}</span> <span>${formatInstant(sentAt)}</span> <a href="${addresses.outboxFile(eml)}" download>the mail itself</a></p></li>`,
      )}</ul>`
}`,
  )
}
