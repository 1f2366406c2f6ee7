import { formatBytes, formatCount, formatMs, formatNumber } from '../../base/format.ts'
import type { PlanBudget } from '../../hypotheses/series/purse.ts'
import { addresses } from '../../reports/addresses.ts'
import { describeCadence } from '../../reports/describe-cadence.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

/** Nothing in here is a secret: addresses come without user names, passwords and queries. */
export interface SettingsView {
  readonly workspace: string
  readonly timezone: string
  readonly webUrl: string
  /** As `Warehouse.address`. */
  readonly warehouse: string
  readonly mail: { readonly kind: 'smtp' | 'outbox'; readonly from: string }
  /** Name of the language model; absent when none is configured. */
  readonly model?: string | undefined
  /** Name of the one that suggests hypotheses; absent when none does. */
  readonly suggester?: string | undefined
  readonly engine: {
    readonly fdr: number
    readonly budget: PlanBudget
    readonly shown: number
  }
  readonly teams: readonly {
    readonly name: string
    readonly digest: string
    readonly members: readonly string[]
    readonly follows: readonly string[]
  }[]
}

const row = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

/** The configuration as it is in force; changed in `hunch.yaml`, never here. */
export function renderSettingsPage({
  workspace,
  timezone,
  webUrl,
  warehouse,
  mail,
  model,
  suggester,
  engine,
  teams,
}: SettingsView): string {
  return renderLayout(
    { workspace, title: 'Settings', section: 'settings' },
    html`<h1>Settings</h1>
<p class="note">Read from <code>hunch.yaml</code> when the server started.</p>
<section aria-labelledby="teams"><h2 id="teams">Teams</h2>
${teams.map(
  ({ name, digest, members, follows }) => html`<h3>${name}</h3><dl class="facts">
${row('Digest', html`${describeCadence(digest)} <span class="quiet">${timezone}</span>`)}
${row('Members', members.length === 0 ? 'nobody' : members.join(', '))}
${row('Follows', follows.length === 0 ? 'every metric' : follows.join(', '))}
</dl>`,
)}</section>
<section aria-labelledby="engine"><h2 id="engine">Engine</h2><dl class="facts">
${row('False-discovery rate', formatNumber(engine.fdr, { format: 'percent' }))}
${row('Budget of a cycle', html`${formatCount(engine.budget.hypotheses)} hypotheses <span class="quiet">${formatMs(engine.budget.seconds * 1000)}${engine.budget.bytes === undefined ? '' : ` and ${formatBytes(engine.budget.bytes)}`} at most</span>`)}
${row('Shown in a digest', formatCount(engine.shown))}
</dl></section>
<section aria-labelledby="places"><h2 id="places">Places</h2><dl class="facts">
${row('Warehouse', html`<code>${warehouse}</code>`)}
${row('Mail', mail.kind === 'smtp' ? html`by SMTP, from ${mail.from}` : html`to the <a href="${addresses.outbox()}">outbox</a>, from ${mail.from}`)}
${row('Pages', html`<code>${webUrl}</code>`)}
${row('Language model', model ?? 'none: plain questions are still answered')}
${row('Suggested hypotheses', suggester === undefined ? 'none: no model is named for them' : html`by ${suggester} <span class="quiet">asked once a day that is judged</span>`)}
</dl></section>`,
  )
}
