import { formatDay } from '../base/format.ts'
import type { Finding } from '../findings/finding.ts'
import { addresses } from './addresses.ts'
import { describeCadence } from './describe-cadence.ts'
import { describeDrivers } from './describe-drivers.ts'
import { describeHonesty, describeNullReplicate } from './describe-honesty.ts'
import { describeOrigin, describeState } from './describe-state.ts'
import { type Digest, quietSentence, unsubscribePlaceholder } from './digest.ts'

const columnsMax = 76

/** Breaks at blanks, each line behind `indent`; addresses are never broken. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > columnsMax) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((row) => indent + row).join('\n')
}

function writeCard({ finding }: Digest['cards'][number], at: number, webUrl: string): string {
  const drivers = describeDrivers(finding)
  const chips = [describeState(finding.state), describeOrigin(finding)].filter((chip) => chip !== undefined)
  return [
    `${at + 1}. ${chips.join(', ').toUpperCase()}`,
    wrap(`${finding.headline.replace(/\.$/, '')}.`, '   '),
    ...(drivers === '' ? [] : [wrap(drivers, '   ')]),
    `   The steps:   ${webUrl}${addresses.finding(finding.key)}`,
    `   Expected:    ${webUrl}${addresses.finding(finding.key, 'expected')}`,
    `   Not useful:  ${webUrl}${addresses.finding(finding.key, 'not_useful')}`,
  ].join('\n')
}

const writeList = (title: string, findings: readonly Finding[], webUrl: string): readonly string[] =>
  findings.length === 0
    ? []
    : [
        [
          title.toUpperCase(),
          ...findings.map(({ headline, key }) => `${wrap(`- ${headline}`)}\n  ${webUrl}${addresses.finding(key)}`),
        ].join('\n'),
      ]

/** The plain-text part: the same as the mail, in the same order, for readers who chose it and for those who hear it read out. */
export function writeDigestText(digest: Digest): string {
  const { workspace, team, webUrl, summary, withheld } = digest
  const untestable =
    withheld.length === 0
      ? []
      : [['LEFT OUT', ...withheld.map(({ what, why }) => wrap(`- ${what}: ${why}`))].join('\n')]
  const replicate = describeNullReplicate(summary)
  return `${[
    `${workspace} for ${team}, ${formatDay(summary.asOf)}`,
    wrap(describeHonesty(summary, digest.cards.length, digest.dataUntil)),
    ...(digest.cards.length === 0 && digest.recovered.length === 0 ? [wrap(quietSentence)] : []),
    ...digest.cards.map((card, at) => writeCard(card, at, webUrl)),
    ...writeList('Still open', digest.stillOpen, webUrl),
    ...writeList('Recovered', digest.recovered, webUrl),
    ...untestable,
    [
      '--',
      ...(replicate === '' ? [] : [wrap(replicate)]),
      `How this cycle went: ${webUrl}${addresses.cycle(summary.id)}`,
      `Sent ${describeCadence(digest.cadence)} to the team ${team}.`,
      `Unsubscribe: ${unsubscribePlaceholder}`,
    ].join('\n'),
  ].join('\n\n')}\n`
}
