import { formatPerGrain } from '../../base/format.ts'
import type { Column } from '../../dsl/plan/plan.ts'
import type { Finding } from '../../findings/finding.ts'
import { type Html, html } from '../../reports/html.ts'
import { renderTable } from './table.ts'

/** The accounts that a finding names, farthest from their own ways first, each with what was expected of it. */
export function renderNamed({ named = [], unit, grain }: Finding): Html | undefined {
  const [first] = named
  if (!first) return undefined
  const columns: readonly Column[] = [
    { name: 'account', type: 'text' },
    { name: 'was', type: 'number', unit },
    { name: 'expected', type: 'number', unit },
    { name: 'since', type: 'date' },
  ]
  const rows = named.map(({ label, observed, expected, since }) => [label, observed, expected, since])
  return html`<section aria-labelledby="named"><h2 id="named">Accounts</h2>
${renderTable({ caption: 'Accounts that left their own ways, farthest first', columns, rows, rowCount: rows.length })}
<p class="note">Numbers ${formatPerGrain(grain)}; expected is what an account did before, times what all accounts did since. The chart shows ${first.label}.</p></section>`
}
