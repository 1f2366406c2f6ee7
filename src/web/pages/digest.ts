import { formatInstant } from '../../base/format.ts'
import { addresses } from '../../reports/addresses.ts'
import { html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface DigestView {
  readonly workspace: string
  readonly digest: {
    readonly id: string
    readonly team: string
    readonly cycleId: string
    readonly subject: string
    readonly text: string
    /** ISO instant. */
    readonly createdAt: string
  }
  readonly deliveries: readonly {
    readonly recipient: string
    readonly state: string
    readonly error?: string | null | undefined
  }[]
}

const tones: Readonly<Record<string, string>> = { sent: 'good', failed: 'bad' }

/** One digest as it looks in a mail client, and who got it. */
export function renderDigestPage({ workspace, digest, deliveries }: DigestView): string {
  return renderLayout(
    { workspace, title: digest.subject, section: 'digests' },
    html`<p class="kicker"><a href="${addresses.digests()}">Digests</a> <span>${digest.team}</span> <span>${formatInstant(digest.createdAt)}</span></p>
<h1>${digest.subject}</h1>
<iframe class="letter" src="${addresses.digestMail(digest.id)}" title="The mail: ${digest.subject}" sandbox="allow-popups allow-top-navigation-by-user-activation"></iframe>
<details><summary>As plain text</summary><pre tabindex="0">${digest.text}</pre></details>
<section aria-labelledby="recipients"><h2 id="recipients">Recipients</h2>
${
  deliveries.length === 0
    ? html`<p>Nobody: the team has no members, or all of them left.</p>`
    : html`<ul class="counts">${deliveries.map(
        ({ recipient, state, error }) =>
          html`<li><span class="chip ${tones[state] ?? 'neutral'}">${state}</span> ${recipient}${error ? html` <span class="quiet">${error}</span>` : undefined}</li>`,
      )}</ul>`
}</section>
<p class="note"><a href="${addresses.cycle(digest.cycleId)}">The cycle it tells of</a></p>`,
  )
}
