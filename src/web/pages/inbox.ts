import type { Evidence } from '../../findings/evidence.ts'
import { type Finding, type FindingState, findingStates } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { nameSubject } from '../../reports/describe-chart.ts'
import { describeDrivers } from '../../reports/describe-drivers.ts'
import { describeSpan } from '../../reports/describe-span.ts'
import { describeState } from '../../reports/describe-state.ts'
import { type Html, html } from '../../reports/html.ts'
import { drawSparkline } from '../../reports/sparkline.ts'
import { renderChip, renderOrigin } from '../components/chip.ts'
import { type CycleLine, renderCycleLine } from '../components/cycle-line.ts'
import { renderScore } from '../components/score.ts'
import { renderLayout } from '../layout.ts'

export interface InboxView {
  readonly workspace: string
  readonly items: readonly {
    readonly finding: Finding
    /** Draws the small chart; absent when there is no evidence. */
    readonly series?: Evidence['series'] | undefined
  }[]
  /** The filter as it is. */
  readonly filter: { readonly state?: FindingState | undefined; readonly metric?: string | undefined }
  /** Metrics that the filter offers. */
  readonly metrics: readonly { readonly name: string; readonly label: string }[]
  /** The last finished cycle; absent before the first. */
  readonly cycle?: CycleLine | undefined
  readonly nextCursor?: string | undefined
}

const renderItem = ({ finding, series }: InboxView['items'][number]): Html => html`<li class="item">
<div class="item-picture">${series ? drawSparkline(series, finding) : undefined}</div>
<div class="item-words">
<p class="kicker">${renderChip(finding)} <span>${nameSubject(finding)}</span> <span>${describeSpan(finding, { year: true })}</span>${renderOrigin(finding)}${finding.muted === undefined ? undefined : html` <span>${finding.muted}</span>`}</p>
<h2><a href="${addresses.finding(finding.key)}">${finding.headline}</a></h2>
${renderDrivers(finding)}
</div>
${renderScore(finding)}
</li>`

function renderDrivers(finding: Finding): Html | undefined {
  const words = describeDrivers(finding)
  return words === '' ? undefined : html`<p class="drivers">${words}</p>`
}

const option = (value: string, label: string, chosen: string | undefined) =>
  html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : undefined}>${label}</option>`

const renderFilter = ({
  filter,
  metrics,
}: InboxView): Html => html`<form class="filter" method="get" action="${addresses.inbox()}">
<label>State <select name="state">${option('', 'all', filter.state)}${findingStates.map((state) => option(state, describeState(state), filter.state))}</select></label>
<label>Metric <select name="metric">${option('', 'all', filter.metric)}${metrics.map(({ name, label }) => option(name, label, filter.metric))}</select></label>
<button>Show</button>
</form>`

function renderEmpty({ filter, cycle }: InboxView): Html {
  if (filter.state !== undefined || filter.metric !== undefined)
    return html`<div class="blank"><h2>Nothing fits this filter</h2><p><a href="${addresses.inbox()}">Show all findings</a></p></div>`
  if (!cycle)
    return html`<div class="blank"><h2>No cycle has run yet</h2><p>Run one with <code>hunch cycle</code>, or wait for the next digest’s time.</p></div>`
  return html`<div class="blank"><h2>All quiet</h2><p>Nothing that was tested moved more than chance explains.</p></div>`
}

/** What held up, best first. */
export function renderInboxPage(view: InboxView): string {
  const { workspace, items, cycle, filter, nextCursor } = view
  return renderLayout(
    { workspace, title: 'Inbox', section: 'inbox' },
    html`<div class="head"><h1>What moved</h1>${renderFilter(view)}</div>
${cycle ? renderCycleLine(cycle) : undefined}
${items.length === 0 ? renderEmpty(view) : html`<ol class="items">${items.map(renderItem)}</ol>`}
<p class="note"><a href="${addresses.allFeedback()}">What people said of findings</a></p>
${nextCursor === undefined ? undefined : html`<p class="more"><a href="${addresses.inbox({ ...filter, cursor: nextCursor })}">Older findings</a></p>`}`,
  )
}
