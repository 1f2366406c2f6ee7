import { countNoun, formatNumber } from '../../base/format.ts'
import type { Grain } from '../../base/periods.ts'
import type { TestedNumbers } from '../finding.ts'

/** As it stands within a sentence; abbreviations stay. */
export const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text

/** `14 days` are `2 weeks`. */
const writeLag = (periods: number, grain: Grain): string =>
  grain === 'day' && periods % 7 === 0 ? countNoun(periods / 7, 'week') : countNoun(periods, grain)

/**
 * `Revenue followed signups by 2 weeks, the same way: correlation 0.42 of what season and trend leave of both`. Without a word of why: what moves both may
 * reach one of them first.
 */
export function writeLead(
  { details, observed }: Pick<TestedNumbers, 'details' | 'observed'>,
  labels: readonly [first: string, second: string],
  grain: Grain,
): string {
  const [first, second] = labels
  const [leader, follower] = details.leader === 'first' ? [first, second] : [second, first]
  const lag = writeLag(Math.abs(Number(details.lag)), grain)
  const way = observed >= 0 ? 'the same way' : 'the other way'
  return `${follower} followed ${lowerFirst(leader)} by ${lag}, ${way}: correlation ${formatNumber(observed, {})} of what season and trend leave of both`
}
