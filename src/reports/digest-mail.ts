import { formatDay } from '../base/format.ts'
import { invariant } from '../base/invariant.ts'
import type { Finding } from '../findings/finding.ts'
import { addresses } from './addresses.ts'
import { chartSizes } from './chart-layout.ts'
import { darkTheme, lightTheme } from './chart-theme.ts'
import { describeCadence } from './describe-cadence.ts'
import { describeHonesty, describeNullReplicate } from './describe-honesty.ts'
import { type Digest, quietSentence, unsubscribePlaceholder, writePreheader, writeSubject } from './digest.ts'
import { cidOf, renderDigestCard } from './digest-card.ts'
import { writeDigestText } from './digest-text.ts'
import { drawPng } from './draw-png.ts'
import { drawSvg } from './draw-svg.ts'
import { type Html, html, trust } from './html.ts'
import { headingStyle, mailColors, mailFont, mailStyle } from './mail-style.ts'
import { describePicture, hasPicture, specifyPicture } from './picture.ts'

export interface DigestMail {
  readonly subject: string
  readonly html: string
  readonly text: string
  /** Two a card, for a light and a dark ground. */
  readonly images: readonly { readonly cid: string; readonly filename: string; readonly png: Uint8Array }[]
}

const imageWidth = 1000

function drawCharts({ finding, evidence }: Digest['cards'][number]): DigestMail['images'] {
  if (!evidence || !hasPicture(evidence)) return []
  const label = describePicture(evidence, finding)
  return (
    [
      ['light', lightTheme],
      ['dark', darkTheme],
    ] as const
  ).map(([name, theme]) => {
    const svg = drawSvg(specifyPicture(evidence, finding, theme, chartSizes.mail), { label })
    return {
      cid: cidOf(finding.key, name),
      filename: `${finding.metric}-${finding.rank}-${name}.png`,
      png: drawPng(svg, { width: imageWidth, background: theme.surface }),
    }
  })
}

function renderHead(digest: Digest): Html {
  return html`
    <mj-head>
      <mj-title>${writeSubject(digest)}</mj-title>
      <mj-preview>${writePreheader(digest)}</mj-preview>
      <mj-attributes>
        <mj-all font-family="${mailFont}" />
        <mj-text color="${mailColors.ink}" font-size="15px" line-height="1.5" padding="0" />
        <mj-image padding="0" />
      </mj-attributes>
      <mj-raw>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
      </mj-raw>
      <mj-style>${trust(mailStyle)}</mj-style>
    </mj-head>`
}

/** Name, day, and how much was asked to find this. */
function renderTop({ workspace, team, summary, cards, dataUntil }: Digest): Html {
  return html`
    <mj-section padding="28px 14px 18px" css-class="ground">
      <mj-column>
        <mj-text css-class="ink" font-size="22px" font-weight="600" line-height="1.3"><h1 style="${headingStyle}">What moved at ${workspace}</h1></mj-text>
        <mj-text css-class="muted" color="${mailColors.muted}" font-size="14px" padding="2px 0 10px">${formatDay(summary.asOf)}, for ${team}</mj-text>
        <mj-text css-class="muted" color="${mailColors.muted}" font-size="13px">${describeHonesty(summary, cards.length, dataUntil)}</mj-text>
      </mj-column>
    </mj-section>`
}

function renderList(title: string, lines: readonly Html[]): Html | undefined {
  if (lines.length === 0) return undefined
  return html`
    <mj-section padding="10px 14px 8px" css-class="ground">
      <mj-column>
        <mj-text css-class="ink" font-size="14px" font-weight="600" padding="0 0 4px"><h2 style="${headingStyle}">${title}</h2></mj-text>
        ${lines.map((line) => html`<mj-text css-class="muted" color="${mailColors.muted}" font-size="14px" padding="3px 0">${line}</mj-text>`)}
      </mj-column>
    </mj-section>`
}

const linkFinding =
  (webUrl: string) =>
  ({ key, headline }: Finding): Html =>
    html`<a href="${webUrl}${addresses.finding(key)}" style="color:${mailColors.muted};text-decoration:underline">${headline}</a>`

function renderFooter({ webUrl, summary, cadence, team }: Digest): Html {
  const link = (address: string, words: string) =>
    html`<a href="${address}" style="color:${mailColors.muted};text-decoration:underline">${words}</a>`
  const replicate = describeNullReplicate(summary)
  return html`
    <mj-section padding="14px 14px 32px" css-class="ground">
      <mj-column>
        <mj-divider css-class="rule" border-width="1px" border-color="${mailColors.line}" padding="0 0 14px" />
        <mj-text css-class="muted" color="${mailColors.muted}" font-size="12px" line-height="1.6">
          ${replicate === '' ? undefined : html`${replicate}<br />`}
          Sent ${describeCadence(cadence)} to the team ${team}.<br />
          ${link(`${webUrl}${addresses.cycle(summary.id)}`, 'How this cycle went')} &nbsp;
          ${link(`${webUrl}${addresses.settings()}`, 'Settings')} &nbsp;
          ${link(unsubscribePlaceholder, 'Unsubscribe')}
        </mj-text>
      </mj-column>
    </mj-section>`
}

/**
 * A digest as a mail: one column of 580 px that narrows to a phone, inline styles, dark mode, images by `cid:` with alternative texts
 * that tell the finding, and a plain-text part. Under 100 kB without images (Gmail cuts at 102). Same digest, same bytes.
 */
export async function composeDigestMail(digest: Digest): Promise<DigestMail> {
  const { webUrl } = digest
  // Loaded when needed: half a second that only who sends mail pays.
  const { default: renderMjml } = await import('mjml')
  const markup = html`
    <mjml lang="en">
      ${renderHead(digest)}
      <mj-body width="580px" background-color="${mailColors.ground}" css-class="ground">
        ${renderTop(digest)}
        ${digest.cards.length + digest.recovered.length === 0 ? renderList('All quiet', [html`${quietSentence}`]) : undefined}
        ${digest.cards.map((card) => renderDigestCard(card, webUrl))}
        ${renderList('Still open', digest.stillOpen.map(linkFinding(webUrl)))}
        ${renderList('Recovered', digest.recovered.map(linkFinding(webUrl)))}
        ${renderList(
          'Left out',
          digest.withheld.map(({ what, why }) => html`${what}: ${why}`),
        )}
        ${renderFooter(digest)}
      </mj-body>
    </mjml>`
  const { html: body, errors } = await renderMjml(markup.markup, {
    validationLevel: 'soft',
    ignoreIncludes: true,
    keepComments: false,
    fonts: {},
  })
  invariant(errors.length === 0, `the digest's markup is wrong: ${errors[0]?.formattedMessage}`)
  return {
    subject: writeSubject(digest),
    html: body.replace(/\n\s*\n+/g, '\n').replace(/^[ \t]+/gm, ''),
    text: writeDigestText(digest),
    images: digest.cards.flatMap(drawCharts),
  }
}
