import { formatNumber } from '../../base/format.ts'
import type { Finding } from '../../findings/finding.ts'
import { type Html, html } from '../../reports/html.ts'

const factors = [
  ['belief', 'How sure'],
  ['stake', 'How much is at stake'],
  ['surprise', 'How surprising'],
  ['novelty', 'How new'],
  ['actionability', 'How actionable'],
  ['fit', 'How well it fits this team'],
] as const

const formatShare = (share: number) => formatNumber(share, { format: 'percent' })

/** The factors of the score as small bars; the total is their product, weighted. */
export const renderScore = ({ score }: Pick<Finding, 'score'>, more?: Html): Html => html`<details class="score">
<summary>Score ${formatShare(score.total)}</summary>
<dl>${factors.map(
  ([name, words]) =>
    html`<div><dt>${words}</dt><dd><meter min="0" max="1" value="${score[name]}">${formatShare(score[name])}</meter> ${formatShare(score[name])}</dd></div>`,
)}</dl>
${more}
</details>`
