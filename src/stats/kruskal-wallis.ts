import { chiSquare } from './chi-square.ts'
import { rank } from './rank.ts'

/**
 * The test of Kruskal and Wallis (1952): does one of the groups tend to larger values? By mid-ranks, corrected for ties;
 * the chi-square distribution is good from about five values a group. Empty groups do not count; without two others, or
 * with all values equal, it gives 1.
 */
export function testRanksOfGroups(groups: readonly Float64Array[]) {
  const filled = groups.filter(({ length }) => length > 0)
  const count = filled.reduce((sum, { length }) => sum + length, 0)
  const pooled = new Float64Array(count)
  let place = 0
  for (const group of filled) {
    pooled.set(group, place)
    place += group.length
  }
  const { ranks, ties } = rank(pooled)
  const df = filled.length - 1
  const correction = 1 - ties / (count ** 3 - count)
  if (df < 1 || !(correction > 0)) return { statistic: 0, df: Math.max(0, df), pValue: 1 }
  let sum = 0
  place = 0
  for (const { length } of filled) {
    let ofGroup = 0
    for (let i = place; i < place + length; i++) ofGroup += ranks[i]! - (count + 1) / 2
    sum += ofGroup ** 2 / length
    place += length
  }
  const statistic = (12 * sum) / (count * (count + 1)) / correction
  return { statistic, df, pValue: chiSquare.upperTail(statistic, df) }
}
