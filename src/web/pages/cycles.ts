import { formatCount, formatDay, formatInstant, formatMs } from '../../base/format.ts'
import type { CycleSummary } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { html } from '../../reports/html.ts'
import { renderLayout } from '../layout.ts'

export interface CyclesView {
  readonly workspace: string
  /** Newest first. */
  readonly cycles: readonly {
    readonly state: 'planned' | 'scanning' | 'judging' | 'done' | 'failed'
    readonly trigger: string
    /** ISO instant. */
    readonly createdAt: string
    readonly summary: CycleSummary
  }[]
}

/** Every pass over the hypotheses, newest first. */
export function renderCyclesPage({ workspace, cycles }: CyclesView): string {
  return renderLayout(
    { workspace, title: 'Cycles', section: 'cycles' },
    html`<h1>Cycles</h1>
${
  cycles.length === 0
    ? html`<div class="blank"><h2>None yet</h2><p>Run one with <code>hunch cycle</code>.</p></div>`
    : html`<div class="table" role="region" aria-label="Cycles" tabindex="0"><table>
<caption class="unseen">Cycles, newest first</caption>
<thead><tr><th scope="col">Until</th><th scope="col">State</th><th scope="col" class="number">Tested</th><th scope="col" class="number">Held up</th><th scope="col" class="number">Took</th><th scope="col">Started</th></tr></thead>
<tbody>${cycles.map(
        ({ summary, state, trigger, createdAt }) => html`<tr>
<td><a href="${addresses.cycle(summary.id)}">${formatDay(summary.asOf)}</a></td>
<td><span class="chip ${state === 'failed' ? 'bad' : 'neutral'}">${state}</span></td>
<td class="number">${formatCount(summary.tested)}</td><td class="number">${formatCount(summary.heldUp)}</td>
<td class="number">${formatMs(summary.totalMs)}</td><td>${formatInstant(createdAt)} <span class="quiet">${trigger}</span></td></tr>`,
      )}</tbody></table></div>`
}`,
  )
}
