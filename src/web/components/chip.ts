import type { Finding } from '../../findings/finding.ts'
import { toneOf } from '../../reports/chart-theme.ts'
import { describeOrigin, describeState } from '../../reports/describe-state.ts'
import { type Html, html } from '../../reports/html.ts'

/** The state of a finding; coloured by whether it is good news. */
export function renderChip({ state, good }: Pick<Finding, 'state' | 'good'>): Html {
  const tone =
    state === 'recovered' ? 'good' : state === 'expected' || state === 'new_normal' ? 'neutral' : toneOf(good)
  return html`<span class="chip ${tone}">${describeState(state)}</span>`
}

/** Who asked, where it was no template. */
export function renderOrigin(finding: Pick<Finding, 'origin'>): Html | undefined {
  const words = describeOrigin(finding)
  return words === undefined ? undefined : html` <span>${words}</span>`
}
