import { countNoun, formatCount, formatNumber } from '../base/format.ts'
import type { Explanation } from '../findings/drivers/explanation.ts'
import type { Finding } from '../findings/finding.ts'

type Explained = Explanation & Pick<Finding, 'unit' | 'format' | 'note'> & Partial<Pick<Finding, 'named'>>

/** Share of the change from which the mix is worth a word. */
const mixMin = 0.1
/** Below this share of a change there is nothing to say of what the values did themselves. */
const hardlyMax = 0.05
/** Share of the movement from which few accounts are said to make it, and how many are few. */
const fewMin = 0.5
const fewMax = 5

const formatShare = (share: number): string => formatNumber(share, { format: 'percent' })

const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/**
 * Where the change comes from: `Mostly country Germany (62%) and country Austria (21%).`, the mix, few accounts; empty when unknown. Of a finding that
 * names accounts, what those behind the first did; of what is about the data, what to make of it.
 */
export const describeDrivers = (finding: Explained): string =>
  finding.note ??
  [describeSlices(finding), describeMix(finding), describeAccounts(finding), describeNamed(finding)]
    .filter((words) => words !== '')
    .join(' ')

function describeSlices({ drivers }: Explained): string {
  const named = drivers.filter(({ share }) => share >= 0.1).slice(0, 3)
  if (named.length === 0) return ''
  const total = named.reduce((sum, { share }) => sum + share, 0)
  const parts = named.map(({ label, share }) => `${label} (${formatShare(share)})`)
  return `${total > 0.5 ? 'Mostly' : 'In part'} ${joinWords(parts)}.`
}

/** `Also Beta (0 against 59) and Gamma (201 against 57).`; empty where one is all there is. */
function describeNamed({ named = [] }: Explained): string {
  const others = named.slice(1, fewMax)
  if (others.length === 0) return ''
  const words = others.map(
    ({ label, observed, expected }) => `${label} (${formatNumber(observed)} against ${formatNumber(expected)})`,
  )
  const more = named.length - 1 - others.length
  return `Also ${joinWords(more > 0 ? [...words, `${formatCount(more)} more`] : words)}.`
}

/** A share in points, anything else in its unit. */
const formatAmount = (value: number, { unit, format }: Explained): string =>
  format === 'percent'
    ? `${formatNumber(Math.round(Math.abs(value) * 1000) / 10)}`
    : formatNumber(Math.abs(value), { unit, format })

/** `Of the fall of 4.1 points, 3.2 are within each plan and 0.9 because more are plan Free (66% instead of 60%).`; empty where the mix did little. */
export function describeMix(finding: Explained): string {
  const { mix } = finding
  if (!mix || Math.abs(mix.mix) < mixMin * Math.abs(mix.change)) return ''
  const amount = (value: number) => formatAmount(value, finding)
  const points = finding.format === 'percent' ? ' points' : ''
  const more = mix.shareAfter > mix.shareBefore ? 'more' : 'fewer'
  const why = `${more} are ${mix.valueLabel} (${formatShare(mix.shareAfter)} instead of ${formatShare(mix.shareBefore)})`
  const whole = `${mix.change > 0 ? 'rise' : 'fall'} of ${amount(mix.change)}${points}`
  if (Math.abs(mix.within) < hardlyMax * Math.abs(mix.change)) return `The ${whole} comes from the mix: ${why}.`
  if (mix.mix * mix.within >= 0)
    return `Of the ${whole}, ${amount(mix.within)} lie within each ${mix.fieldLabel} and ${amount(mix.mix)} come from the mix: ${why}.`
  const within = `${mix.within > 0 ? 'a rise' : 'a fall'} of ${amount(mix.within)}${points} within each ${mix.fieldLabel}`
  return `The ${whole} is ${within} and ${mix.mix > 0 ? 'a rise' : 'a fall'} of ${amount(mix.mix)} by the mix: ${why}.`
}

/** `One account (Acme) makes 80% of it.`, where few make most of it; otherwise empty. */
export function describeAccounts({ accounts }: Pick<Explanation, 'accounts'>): string {
  if (!accounts) return ''
  let total = 0
  for (const [at, { share }] of accounts.top.slice(0, fewMax).entries()) {
    total += share
    if (total < fewMin || accounts.count <= at + 1) continue
    const [first] = accounts.top
    return at === 0
      ? `One account (${first!.label ?? first!.key}) makes ${formatShare(first!.share)} of it.`
      : `${at + 1} of ${formatCount(accounts.count)} accounts make ${formatShare(Math.min(1, total))} of it.`
  }
  return ''
}

/** `142 of 318 accounts moved the same way; the largest makes 4% of it.` */
export const countAccounts = ({ count, concerned, top }: NonNullable<Explanation['accounts']>): string =>
  `${formatCount(concerned)} of ${countNoun(count, 'account')} moved the same way${top[0] ? `; the largest makes ${formatShare(top[0].share)} of it` : ''}.`
