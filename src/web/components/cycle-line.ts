import type { Day } from '../../base/periods.ts'
import type { CycleSummary } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { describeHonesty } from '../../reports/describe-honesty.ts'
import { type Html, html } from '../../reports/html.ts'

/** What a line of honesty needs of a cycle. */
export interface CycleLine {
  readonly summary: CycleSummary
  /** Findings shown of those that held up. */
  readonly shown: number
  /** Model → last complete day. */
  readonly dataUntil: Readonly<Record<string, Day>>
  /** What was not tested, and why. */
  readonly withheld: readonly { readonly what: string; readonly why: string }[]
}

/** How much was asked to find this little, with the way to the whole account of it. */
export const renderCycleLine = ({ summary, shown, dataUntil }: CycleLine): Html =>
  html`<p class="honesty">${describeHonesty(summary, shown, dataUntil)} <a href="${addresses.cycle(summary.id)}">How it went</a></p>`
