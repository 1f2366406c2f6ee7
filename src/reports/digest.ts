import type { Day } from '../base/periods.ts'
import type { Evidence } from '../findings/evidence.ts'
import type { CycleSummary, Finding } from '../findings/finding.ts'
import { isToldOnce } from '../findings/tell/pattern.ts'
import { chooseDiverse } from './choose-diverse.ts'

/** Everything that one team's mail of one cycle says. */
export interface Digest {
  readonly workspace: string
  readonly team: string
  /** Cron expression. */
  readonly cadence: string
  /** Base of the pages' addresses, without a slash at the end. */
  readonly webUrl: string
  readonly summary: CycleSummary
  readonly dataUntil: Readonly<Record<string, Day>>
  readonly withheld: readonly { readonly what: string; readonly why: string }[]
  /** Told in full, best first. */
  readonly cards: readonly { readonly finding: Finding; readonly evidence: Evidence | undefined }[]
  /** Told before and still so, and not among the cards. */
  readonly stillOpen: readonly Finding[]
  readonly recovered: readonly Finding[]
}

export interface DigestChoice {
  readonly cards: readonly Finding[]
  readonly stillOpen: readonly Finding[]
  readonly recovered: readonly Finding[]
}

const cardsMax = 7
/** Two cards of one metric say that it moved, and where; a third is for those who look. */
const cardsOfMetricMax = 2
const listedMax = 8

/**
 * What a team is told of a cycle's findings (best first): `shown` of the new and ongoing ones in full (`chooseCards`), the rest of the ongoing and the
 * recovered ones in a line each. What readers muted, expect, or take for the new normal is not pushed. `undefined` when there is nothing new to say:
 * what is only ongoing was told before.
 */
export function chooseDigest(
  findings: readonly Finding[],
  { follows, shown }: { readonly follows: readonly string[]; readonly shown: number },
): DigestChoice | undefined {
  const isFollowed = ({ metric, concerns = [] }: Finding) =>
    follows.length === 0 || [metric, ...concerns.map((one) => one.metric)].some((name) => follows.includes(name))
  const followed = listPushed(findings).filter(isFollowed)
  if (!followed.some(({ state }) => state === 'new' || state === 'recovered')) return undefined
  const cards = chooseCards(followed, shown)
  return {
    cards,
    stillOpen: followed.filter((one) => !cards.includes(one) && one.state === 'ongoing').slice(0, listedMax),
    recovered: followed.filter(({ state }) => state === 'recovered').slice(0, listedMax),
  }
}

/** What is pushed at all: not what readers muted, expect, or take for the new normal, nor again what stands as it did. */
const listPushed = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(
    ({ muted, state, kind }) =>
      muted === undefined && state !== 'expected' && state !== 'new_normal' && (state === 'new' || !isToldOnce(kind)),
  )

/**
 * The findings of a cycle (best first) that are told in full: `shown` of those that are pushed, at most two a metric, by their worth and by what they
 * add to each other; what stands has the room that is left.
 */
export function chooseCards(findings: readonly Finding[], shown: number): readonly Finding[] {
  const active = listPushed(findings).filter(({ state }) => state !== 'recovered')
  const isOneTooMany = ({ model, metric }: Finding, at: number) =>
    active.slice(0, at).filter((one) => one.model === model && one.metric === metric).length >= cardsOfMetricMax
  const fitting = active.filter((one, at) => !isOneTooMany(one, at))
  const most = Math.min(shown, cardsMax)
  const happened = chooseDiverse(
    fitting.filter(({ kind }) => !isToldOnce(kind)),
    most,
  )
  return [...happened, ...fitting.filter(({ kind }) => isToldOnce(kind)).slice(0, most - happened.length)]
}

/** What a link to leave stands for until the recipient is known: `deliverDigest` puts the signed address in its place. */
export const unsubscribePlaceholder = 'https://unsubscribe.invalid/'

const shortMax = 80

/** A headline for a subject line: without what was expected, and without its date where it is still long. */
export function shortenHeadline(headline: string): string {
  const short = headline.replace(/\.$/, '').replace(/ against [^,:]+ expected(?=,|$)/, '')
  return short.length > shortMax ? short.replace(/, (since|on|in|from) [^,]+$/, '') : short
}

/** The top finding with its number, and how many more there are. */
export function writeSubject({ cards, recovered }: Pick<Digest, 'cards' | 'recovered'>): string {
  const top = cards[0]?.finding ?? recovered[0]
  if (!top) return 'All quiet'
  const more = cards.length + recovered.length - 1
  return more > 0 ? `${shortenHeadline(top.headline)}, and ${more} more` : shortenHeadline(top.headline)
}

/** Said in place of cards when a team wants a mail all the same. */
export const quietSentence = 'Nothing new held up. What was tested moved no more than chance explains.'

/** What a mail list shows after the subject: the next findings, not the first again. */
export function writePreheader({ cards, recovered }: Pick<Digest, 'cards' | 'recovered'>): string {
  const others = [...cards.map(({ finding }) => finding), ...recovered].slice(1, 4)
  if (cards.length + recovered.length === 0) return quietSentence
  return others.map(({ headline }) => shortenHeadline(headline)).join(' · ')
}
