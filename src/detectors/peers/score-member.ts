import { betaBinomial } from '../../stats/beta-binomial.ts'
import { negativeBinomial } from '../../stats/negative-binomial.ts'
import { normal } from '../../stats/normal.ts'
import { type Moments, type Peers, readMoments } from './fit-peers.ts'
import type { Members } from './members.ts'

/** Events from which a member's chance is taken as normal on the scale of ratios and odds. */
const normalFrom = 60

/** Normal score of the smaller tail without its sign. */
const fromTail = (tail: number): number =>
  Math.max(0, tail < 1e-300 ? 37 : -normal.quantile(Math.min(0.5, Math.max(tail, 1e-300))))

/** How far a count is from its mean, as a normal score, where its mean may be off by the variance `between` of its logarithm (see `scoreMember`). */
export function scoreCount(count: number, mean: number, between: number): number {
  const distance = Math.log((count + 0.5) / (mean + 0.5)) / Math.sqrt(between + 1 / Math.max(count, mean))
  if (Math.min(count, mean) >= normalFrom) return distance
  const side = count >= mean ? 'upperTail' : 'lowerTail'
  const exact = fromTail(negativeBinomial[side](count, mean, between) - negativeBinomial.mass(count, mean, between) / 2)
  return (count >= mean ? 1 : -1) * Math.min(exact, Math.abs(distance))
}

/** Exact beta-binomial tail with half of the point itself (mid-p). */
function measureTail(successes: number, trials: number, mean: number, between: number): number {
  const side = successes >= mean ? 'upperTail' : 'lowerTail'
  const chance = mean / trials
  const correlation = Math.min(0.95, between * chance * (1 - chance))
  return (
    betaBinomial[side](successes, trials, chance, correlation) -
    betaBinomial.mass(successes, trials, chance, correlation) / 2
  )
}

/**
 * How far member k is from its peers, as a normal score. Doubt about the centre counts as a difference between members. Counts and shares
 * are as far as their exact tails say (so that small members do not stick out), but no farther than on the scale of ratios and
 * odds, on which members differ: a gamma distribution's tail is too light for those that differ a lot.
 */
export function scoreMember(members: Members, k: number, peers: Peers): number {
  const { tails, value, weight } = members
  const moments: Moments = { mean: 0, deviation: 1, slope: 1 }
  const between = peers.between + peers.centerVariance
  readMoments(members, k, peers.center, between, peers.ofRow, moments)
  const { mean, deviation } = moments
  const x = value[k]!
  if (tails === 'measured') return (x - mean) / deviation
  if (tails === 'counted') return scoreCount(x, mean, between)
  const trials = weight[k]!
  const odds = (events: number) => Math.log((events + 0.5) / (trials - events + 0.5))
  const own = 1 / Math.max(x, mean) + 1 / Math.max(trials - x, trials - mean)
  const distance = (odds(x) - odds(mean)) / Math.sqrt(between + own)
  if (Math.min(x, mean, trials - x, trials - mean) >= normalFrom) return distance
  const exact = fromTail(measureTail(x, trials, mean, between))
  return (x >= mean ? 1 : -1) * Math.min(exact, Math.abs(distance))
}
