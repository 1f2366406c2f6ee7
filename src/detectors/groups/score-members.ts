import type { Members } from './group-members.ts'

/** What each member adds to the log-rank statistic, when all have the same hazard. Arrays have an entry a member. */
export interface MemberScores {
  /** Share of the second group among those at risk when it happened to the member, taken from what it is itself; 0 where it did not. */
  readonly seen: Float64Array
  /** What was to be expected of that until the member was last seen. */
  readonly compensator: Float64Array
  /** Variance of the difference of both. */
  readonly variance: Float64Array
  /** Hazard the member has lived through: its expected number of events. */
  readonly hazard: Float64Array
  /** The weighted risk table, an entry a time at which it happened: events, those of the second group, at risk in either group. */
  readonly table: readonly RiskRow[]
}

export interface RiskRow {
  readonly events: number
  readonly second: number
  readonly firstAtRisk: number
  readonly secondAtRisk: number
}

/** One pass over the members in order of time; `weight` is that of each unit. */
export function scoreMembers(members: Members, weight: Float64Array): MemberScores {
  const { size, time, happened, group, unit } = members
  const [seen, compensator, variance, hazard] = [
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
    new Float64Array(size),
  ]
  const atRisk = [0, 0]
  for (let at = 0; at < size; at++) atRisk[group[at]!]! += weight[unit[at]!]!
  const table: RiskRow[] = []
  const drift = [0, 0]
  const spread = [0, 0]
  let total = 0
  for (let from = 0; from < size; ) {
    let to = from
    let [events, second, count] = [0, 0, 0]
    while (to < size && time[to] === time[from]) {
      if (happened[to] === 1) {
        const own = weight[unit[to]!]!
        events += own
        count++
        if (group[to] === 1) second += own
      }
      to++
    }
    const risk = atRisk[0]! + atRisk[1]!
    const share = risk > 0 ? atRisk[1]! / risk : 0
    if (count > 0) {
      const step = events / risk
      const left = size - from
      // events at one time take from each other: the variance is hypergeometric
      const ties = left > 1 ? (left - count) / (left - 1) : 0
      total += step
      drift[0]! -= share * step
      drift[1]! += (1 - share) * step
      spread[0]! += share ** 2 * step * ties
      spread[1]! += (1 - share) ** 2 * step * ties
      table.push({ events, second, firstAtRisk: atRisk[0]!, secondAtRisk: atRisk[1]! })
    }
    for (let at = from; at < to; at++) {
      const own = group[at]!
      seen[at] = happened[at] === 1 ? own - share : 0
      compensator[at] = drift[own]!
      variance[at] = spread[own]!
      hazard[at] = total
      atRisk[own]! -= weight[unit[at]!]!
    }
    from = to
  }
  return { seen, compensator, variance, hazard, table }
}
