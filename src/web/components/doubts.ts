import { formatNumber } from '../../base/format.ts'
import type { Evidence } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { aboutOf } from '../../findings/tell/pattern.ts'
import { type Html, html } from '../../reports/html.ts'

const ofMovements = [
  'A season longer than the history, or an event nobody declared in the catalog: then it was to be expected.',
  'Something that moved all of the metric: compare with the metric as a whole before looking for a cause in this slice.',
  'The test finds when and how much; it does not show why. A cause needs an experiment, or knowledge of what was done that day.',
]

/** Of what goes with coming back; how strong what nobody counted has to be is known where there is evidence. */
function listOfBehaviours(evidence: Evidence | undefined): readonly string[] {
  const needed = Number(evidence?.test.numbers.details.e_value)
  const strength = Number.isFinite(needed)
    ? `: what is ${formatNumber(needed, {})} times as common among those who did it, and makes coming back as many times as likely (or unlikely), would be enough`
    : ''
  return [
    'Goes with is not leads to. Whoever means to stay may do this as well; pushing others to do it need not keep them. Only a trial tells.',
    `Only those who did as much, on as many days, are compared, and the same values of the fields in the test. Anything else that drives both is not taken out${strength}.`,
    'Values of those fields are the ones of today. One that changed because somebody came back, as a plan may, hides or makes a difference.',
    'Those who did nothing at first are not among those compared, and of an account one member is.',
  ]
}

/** What would make a finding wrong. */
export function renderDoubts({ kind }: Finding, evidence: Evidence | undefined): Html {
  const doubts = aboutOf(kind) === 'behaviours' ? listOfBehaviours(evidence) : ofMovements
  return html`<section aria-labelledby="doubts"><h2 id="doubts">What would make it wrong</h2>
<ul class="plain">
<li>Rows that arrive late or twice, or a change in how they are counted: run it again when the data has settled.</li>
${doubts.map((doubt) => html`<li>${doubt}</li>`)}
</ul></section>`
}
