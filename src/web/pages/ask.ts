import { countNoun, formatMs, formatNumber } from '../../base/format.ts'
import { unreachable } from '../../base/invariant.ts'
import { addresses } from '../../reports/addresses.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderFailure } from '../components/diagnostics.ts'
import { renderResult } from '../components/result.ts'
import type { ResultView } from '../components/result-view.ts'
import { renderWatchForm } from '../components/watch-form.ts'
import { renderWords } from '../components/words.ts'
import { renderLayout } from '../layout.ts'

export interface ExistingReport {
  readonly title: string
  readonly score: number
  readonly url: string
}

export type AnswerView =
  | {
      readonly kind: 'answered'
      readonly sentence: string
      readonly result: ResultView
      readonly existing: readonly ExistingReport[]
      /** `planner`, `model`, … */
      readonly route: string
      /** 0..1. */
      readonly confidence: number
      readonly repairs: number
      /** Phase → milliseconds. */
      readonly timings: Readonly<Record<string, number>>
    }
  | { readonly kind: 'cannot_answer'; readonly reason: string; readonly existing: readonly ExistingReport[] }
  | { readonly kind: 'waiting'; readonly id: string; readonly progress?: string | undefined }
  | { readonly kind: 'failed'; readonly message: string; readonly hint?: string | undefined }

export interface AskView {
  readonly workspace: string
  readonly question: string
  readonly answer?: AnswerView | undefined
  /** Questions to click. */
  readonly examples: readonly string[]
}

const renderExisting = (existing: readonly ExistingReport[]): Html | undefined =>
  existing.length === 0
    ? undefined
    : html`<section aria-labelledby="existing"><h2 id="existing">Reports that are near</h2>
<ul class="plain">${existing.map(({ title, url }) => html`<li><a href="${url}">${title}</a></li>`)}</ul></section>`

const renderRoute = ({ route, confidence, repairs, timings }: Extract<AnswerView, { kind: 'answered' }>): Html =>
  html`<p class="note">Read by the ${route}, ${formatNumber(confidence, { format: 'percent' })} sure${repairs > 0 ? html`, mended ${countNoun(repairs, 'time')}` : undefined}. ${Object.entries(
    timings,
  ).map(([phase, ms], at) => html`${at > 0 ? ', ' : ''}${phase} ${formatMs(ms)}`)}</p>`

function renderAnswer(answer: AnswerView, question: string): Html {
  switch (answer.kind) {
    case 'answered':
      return html`<section class="answer" aria-labelledby="answer"><h2 id="answer">${answer.sentence}</h2>
${renderResult(answer.result)}
${renderRoute(answer)}
<p class="next"><a class="pill" href="${addresses.explore(answer.result.exploration)}">Change the steps</a></p>
${renderWatchForm(answer.result, question)}
</section>${renderExisting(answer.existing)}`
    case 'cannot_answer':
      return html`<section class="blank" role="status"><h2>This cannot be answered from the catalog</h2><p>${renderWords(answer.reason)}</p>
<p><a href="${addresses.catalog()}">See what there is</a></p></section>${renderExisting(answer.existing)}`
    case 'waiting':
      return html`<section class="blank" role="status"><h2>Working on it</h2><p>${answer.progress ?? 'The question is in the queue.'} This page reads itself again.</p></section>`
    case 'failed':
      return renderFailure(answer)
    default:
      return unreachable(answer)
  }
}

const renderExamples = (examples: readonly string[]): Html | undefined =>
  examples.length === 0
    ? undefined
    : html`<section aria-labelledby="examples"><h2 id="examples">For instance</h2>
<ul class="examples">${examples.map((example) => html`<li><a href="${addresses.ask(example)}">${example}</a></li>`)}</ul></section>`

/** A question in words, and its answer with everything it is made of. */
export function renderAskPage({ workspace, question, answer, examples }: AskView): string {
  return renderLayout(
    {
      workspace,
      title: question === '' ? 'Ask' : question,
      section: 'ask',
      ...(answer?.kind === 'waiting' ? { refreshSeconds: 2 } : {}),
    },
    html`<h1>Ask</h1>
<form class="question-box" method="get" action="${addresses.ask()}" role="search">
<label for="question" class="unseen">Your question</label>
<input id="question" name="question" type="text" value="${question}" placeholder="How many accounts signed up last month, by plan?" required maxlength="500" autocomplete="off">
<button class="primary">Ask</button>
</form>
${answer ? renderAnswer(answer, question) : renderExamples(examples)}
${answer && answer.kind !== 'answered' && answer.kind !== 'waiting' ? renderExamples(examples) : undefined}`,
  )
}
