import { countNoun, formatNumber, formatRange, formatSignedChange } from '../../base/format.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import type { Evidence, Rerun } from '../../findings/evidence.ts'
import type { Finding, FindingGoal } from '../../findings/finding.ts'
import type { FeedbackLabel } from '../../findings/tell/hear-feedback.ts'
import { aboutOf } from '../../findings/tell/pattern.ts'
import { addresses } from '../../reports/addresses.ts'
import { pageTheme, toneOf } from '../../reports/chart-theme.ts'
import { windowSeries } from '../../reports/chart-window.ts'
import { describeValue, nameSubject } from '../../reports/describe-chart.ts'
import { describeSpan } from '../../reports/describe-span.ts'
import { describeKind } from '../../reports/describe-state.ts'
import { breakDown, changePeriod, type FollowUp, showWhole } from '../../reports/follow-ups.ts'
import { type Html, html } from '../../reports/html.ts'
import { describePicture, hasPicture, specifyPicture } from '../../reports/picture.ts'
import { renderChart } from '../components/chart.ts'
import { renderChip, renderOrigin } from '../components/chip.ts'
import { renderDoubts } from '../components/doubts.ts'
import { renderDrivers } from '../components/drivers.ts'
import { renderEvidenceSteps } from '../components/evidence-steps.ts'
import { describeSureness, renderTest } from '../components/evidence-test.ts'
import { renderFeedback, renderHeard } from '../components/feedback.ts'
import { renderNamed } from '../components/named.ts'
import { renderReruns } from '../components/reruns.ts'
import { renderScore } from '../components/score.ts'
import { renderTable } from '../components/table.ts'
import { renderLayout } from '../layout.ts'

export interface EvidenceView {
  readonly workspace: string
  readonly finding: Finding
  /** Absent where it could not be gathered. */
  readonly evidence?: Evidence | undefined
  /** Why there is none. */
  readonly whyWithout?: string | undefined
  /** Newest first. */
  readonly reruns: readonly Rerun[]
  /** Newest first. `at` is an ISO instant. */
  readonly feedback: readonly { readonly label: string; readonly by: string; readonly at: string }[]
  /** From a link in a mail: the page asks to confirm it. */
  readonly proposedFeedback?: FeedbackLabel | undefined
  /** Fields worth breaking down by that the finding's slice does not fix: the metric's `slices` in the catalog. */
  readonly breakdowns: readonly { readonly field: string; readonly label: string }[]
  /** What is measured is no metric of the catalog. */
  readonly isOwnMeasure?: boolean | undefined
}

