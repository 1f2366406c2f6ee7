import { formatCount, formatNumber, formatProbability, formatRange } from '../../base/format.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { describeKind } from '../../reports/describe-state.ts'
import { type Html, html } from '../../reports/html.ts'

/** How sure, in words that keep the two chances apart. */
export const describeSureness = ({ pValue, qValue }: Pick<Finding, 'pValue' | 'qValue'>): Html =>
  html`p ${formatProbability(pValue)} <span class="quiet">the chance of at least this if nothing had happened; q ${formatProbability(qValue)} after counting all that was tested</span>`

const row = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

const formatDetail = (value: string | number | boolean): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(5))) : String(value)

const nameDetail = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

const renderPairs = (pairs: readonly (readonly [string, string | number | boolean])[]): Html =>
  html`<span class="pairs">${pairs.map(([name, value]) => html`<span><span class="quiet">${nameDetail(name)}</span> ${formatDetail(value)}</span> `)}</span>`

/** The test: what was asked, how, with which options, out of how many, and what it computed. */
export function renderTest({ test }: Evidence, { unit, format }: Pick<Finding, 'unit' | 'format'>): Html {
  const style = { unit, format }
  const options = Object.entries(test.options)
  const details = Object.entries(test.numbers.details)
  return html`<section aria-labelledby="test"><h2 id="test">The test</h2>
<p class="question">${test.question}</p>
<p>${test.method}</p>
<dl class="facts">
${row('Detector', html`${describeKind(test.detector)} <code class="quiet">${test.detector}</code>`)}
${row('p', html`${formatProbability(test.numbers.pValue)} <span class="quiet">chance of at least this under “nothing happened”, two-sided</span>`)}
${row('q', html`${formatProbability(test.qValue)} <span class="quiet">the smallest false-discovery rate at which it holds up</span>`)}
${row('Out of', html`${formatCount(test.tested)} tested, ${formatCount(test.heldUp)} held up`)}
${row('Range', html`${formatRange(test.numbers.low, test.numbers.high, style)} <span class="quiet">95% of what was to be expected; ${formatNumber(test.numbers.observed, style)} came</span>`)}
${options.length > 0 ? row('Options', renderPairs(options)) : undefined}
${details.length > 0 ? row('Computed', renderPairs(details)) : undefined}
</dl></section>`
}
