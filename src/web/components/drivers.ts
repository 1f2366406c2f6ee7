import { formatNumber } from '../../base/format.ts'
import type { Explanation } from '../../findings/drivers/explanation.ts'
import type { Finding } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { countAccounts, describeAccounts, describeMix } from '../../reports/describe-drivers.ts'
import { narrow } from '../../reports/follow-ups.ts'
import { type Html, html } from '../../reports/html.ts'

interface Bar {
  readonly label: string
  readonly share: number
  readonly conditions: Finding['slice']
}

/** A name that leads to its exploration, a bar, and the share in figures: what the bar shows is read out there. */
function renderBar(finding: Finding, { label, share, conditions }: Bar): Html {
  const text = narrow(finding, conditions)
  const name = text === undefined ? html`${label}` : html`<a href="${addresses.explore(text)}">${label}</a>`
  return html`<li><span class="bar-name">${name}</span>
<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${Math.round(Math.min(1, Math.abs(share)) * 1000) / 10}" height="10" /></svg>
<span class="bar-value">${formatNumber(share, { format: 'percent' })}</span></li>`
}

const renderBars = (finding: Finding, bars: readonly Bar[]): Html | undefined =>
  bars.length === 0 ? undefined : html`<ol class="bars">${bars.map((bar) => renderBar(finding, bar))}</ol>`

const note = (words: string): Html | undefined => (words === '' ? undefined : html`<p>${words}</p>`)

/**
 * Slices that explain a movement, mix against rate, and the accounts that it lies in, each with a way to go deeper. Nothing for a finding of which a
 * cycle knows no slice; one that was looked into says so when there is none.
 */
export function renderDrivers(finding: Finding, explained: Explanation = finding): Html | undefined {
  const { drivers, accounts, mix } = explained
  const words = { ...explained, unit: finding.unit, format: finding.format }
  if (explained === finding && drivers.length === 0 && !accounts && !mix) return undefined
  const slices = drivers.map(({ label, share, slice }) => ({ label, share, conditions: slice }))
  return html`<section aria-labelledby="drivers"><h2 id="drivers">Where it comes from</h2>
${renderBars(finding, slices)}
${drivers.length > 0 ? html`<p class="note">Share of the whole change; slices may overlap, so that shares need not add up.</p>` : html`<p class="note">It is spread as evenly as chance would spread it: no part explains it better than the whole does.</p>`}
${note(describeMix(words))}
${accounts ? renderAccounts(finding, accounts) : undefined}</section>`
}

function renderAccounts(finding: Finding, accounts: NonNullable<Explanation['accounts']>): Html {
  const bars = accounts.top.map(({ key, label, share }) => ({
    label: label ?? `account ${key}`,
    share,
    conditions: [{ field: accounts.path, value: key }],
  }))
  return html`<h3>Accounts</h3>
${note(describeAccounts({ accounts }))}
${renderBars(finding, bars)}
<p class="note">${countAccounts(accounts)}</p>`
}
