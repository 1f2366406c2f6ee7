import { type Anova, analyseVariance } from './anova.ts'
import { median } from './median.ts'

/**
 * The test of Brown and Forsythe (1974): have the groups the same spread? An analysis of variance of distances from each
 * group's median, so that heavy tails and skewness do not pass for a difference in spread, as they do for Bartlett's. As
 * SciPy's `levene` with its default center. Values must be independent: one an account.
 */
export const testSpread = (groups: readonly Float64Array[]): Anova =>
  analyseVariance(
    groups.map((values) => {
      const center = median(values)
      return values.map((value) => Math.abs(value - center))
    }),
  )
