import { hasWord } from './name-words.ts'
import type { TableProfile } from './table-profile.ts'

const beginnings = [
  'created',
  'opened',
  'open',
  'started',
  'start',
  'begun',
  'submitted',
  'requested',
  'ordered',
  'issued',
  'received',
  'placed',
  'purchased',
  'bought',
  'signed',
  'hired',
  'joined',
]
/** Words of ends that are known from the beginning: when a warranty runs out, when an invoice is due. */
export const plannedEndings = ['expiration', 'expires', 'expired', 'expiry', 'due', 'until', 'renewal'] as const

const endings = [
  'closed',
  'close',
  'resolved',
  'ended',
  'end',
  'finished',
  'completed',
  'solved',
  'shipped',
  'delivered',
  'paid',
  'processed',
  'answered',
  'approved',
  'responded',
  ...plannedEndings,
]

/** Times of the same row from whose distance a duration could be made: `opened_at` and `closed_at`. */
export function proposeSpans(table: TableProfile): readonly { readonly from: string; readonly to: string }[] {
  const times = table.columns.filter(({ type, distinct }) => (type === 'timestamp' || type === 'date') && distinct > 1)
  const from = times.filter(({ name }) => hasWord(name, beginnings))
  const to = times.filter(({ name }) => hasWord(name, endings))
  const [first] = from
  return first ? to.filter(({ type }) => type === first.type).map(({ name }) => ({ from: first.name, to: name })) : []
}
