import { formatNumber } from '../base/format.ts'
import type { Finding } from '../findings/finding.ts'

const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** Where the change comes from, in one sentence: `Mostly country Germany (62%) and country Austria (21%).`; empty when unknown. */
export function describeDrivers(drivers: Finding['drivers']): string {
  const named = drivers.filter(({ share }) => share >= 0.1).slice(0, 3)
  if (named.length === 0) return ''
  const total = named.reduce((sum, { share }) => sum + share, 0)
  const parts = named.map(({ label, share }) => `${label} (${formatNumber(share, { format: 'percent' })})`)
  return `${total > 0.5 ? 'Mostly' : 'In part'} ${joinWords(parts)}.`
}
