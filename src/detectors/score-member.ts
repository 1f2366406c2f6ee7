import { betaBinomial } from '../stats/beta-binomial.ts'
import { negativeBinomial } from '../stats/negative-binomial.ts'
import { normal } from '../stats/normal.ts'
import { type Moments, type Peers, readMoments } from './fit-peers.ts'
import type { Members } from './members.ts'

/** Events from which a member's chance is taken as normal on the scale of ratios and odds. */
const normalFrom = 60

/** Normal score of the smaller tail without its sign. */
const fromTail = (tail: number): number =>
  Math.max(0, tail < 1e-300 ? 37 : -normal.quantile(Math.min(0.5, Math.max(tail, 1e-300))))

/** Exact tail with half of the point itself (mid-p): negative binomial for counts, beta-binomial for shares. */
function measureTail({ tails, value, weight }: Members, k: number, mean: number, between: number): number {
  const [x, trials] = [value[k]!, weight[k]!]
  const side = x >= mean ? 'upperTail' : 'lowerTail'
  if (tails === 'counted') return negativeBinomial[side](x, mean, between) - negativeBinomial.mass(x, mean, between) / 2
  const chance = mean / trials
  const correlation = Math.min(0.95, between * chance * (1 - chance))
  return betaBinomial[side](x, trials, chance, correlation) - betaBinomial.mass(x, trials, chance, correlation) / 2
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
  const rest = tails === 'counted' ? Number.POSITIVE_INFINITY : weight[k]!
  const odds = (events: number) =>
    Math.log(events + 0.5) - (tails === 'counted' ? 0 : Math.log(weight[k]! - events + 0.5))
  const own = 1 / Math.max(x, mean) + (tails === 'counted' ? 0 : 1 / Math.max(rest - x, rest - mean))
  const distance = (odds(x) - odds(mean)) / Math.sqrt(between + own)
  if (Math.min(x, mean, rest - x, rest - mean) >= normalFrom) return distance
  const exact = fromTail(measureTail(members, k, mean, between))
  return (x >= mean ? 1 : -1) * Math.min(exact, Math.abs(distance))
}
