import { z } from 'zod'
import { weighTail } from '../stats/tail-mixture.ts'
import { defineDetector, type Named, type Verdict } from './detector.ts'
import { type FittedAccounts, type Forecasts, fitAccounts, windowsMin } from './peers/fit-accounts.ts'
import { learnFromOthers } from './peers/learn-from-others.ts'
import { scoreCount } from './peers/score-member.ts'
import { halfWidth } from './series/draw-band.ts'
import type { AccountCounts } from './shapes.ts'

const minimum = 8
/** Events in all accounts that can be judged. */
const eventsMin = 30
/** So many forecasts like it are enough to learn its tails from, and how alike they are to be: as alike as leaves so many. */
const comparableMin = 200
const likeness = [0.9, 0.75, 0.5] as const

const options = z.object({})

/** Beyond the farthest scores known, tails fall no faster than this power of the distance: so few windows cannot tell that they do. */
const powerMax = 10
/** The rank of the score from which tails are drawn on: two events of the past among the accounts do not hide the next. */
const rankFrom = 3
/** So many of the forecasts of the past are enough. */
const pastMax = 2000
/** Accounts that are named, and the chance that any of them is named for nothing. */
const namedMax = 20
/** The farthest accounts of the recent window tell nothing about the tails of each other: a few of them may have changed at once. */
const asideMax = 20
const asideShare = 0.03
const namedLevel = 0.05

/** How mostly a forecast's variance is the account's own ways, not the chance of single events. */
const shareOf = ({ expected, dispersion }: Forecasts, k: number): number =>
  (dispersion[k]! * expected[k]!) / (1 + dispersion[k]! * expected[k]!)

const scoreOf = ({ count, expected, dispersion }: Forecasts, k: number): number =>
  scoreCount(count[k]!, expected[k]!, dispersion[k]!)

/** Scores of forecasts that fail for the same reason as one with this share; all where there are too few. */
function scoreComparable(
  forecasts: Forecasts,
  share: number,
  without: ReadonlySet<number>,
  most: number,
): Float64Array {
  const all = Array.from(forecasts.count, (_, k) => k).filter((k) => !without.has(k))
  const alike = likeness.map((part) => all.filter((k) => shareOf(forecasts, k) >= part * share))
  const chosen = alike.find(({ length }) => length >= comparableMin) ?? all
  const stride = Math.ceil(chosen.length / most)
  return Float64Array.from(
    chosen.filter((_, k) => k % stride === 0),
    (k) => scoreOf(forecasts, k),
  )
}

/** Root mean square, large scores clipped. */
const measureSize = (scores: Float64Array): number =>
  Math.sqrt(scores.reduce((sum, x) => sum + Math.min(x * x, 9), 0) / Math.max(1, scores.length))

/**
 * Scores that tell the tails: the other accounts' recent ones but for the farthest, and those of the windows of the past, made as the recent ones are
 * and widened to their size.
 */
function gatherScores(fitted: FittedAccounts, judged: number, aside: ReadonlySet<number>): Float64Array {
  const share = shareOf(fitted, judged)
  const recent = scoreComparable(fitted, share, new Set([judged, ...aside]), Number.POSITIVE_INFINITY)
  const past = scoreComparable(fitted.past, share, new Set(), pastMax)
  const widening = Math.max(1, measureSize(recent) / Math.max(1e-9, measureSize(past)))
  const scores = new Float64Array(recent.length + past.length)
  scores.set(recent)
  scores.set(
    past.map((score) => score * widening),
    recent.length,
  )
  return scores
}

/**
 * Chance of a score at least as far from zero, for one account: that of the tails learnt, and no less than what the farthest scores known
 * let expect when drawn on by a power (a Pareto tail, Hill 1975, whose index is held, as a few hundred scores leave it open).
 */
function weighScore(known: Float64Array, size: number): number {
  const learnt = 2 * weighTail(learnFromOthers(known), size, known.length / 4)
  const from = known.map(Math.abs).sort()[known.length - rankFrom]!
  const least = (rankFrom / (known.length + 1)) * Math.min(1, from / size) ** powerMax
  return Math.min(1, Math.max(learnt, least))
}

/** First place of the run of periods without an event that ends with the last one. */
function findSilence(counts: Float64Array): number {
  let from = counts.length
  while (from > 0 && counts[from - 1] === 0) from--
  return from
}

/** Silent for a whole window before the recent one, too: it went then. */
const isGone = (counts: Float64Array, window: number): boolean => findSilence(counts) <= counts.length - 2 * window

function chooseVerb(recent: number, isUp: boolean, counts: Float64Array, window: number): string {
  if (recent === 0) return 'went silent'
  const before = counts.subarray(Math.max(0, counts.length - 3 * window), counts.length - window)
  if (isUp && before.every((x) => !(x > 0))) return 'woke up'
  return isUp ? 'rose' : 'fell'
}

/** An account far from what is expected of it: its place among those judged, its score, and the chance of it. */
interface Judged {
  readonly k: number
  readonly score: number
  readonly ofAccount: number
  /** Corrected for all accounts that are not named before it (Šidák, stepping down). */
  readonly pValue: number
}

