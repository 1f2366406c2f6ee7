import { accountChange } from '../../detectors/account-change.ts'
import type { AccountCounts } from '../../detectors/shapes.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

/**
 * Puts accounts before `account_change`. The numbers are those of the farthest account, by period. A seed puts the periods in another order first, that
 * of all accounts alike (null replicate): what one account did lately is then spread over its history.
 */
export function judgeAccounts(accounts: AccountCounts, permuteSeed?: number): JudgedNumbers {
  const { recent, at } = accounts
  const verdict = accountChange.detect(permuteSeed === undefined ? accounts : permute(accounts, permuteSeed), {})
  if (verdict.status === 'untestable') return verdict
  const named = (verdict.named ?? []).map((one) => ({
    ...one,
    observed: one.observed / recent,
    expected: one.expected / recent,
  }))
  const since = String(verdict.details.since)
  const share = named.reduce((sum, one) => sum + Math.abs(one.observed - one.expected), 0) / measureLevel(accounts)
  const { observed, expected, low, high, ...numbers } = pickNumbers(verdict, { share_of_whole: Math.min(1, share) })
  const dated: TestedNumbers = {
    ...numbers,
    observed: observed / recent,
    expected: expected / recent,
    low: low / recent,
    high: high / recent,
    from: since,
    to: null,
    periods: at.length - Math.max(0, at.indexOf(since)),
    named,
  }
  return { status: 'tested', numbers: withSentence(dated, verdict, accountChange.name) }
}

/** Events of all accounts a period, over the history. */
function measureLevel({ counts, at, recent }: AccountCounts): number {
  let [total, periods] = [0, 0]
  for (let place = 0; place < at.length - recent; place++) {
    const sum = counts.reduce((all, ofAccount) => all + (ofAccount[place]! || 0), 0)
    total += sum
    if (sum > 0) periods += 1
  }
  return Math.max(1e-9, total / Math.max(1, periods))
}

/** The first period stays: no account has begun in it. */
function permute(accounts: AccountCounts, seed: number): AccountCounts {
  const order = [0, ...createRandom(seed).shuffle(accounts.at.slice(1).map((_, place) => place + 1))]
  return { ...accounts, counts: accounts.counts.map((counts) => counts.map((_, place) => counts[order[place]!]!)) }
}
