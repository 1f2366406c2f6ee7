import { countNoun, formatInstant } from '../../base/format.ts'
import { addresses } from '../../reports/addresses.ts'
import { html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface DigestsView {
  readonly workspace: string
  /** Newest first. */
  readonly digests: readonly {
    readonly id: string
    readonly team: string
    readonly subject: string
    /** ISO instant. */
    readonly createdAt: string
    readonly findings: number
  }[]
}

/** What was written to whom, newest first. */
export function renderDigestsPage({ workspace, digests }: DigestsView): string {
  return renderLayout(
    { workspace, title: 'Digests', section: 'digests' },
    html`<div class="head"><h1>Digests</h1><a href="${addresses.outbox()}">Outbox</a></div>
${
  digests.length === 0
    ? html`<div class="blank"><h2>None yet</h2><p>A team gets one when a cycle found something new for it.</p></div>`
    : html`<ul class="letters">${digests.map(
        ({ id, team, subject, createdAt, findings }) => html`<li>
<h2><a href="${addresses.digest(id)}">${subject}</a></h2>
<p class="kicker"><span>${team}</span> <span>${formatInstant(createdAt)}</span> <span>${countNoun(findings, 'finding')}</span></p></li>`,
      )}</ul>`
}`,
  )
}