const row = (name: string, value: Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

function renderMoved(finding: Finding): Html {
  const style = { unit: finding.unit, format: finding.format }
  return html`${row('Was', html`<strong class="${toneOf(finding.good)}">${describeValue(finding.observed, finding)}</strong> <span class="quiet">${finding.with ? `${finding.kind === 'lead_lag' ? 'correlation at its lag' : 'rank correlation'}, from −1 to 1` : formatSignedChange(finding.change)}</span>`)}
${row('Expected', html`${formatNumber(finding.expected, style)} <span class="quiet">95% of the time ${formatRange(finding.low, finding.high, style)}</span>`)}`
}

/** Where it is going, and where it was to go. The range of a verdict is around what was expected; that of a forecast around itself. */
function renderGoal(finding: Finding, { period }: FindingGoal): Html {
  const style = { unit: finding.unit, format: finding.format }
  const { observed, expected, low, high } = finding
  const range = formatRange(observed - (expected - low), observed + (high - expected), style)
  return html`${row('On pace for', html`<strong class="${toneOf(finding.good)}">${describeValue(observed, finding)}</strong> <span class="quiet">${formatSignedChange(finding.change)}, 95% of the time ${range}</span>`)}
${row('Goal', html`${formatNumber(expected, style)} <span class="quiet">in the ${period}</span>`)}`
}

function renderFacts(finding: Finding, evidence: Evidence | undefined): Html {
  return html`<dl class="facts">
${row('What', html`${nameSubject(finding)}${finding.named?.[0] ? ` of ${finding.named[0].label}` : ''} <span class="quiet">${finding.measure}</span>`)}
${finding.goal ? renderGoal(finding, finding.goal) : renderMoved(finding)}
${row('When', html`${describeSpan(finding, { year: true })}${evidence && finding.from !== null ? html` <span class="quiet">${countNoun(evidence.test.numbers.periods, finding.grain)}</span>` : undefined}`)}
${row('How sure', html`${describeSureness(finding)}`)}
</dl>`
}

function renderMembersTable(members: NonNullable<Evidence['members']>, finding: Finding): Html {
  const isOfDoers = aboutOf(finding.kind) === 'behaviours'
  const field = isOfDoers ? 'who' : (finding.slice.at(-1)?.field ?? 'value')
  const columns: readonly Column[] = [
    { name: field, type: 'text' },
    { name: finding.metric, type: 'number', unit: finding.unit },
  ]
  const rows = members.map(({ label, value }) => [label, value])
  return html`<details><summary>The chart’s numbers</summary>${renderTable({ caption: isOfDoers ? 'Shares that came back' : 'Values of the field, largest first', columns, rows, rowCount: rows.length })}</details>`
}

/** The picture for those who want its numbers, or cannot see it. */
function renderChartTable({ series, members, points }: Evidence, finding: Finding): Html | undefined {
  if (members) return renderMembersTable(members, finding)
  if (points) return undefined
  const numbers = ['value', 'expected', 'low', 'high'] as const
  const rows = windowSeries(series, finding.from)
    .toReversed()
    .map((point) => [point.at, ...numbers.map((name) => point[name])])
  const columns: readonly Column[] = [
    { name: finding.grain, type: 'date' },
    ...numbers.map((name): Column => ({ name, type: 'number', unit: finding.unit })),
  ]
  return html`<details><summary>The chart’s numbers</summary>${renderTable({ caption: 'Values and what was expected, newest first', columns, rows, rowCount: rows.length })}</details>`
}

const renderLinks = (title: string, followUps: readonly FollowUp[]): Html | undefined =>
  followUps.length === 0
    ? undefined
    : html`<p><span class="label">${title}</span> ${followUps.map((followUp) => html`<a class="pill" href="${addresses.explore(followUp.text)}">${followUp.title}</a> `)}</p>`

function renderDeeper({ finding, breakdowns, isOwnMeasure }: EvidenceView): Html {
  const subject = { ...finding, isOwnMeasure }
  return html`<section aria-labelledby="deeper"><h2 id="deeper">Go deeper</h2>
${renderLinks('Show', showWhole(subject))}
${renderLinks('Break down by', breakDown(subject, breakdowns))}
${renderLinks('Change the period', changePeriod(subject))}
<details><summary>The exploration</summary><pre class="sql words"><code>${finding.exploration}</code></pre>
<p><a href="${addresses.explore(finding.exploration)}">Open it in the explorer</a></p></details>
</section>`
}

/** The metrics of a fault of the pipeline, each with what became of it. */
const renderConcerns = ({ concerns }: Finding): Html | undefined =>
  concerns &&
  html`<section aria-labelledby="concerns"><h2 id="concerns">What it concerns</h2>
<ul class="plain">${concerns.map(({ label, model, change }) => html`<li>${label} <span class="quiet">${model}, ${formatSignedChange(change)}</span></li>`)}</ul>
<p class="note">The chart and the test are those of the surest of them.</p></section>`

const mergedShown = 5
const renderStatement = (statement: string): Html => html`<li>${statement}</li>`

const renderMerged = ({ merged }: Finding): Html | undefined =>
  merged.length === 0
    ? undefined
    : html`<section aria-labelledby="merged"><h2 id="merged">Told by the same rows</h2>
<ul class="plain">${merged.slice(0, mergedShown).map(renderStatement)}</ul>
${merged.length > mergedShown ? html`<details><summary>${merged.length - mergedShown} more</summary><ul class="plain">${merged.slice(mergedShown).map(renderStatement)}</ul></details>` : undefined}
<p class="note">These held up too and are part of this finding.</p></section>`

/** All there is to know about one finding: chart, numbers, test, steps with rows and SQL, and what to do next. */
export function renderEvidencePage(view: EvidenceView): string {
  const { workspace, finding, evidence, whyWithout, reruns } = view
  const picture =
    evidence && hasPicture(evidence)
      ? renderChart((size) => specifyPicture(evidence, finding, pageTheme, size), describePicture(evidence, finding))
      : undefined
  return renderLayout(
    { workspace, title: finding.headline, section: 'inbox' },
    html`<article class="evidence">
<p class="kicker">${renderChip(finding)} <span>${describeKind(finding.kind)}</span> <span>${nameSubject(finding)}</span>${renderOrigin(finding)}</p>
<h1>${finding.headline}</h1>
${finding.note === undefined ? undefined : html`<p class="drivers">${finding.note}</p>`}
${picture ?? html`<p class="note">There is no evidence to look at${whyWithout === undefined ? '' : `: ${whyWithout}`}. The numbers are those of the cycle that found it.</p>`}
${evidence ? renderChartTable(evidence, finding) : undefined}
${renderFacts(finding, evidence)}
<div class="actions">
<form method="post" action="${addresses.rerun(finding.key)}"><button class="primary">Run again</button></form>
${renderFeedback(view)}
</div>
${renderConcerns(finding)}
${renderReruns(reruns, finding)}
${renderNamed(finding)}
${renderDrivers(finding, reruns[0]?.explained)}
${renderDeeper(view)}
${evidence ? renderEvidenceSteps(evidence) : undefined}
${evidence ? renderTest(evidence, finding) : undefined}
${renderMerged(finding)}
<section aria-labelledby="rank"><h2 id="rank">Why it is ranked here</h2>${renderScore(finding)}${renderHeard(view)}</section>
${renderDoubts(finding, evidence)}
<p class="note"><a href="${addresses.cycle(finding.cycleId)}">The cycle that found it</a></p>
</article>`,
  )
}