/** The farthest account, and those behind it that hold by themselves, once the ones before are known to have changed. */
function judgeFarthest(accounts: AccountCounts, fitted: FittedAccounts): readonly Judged[] {
  const { place } = fitted
  const sorted = Array.from(place, (_, k) => ({ k, score: scoreOf(fitted, k) }))
    .filter(({ k }) => !isGone(accounts.counts[place[k]!]!, accounts.recent))
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score))
  const aside = new Set(sorted.slice(0, Math.min(asideMax, Math.floor(asideShare * place.length))).map(({ k }) => k))
  const judged: Judged[] = []
  for (const { k, score } of sorted.slice(0, namedMax)) {
    const known = gatherScores(fitted, k, aside)
    if (known.length < rankFrom) break
    const ofAccount = weighScore(known, Math.abs(score))
    const others = place.length - judged.length
    const pValue = Math.max(1e-300, -Math.expm1(others * Math.log1p(-Math.min(ofAccount, 1 - 1e-16))))
    if (judged.length > 0 && pValue > namedLevel) break
    judged.push({ k, score, ofAccount, pValue })
  }
  return judged
}

/** First place of what is told of an account. */
const findOnset = ({ counts, recent }: AccountCounts, index: number, observed: number): number =>
  observed === 0 ? findSilence(counts[index]!) : counts[index]!.length - recent

function nameAccount(accounts: AccountCounts, { place, count, expected }: FittedAccounts, { k }: Judged): Named {
  const index = place[k]!
  return {
    label: accounts.labels[index]!,
    observed: count[k]!,
    expected: expected[k]!,
    since: accounts.at[findOnset(accounts, index, count[k]!)] ?? '',
  }
}

function findObstacle(accounts: AccountCounts): string | undefined {
  const { counts, recent } = accounts
  if (counts.length < minimum) return `has ${counts.length} accounts; account_change needs ${minimum}`
  const periods = counts[0]!.length
  const least = (windowsMin + 1) * recent
  return periods < least
    ? `has ${periods} periods; ${recent} recent ones need ${least} for a history ${windowsMin} times as long`
    : undefined
}

function detect(accounts: AccountCounts): Verdict<'accounts'> {
  const obstacle = findObstacle(accounts)
  if (obstacle) return { status: 'untestable', reason: obstacle }
  const fitted = fitAccounts(accounts)
  const { place, events, count, expected, dispersion, young, dormant } = fitted
  if (place.length < minimum)
    return {
      status: 'untestable',
      reason: `${place.length} of ${accounts.counts.length} accounts have a history (${young} are new, ${dormant} never did anything); account_change needs ${minimum}`,
    }
  const total = events.reduce((sum, x) => sum + x, 0)
  if (total < eventsMin)
    return { status: 'untestable', reason: `only ${total} events; account_change needs ${eventsMin}` }
  const judged = judgeFarthest(accounts, fitted)
  const [farthest] = judged
  if (!farthest) return { status: 'untestable', reason: 'all accounts with a history went silent before' }
  const { k: worst, score, ofAccount, pValue } = farthest
  const isUp = score >= 0
  const index = place[worst]!
  const counts = accounts.counts[index]!
  const [observed, mean] = [count[worst]!, expected[worst]!]
  const error = Math.sqrt(1 / (observed + 0.5) + dispersion[worst]!)
  const width = halfWidth * Math.sqrt(1 / mean + dispersion[worst]!)
  const ratio = (observed + 0.5) / (mean + 0.5)
  const from = findOnset(accounts, index, observed)
  return {
    status: 'tested',
    pValue,
    direction: isUp ? 'up' : 'down',
    observed,
    expected: mean,
    low: mean * Math.exp(-width),
    high: mean * Math.exp(width),
    change: observed / mean - 1,
    effect: {
      measure: 'ratio to expected',
      value: ratio,
      low: ratio * Math.exp(-halfWidth * error),
      high: ratio * Math.exp(halfWidth * error),
    },
    sentence: {
      verb: chooseVerb(observed, isUp, counts, accounts.recent),
      subject: accounts.labels[index]!,
      comparedWith: 'its own history, and what all accounts did in the same time',
    },
    named: judged.map((one) => nameAccount(accounts, fitted, one)),
    details: {
      since: accounts.at[from] ?? '',
      from,
      score,
      p_of_account: ofAccount,
      accounts_judged: place.length,
      accounts_new: young,
      accounts_dormant: dormant,
      all_accounts: fitted.common,
      events_before: events[worst]!,
      windows_before: fitted.windows[worst]!,
      dispersion: dispersion[worst]!,
    },
  }
}

/** Does one account do much more or less than it used to? */
export const accountChange = defineDetector({
  name: 'account_change',
  shape: 'accounts',
  question: 'Did one account do much more or less lately than it used to, and not because all accounts did?',
  method:
    "Each account's events in the recent periods against its own last eight windows of the same length, times what all accounts did in the meantime (season, growth, an outage; a robust fit in which no large account speaks for all). The forecast is that of the Poisson–gamma model: negative binomial, with the doubt about the account's level (few events) and its own dispersion between windows, moderated by that of all. How far such forecasts fail for the other accounts, and failed in the windows of the past, gives the tails (so that where accounts leave all the time, one that leaves is nothing unusual), which fall no faster than a power of ten beyond the farthest of them; the farthest account is corrected for their number (Šidák), and those behind it are named while they hold at 5% by themselves, stepping down. Accounts that were silent for the whole window before, too, went then and are not told again; they count in the tails. Accounts younger than three windows are new, those without any event dormant: both are counted, neither is judged. Give it the count of one event by account and period, with zeros where an account did nothing, and nothing at all before it began; `recent` whole seasons, a week or four of days.",
  assumes: [
    'An account has a level of its own that lasts for some windows; what moves all accounts multiplies them.',
    'Windows follow each other without memory beyond what the other accounts show, too.',
  ],
  misleads: [
    'A batch import or a new integration is many events and no use.',
    'When more than a few accounts change at once, they are what is usual: look at the metric as a whole.',
  ],
  minimum,
  minimumOf: 'accounts with a history three times as long as the recent periods',
  options,
  detect,
})
