import type { CensoredTimes } from './kaplan-meier.ts'
import { normal } from './normal.ts'

export interface LogRank {
  /** Events in the first group, and how many there would be if both had the same hazard. */
  readonly observed: number
  readonly expected: number
  /** Hypergeometric variance of their difference. */
  readonly variance: number
  /** Two-sided. */
  readonly pValue: number
  /** First group's hazard against the second's (Peto's one-step estimate), with its 95% interval. */
  readonly hazardRatio: number
  readonly low: number
  readonly high: number
}

/**
 * The log-rank test (Mantel 1966, Peto and Peto 1972): does it happen sooner in one group? Most sensitive when one hazard is
 * a constant multiple of the other; blind to curves that cross. Peto's ratio is close for ratios up to about 3, and drawn
 * towards 1 beyond. Members must be independent: one an account. Without events in common risk it gives 1. By the normal
 * distribution, which is a little too sure of small groups (5.5% instead of 5% at 15 members against 30): where it matters
 * let `testByPermutation` judge `observed` less `expected`.
 */
export function testLogRank(first: CensoredTimes, second: CensoredTimes): LogRank {
  const one = sortTimes(first)
  const two = sortTimes(second)
  let [observed, expected, variance] = [0, 0, 0]
  const [m, n] = [one.all.length, two.all.length]
  for (let i = 0, j = 0, a = 0, b = 0; i < one.events.length || j < two.events.length; ) {
    const time = Math.min(one.events[i] ?? Infinity, two.events[j] ?? Infinity)
    while (a < m && one.all[a]! < time) a++
    while (b < n && two.all[b]! < time) b++
    const [i0, j0] = [i, j]
    while (one.events[i] === time) i++
    while (two.events[j] === time) j++
    const risk = m - a + n - b
    const events = i - i0 + j - j0
    const share = (m - a) / risk
    observed += i - i0
    expected += events * share
    if (risk > 1) variance += (events * share * (1 - share) * (risk - events)) / (risk - 1)
  }
  if (!(variance > 0)) return { observed, expected, variance, pValue: 1, hazardRatio: 1, low: 0, high: Infinity }
  const root = Math.sqrt(variance)
  const [logRatio, margin] = [(observed - expected) / variance, -normal.quantile(0.025) / root]
  return {
    observed,
    expected,
    variance,
    pValue: Math.min(1, 2 * normal.upperTail(Math.abs(observed - expected) / root)),
    hazardRatio: Math.exp(logRatio),
    low: Math.exp(logRatio - margin),
    high: Math.exp(logRatio + margin),
  }
}

const sortTimes = ({ time, happened }: CensoredTimes) => ({
  all: time.slice().sort(),
  events: time.filter((_, at) => happened[at] === 1).sort(),
})
