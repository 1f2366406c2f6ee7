import { f } from './f.ts'
import { mean, sumSquares } from './moments.ts'

export interface Anova {
  readonly statistic: number
  readonly dfBetween: number
  readonly dfWithin: number
  readonly pValue: number
  /** Share of the variance between groups, less what chance alone gives (ω², Hays 1963); may be slightly below 0. */
  readonly omegaSquared: number
}

const untested: Anova = { statistic: 0, dfBetween: 0, dfWithin: 0, pValue: 1, omegaSquared: 0 }

/**
 * One-way analysis of variance (Fisher 1925): have the groups the same mean? For equal spreads; of unequal ones `testWelch`
 * knows. Empty groups do not count. Without two groups, without a value more than groups, or with all values equal it gives
 * 1.
 */
export function analyseVariance(groups: readonly Float64Array[]): Anova {
  // counted from one of the values, so that those far from 0 keep their digits
  const origin = groups.find(({ length }) => length > 0)?.[0] ?? 0
  const filled = groups.filter(({ length }) => length > 0).map((group) => group.map((value) => value - origin))
  const count = filled.reduce((sum, { length }) => sum + length, 0)
  const [dfBetween, dfWithin] = [filled.length - 1, count - filled.length]
  if (dfBetween < 1 || dfWithin < 1) return untested
  const means = filled.map((group) => mean(group))
  const overall = filled.reduce((sum, group, at) => sum + group.length * means[at]!, 0) / count
  const between = filled.reduce((sum, group, at) => sum + group.length * (means[at]! - overall) ** 2, 0)
  const within = filled.reduce((sum, group, at) => sum + sumSquares(group, means[at]!), 0)
  if (between === 0) return { ...untested, dfBetween, dfWithin }
  const spread = within / dfWithin
  const statistic = between / dfBetween / spread
  return {
    statistic,
    dfBetween,
    dfWithin,
    pValue: within === 0 ? 0 : f.upperTail(statistic, dfBetween, dfWithin),
    omegaSquared: (between - dfBetween * spread) / (between + within + spread),
  }
}
