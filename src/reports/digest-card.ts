import { formatGrain } from '../base/format.ts'
import { addresses } from './addresses.ts'
import { toneOf } from './chart-theme.ts'
import { nameSubject } from './describe-chart.ts'
import { describeDrivers } from './describe-drivers.ts'
import { describeOrigin, describeState } from './describe-state.ts'
import type { Digest } from './digest.ts'
import { type Html, html } from './html.ts'
import { chipColors, headingStyle, mailColors, mailFont } from './mail-style.ts'
import { describePicture, hasPicture } from './picture.ts'

/** Names of a card's images, by which the markup refers to them. */
export const cidOf = (key: string, theme: 'light' | 'dark'): string => `chart-${key}-${theme}@hunch`

/** The chart for a light or a dark ground; where styles are dropped, only the light one is seen. */
function renderImage(theme: 'light' | 'dark', key: string, label: string, url: string): Html {
  const hidden = theme === 'dark' ? 'display:none;mso-hide:all' : ''
  return html`
    <tr class="chart-${theme}" style="${hidden}"><td style="padding:14px 0 4px;${hidden}">
      <a href="${url}" style="color:${mailColors.muted};text-decoration:none"><img src="cid:${cidOf(key, theme)}" alt="${label}" width="510" style="border:0;display:block;width:100%;height:auto;font-family:${mailFont};font-size:13px;line-height:1.5;color:${mailColors.muted}" /></a>
    </td></tr>`
}

function renderChart({ finding, evidence }: Digest['cards'][number], url: string): Html | undefined {
  if (!evidence || !hasPicture(evidence)) return undefined
  const label = describePicture(evidence, finding)
  return html`<mj-raw>${renderImage('light', finding.key, label, url)}${renderImage('dark', finding.key, label, url)}</mj-raw>`
}

/** One finding: state, headline, chart, where it comes from, three links. MJML of one section. */
export function renderDigestCard(card: Digest['cards'][number], webUrl: string): Html {
  const { finding } = card
  const tone = toneOf(finding.state === 'recovered' ? true : finding.good)
  const chip = chipColors[tone]
  const url = `${webUrl}${addresses.finding(finding.key)}`
  const drivers = describeDrivers(finding)
  const origin = describeOrigin(finding)?.toLowerCase()
  return html`
    <mj-section padding="0 10px 12px" css-class="ground">
      <mj-column background-color="${mailColors.surface}" css-class="card" border="1px solid ${mailColors.line}" border-radius="10px" padding="20px 24px 16px">
        <mj-text css-class="muted" color="${mailColors.muted}" font-size="13px" padding="0 0 8px">
          <span class="chip-${tone}" style="display:inline-block;padding:1px 9px;border-radius:10px;font-size:12px;font-weight:600;line-height:20px;color:${chip.text};background:${chip.ground}">${describeState(finding.state)}</span>
          &nbsp;${nameSubject(finding)}, ${formatGrain(finding.grain)}${origin === undefined ? undefined : html` · ${origin}`}
        </mj-text>
        <mj-text css-class="ink headline" font-size="18px" font-weight="600" line-height="1.35" padding="0">
          <h2 style="${headingStyle}"><a href="${url}" style="color:${mailColors.ink}">${finding.headline}</a></h2>
        </mj-text>
        ${renderChart(card, url)}
        ${
          drivers === ''
            ? undefined
            : html`<mj-text css-class="muted" color="${mailColors.muted}" font-size="14px" padding="6px 0 0">${drivers}</mj-text>`
        }
        <mj-text css-class="accent" font-size="14px" padding="12px 0 0">
          <a class="accent" href="${webUrl}${addresses.findingSteps(finding.key)}" style="color:${mailColors.accent};font-weight:600;display:inline-block;padding:4px 18px 4px 0">See the steps</a>
          <a class="accent" href="${webUrl}${addresses.finding(finding.key, 'expected')}" style="color:${mailColors.accent};display:inline-block;padding:4px 18px 4px 0">Expected</a>
          <a class="accent" href="${webUrl}${addresses.finding(finding.key, 'not_useful')}" style="color:${mailColors.accent};display:inline-block;padding:4px 0">Not useful</a>
        </mj-text>
      </mj-column>
    </mj-section>`
}
