import { normal } from './normal.ts'
import { rank } from './rank.ts'

/** Differences up to which all signs are counted out. */
const exactMax = 100

export interface Wilcoxon {
  /** Sum of the ranks of differences above 0. */
  readonly statistic: number
  /** Two-sided: twice the smaller tail. */
  readonly pValue: number
  readonly method: 'exact' | 'normal'
}

/**
 * Wilcoxon's signed rank test of finite differences (1945): are they centred on 0? Zeros are left out. Up to 100 the signs
 * are counted out, ties included; beyond, the normal distribution with tie and continuity corrections. Differences must be
 * independent: one an account.
 */
export function testSignedRanks(differences: Float64Array): Wilcoxon {
  const nonzero = differences.filter((difference) => difference !== 0)
  const count = nonzero.length
  if (count === 0) return { statistic: 0, pValue: 1, method: 'exact' }
  const { ranks, ties } = rank(nonzero.map(Math.abs))
  let statistic = 0
  for (let i = 0; i < count; i++) if (nonzero[i]! > 0) statistic += ranks[i]!
  if (count <= exactMax) return { statistic, pValue: weighSigns(ranks, statistic), method: 'exact' }
  const variance = (count * (count + 1) * (2 * count + 1)) / 24 - ties / 48
  const distance = Math.max(0, Math.abs(statistic - (count * (count + 1)) / 4) - 0.5)
  return { statistic, pValue: Math.min(1, 2 * normal.upperTail(distance / Math.sqrt(variance))), method: 'normal' }
}

/** Twice the smaller tail of the sum of those ranks that get a plus, over all signs. */
function weighSigns(ranks: Float64Array, statistic: number): number {
  const doubled = Int32Array.from(ranks, (value) => Math.round(2 * value))
  const shares = new Float64Array(doubled.reduce((total, value) => total + value, 0) + 1)
  shares[0] = 1
  let reach = 0
  for (const value of doubled) {
    reach += value
    for (let sum = reach; sum >= 0; sum--)
      shares[sum] = 0.5 * (shares[sum]! + (sum >= value ? shares[sum - value]! : 0))
  }
  const at = Math.round(2 * statistic)
  let [below, above] = [0, 0]
  shares.forEach((share, sum) => {
    if (sum <= at) below += share
    if (sum >= at) above += share
  })
  return Math.min(1, 2 * Math.min(below, above))
}
