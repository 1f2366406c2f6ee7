import { countNoun, formatCount, formatDay, formatInstant, formatMs, formatNumber } from '../../base/format.ts'
import type { Finding } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import {
  describeCompleteness,
  describeHonesty,
  describeLedger,
  describeNullReplicate,
} from '../../reports/describe-honesty.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderChip } from '../components/chip.ts'
import type { CycleLine } from '../components/cycle-line.ts'
import { renderFailure } from '../components/diagnostics.ts'
import { renderLayout } from '../layout.ts'

export interface CycleView {
  readonly workspace: string
  readonly cycle: CycleLine & {
    readonly state: 'planned' | 'scanning' | 'judging' | 'done' | 'failed'
    readonly trigger: string
    readonly seed: number
    /** ISO instant. */
    readonly createdAt: string
    readonly finishedAt?: string | null | undefined
    readonly error?: string | null | undefined
  }
  readonly findings: readonly Finding[]
  /** Why hypotheses could not be tested, most frequent first. */
  readonly untestable: readonly { readonly reason: string; readonly count: number }[]
  /** Scans by how they ended; absent when unknown. */
  readonly scans?: { readonly total: number; readonly open: number; readonly failed: number } | undefined
}

const row = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

function renderCounts({ cycle: { summary, dataUntil, seed, trigger, ...cycle }, scans }: CycleView): Html {
  const replicate = describeNullReplicate(summary)
  const ledger = describeLedger(summary)
  return html`<dl class="facts">
${row('Judged until', formatDay(summary.asOf))}
${row('Hypotheses', html`${formatCount(summary.generated)} <span class="quiet">${formatCount(summary.tested)} tested, ${formatCount(summary.untestable)} not testable</span>`)}
${row('Held up', html`${formatCount(summary.heldUp)} <span class="quiet">at a false-discovery rate of ${formatNumber(summary.fdr, { format: 'percent' })}</span>`)}
${ledger === '' ? undefined : row('New', ledger)}
${row('Series', html`${formatCount(summary.series)} <span class="quiet">from ${countNoun(summary.queries, 'query', 'queries')}</span>`)}
${scans ? row('Scans', html`${formatCount(scans.total)} <span class="quiet">${formatCount(scans.open)} open, ${formatCount(scans.failed)} failed</span>`) : undefined}
${row('Took', html`${formatMs(summary.totalMs)} <span class="quiet">warehouse ${formatMs(summary.warehouseMs)}, tests ${formatMs(summary.detectMs)}</span>`)}
${row('False alarms', replicate === '' ? 'not measured in this cycle' : replicate)}
${row('Data', describeCompleteness(dataUntil) || 'not known')}
${row('Started', html`${formatInstant(cycle.createdAt)} <span class="quiet">by ${trigger}, seed ${seed}</span>`)}
${cycle.finishedAt ? row('Finished', formatInstant(cycle.finishedAt)) : undefined}
</dl>`
}

const renderReasons = (untestable: CycleView['untestable']): Html | undefined =>
  untestable.length === 0
    ? undefined
    : html`<section aria-labelledby="untestable"><h2 id="untestable">Not testable</h2>
<ul class="counts">${untestable.map(({ reason, count }) => html`<li><span class="count">${formatCount(count)}</span> ${reason}</li>`)}</ul></section>`

const renderWithheld = ({ withheld }: CycleView['cycle']): Html | undefined =>
  withheld.length === 0
    ? undefined
    : html`<section aria-labelledby="withheld"><h2 id="withheld">Left out</h2>
<ul class="plain">${withheld.map(({ what, why }) => html`<li><strong>${what}</strong>: ${why}</li>`)}</ul></section>`

const renderFindings = (findings: CycleView['findings']): Html =>
  html`<section aria-labelledby="findings"><h2 id="findings">Findings</h2>
${
  findings.length === 0
    ? html`<p>None held up.</p>`
    : html`<ol class="finding-list">${findings.map(
        (finding) =>
          html`<li>${renderChip(finding)} <a href="${addresses.finding(finding.key)}">${finding.headline}</a></li>`,
      )}</ol>`
}</section>`

/** How one cycle went: what was asked, what held up, what could not be judged. */
export function renderCyclePage(view: CycleView): string {
  const { workspace, cycle, findings, untestable } = view
  const isOpen = cycle.state !== 'done' && cycle.state !== 'failed'
  return renderLayout(
    { workspace, title: 'Cycle', section: 'cycles', ...(isOpen ? { refreshSeconds: 3 } : {}) },
    html`<p class="kicker"><a href="${addresses.cycles()}">Cycles</a></p>
<h1>Cycle of ${formatDay(cycle.summary.asOf)}</h1>
${isOpen ? html`<p role="status"><span class="chip neutral">${cycle.state}</span> This page reads itself again.</p>` : undefined}
${cycle.state === 'failed' ? renderFailure({ message: cycle.error ?? 'the cycle failed', hint: 'It can be run again; what was done is kept.' }) : undefined}
<p class="honesty">${describeHonesty(cycle.summary, cycle.shown, cycle.dataUntil)}</p>
${renderCounts(view)}
${renderWithheld(cycle)}
${isOpen ? undefined : renderFindings(findings)}
${renderReasons(untestable)}`,
  )
}
