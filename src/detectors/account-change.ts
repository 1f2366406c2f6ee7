import { z } from 'zod'
import { weighTail } from '../stats/tail-mixture.ts'
import { defineDetector, type Verdict } from './detector.ts'
import { type FittedAccounts, type Forecasts, fitAccounts, windowsMin } from './peers/fit-accounts.ts'
import { learnFromOthers } from './peers/learn-from-others.ts'
import { scoreCount } from './peers/score-member.ts'
import { halfWidth } from './series/draw-band.ts'
import type { AccountCounts } from './shapes.ts'

const minimum = 8
/** Events in all accounts that can be judged. */
const eventsMin = 30
/** So many accounts like it are enough to learn its tails from. */
const comparableMin = 30

const options = z.object({})

/** Forecasts fail by a little more than what is seen from both sides in time. */
const doubt = 1.15
/** Beyond the farthest scores known, tails fall no faster than this power of the distance: so few windows cannot tell that they do. */
const powerMax = 6
/** The rank of the score from which tails are drawn on: two events of the past among the accounts do not hide the next. */
const rankFrom = 3
/** So many of the forecasts of the past are enough. */
const pastMax = 2000

/** How mostly a forecast's variance is the account's own ways, not the chance of single events. */
const shareOf = ({ expected, dispersion }: Forecasts, k: number): number =>
  (dispersion[k]! * expected[k]!) / (1 + dispersion[k]! * expected[k]!)

const scoreOf = ({ count, expected, dispersion }: Forecasts, k: number): number =>
  scoreCount(count[k]!, expected[k]!, dispersion[k]!)

/** Scores of forecasts that fail for the same reason as one with this share; all where there are too few. */
function scoreComparable(forecasts: Forecasts, share: number, without: number, most: number): Float64Array {
  const all = Array.from(forecasts.count, (_, k) => k).filter((k) => k !== without)
  const alike = all.filter((k) => shareOf(forecasts, k) >= 0.9 * share)
  const chosen = alike.length >= comparableMin ? alike : all
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
 * Scores that tell the tails: the other accounts' recent ones, and those of all windows of the past, which know what came after them, too, and are
 * widened to the size of the recent ones.
 */
function gatherScores(fitted: FittedAccounts, worst: number): Float64Array {
  const share = shareOf(fitted, worst)
  const recent = scoreComparable(fitted, share, worst, Number.POSITIVE_INFINITY)
  const past = scoreComparable(fitted.past, share, -1, pastMax)
  const widening = doubt * Math.max(1, measureSize(recent) / Math.max(1e-9, measureSize(past)))
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

function chooseVerb(recent: number, isUp: boolean, counts: Float64Array, window: number): string {
  if (recent === 0) return 'went silent'
  const before = counts.subarray(Math.max(0, counts.length - 3 * window), counts.length - window)
  if (isUp && before.every((x) => !(x > 0))) return 'woke up'
  return isUp ? 'rose' : 'fell'
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
  const scores = count.map((_, k) => scoreOf(fitted, k))
  const worst = scores.reduce((most, score, k) => (Math.abs(score) > Math.abs(scores[most]!) ? k : most), 0)
  const known = gatherScores(fitted, worst)
  const score = scores[worst]!
  const ofAccount = weighScore(known, Math.abs(score))
  const isUp = score >= 0
  const index = place[worst]!
  const counts = accounts.counts[index]!
  const [observed, mean] = [count[worst]!, expected[worst]!]
  const error = Math.sqrt(1 / (observed + 0.5) + dispersion[worst]!)
  const width = halfWidth * Math.sqrt(1 / mean + dispersion[worst]!)
  const ratio = (observed + 0.5) / (mean + 0.5)
  const from = observed === 0 ? findSilence(counts) : counts.length - accounts.recent
  return {
    status: 'tested',
    pValue: Math.max(1e-300, -Math.expm1(place.length * Math.log1p(-Math.min(ofAccount, 1 - 1e-16)))),
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
    "Each account's events in the recent periods against its own last eight windows of the same length, times what all accounts did in the meantime (season, growth, an outage; a robust fit in which no large account speaks for all). The forecast is that of the Poisson–gamma model: negative binomial, with the doubt about the account's level (few events) and its own dispersion between windows, moderated by that of all. How far forecasts fail for the other accounts, and for every window of the past by the others, gives the tails, which fall no faster than a power of six beyond the farthest of them; the farthest account is corrected for their number (Šidák). Accounts younger than three windows are new, those without any event dormant: both are counted, neither is judged. Give it the count of one event by account and period, with zeros where an account did nothing and nothing (NaN) before it began; `recent` whole seasons, a week or four of days.",
  assumes: [
    'An account has a level of its own that lasts for some windows; what moves all accounts multiplies them.',
    'Windows follow each other without memory beyond what the other accounts show, too.',
  ],
  misleads: [
    'An account that went silent long ago is told as silent now: look at `since`.',
    'A batch import or a new integration is many events and no use.',
    'When more than a few accounts change at once, they are what is usual: look at the metric as a whole.',
  ],
  minimum,
  minimumOf: 'accounts with a history three times as long as the recent periods',
  options,
  detect,
})
