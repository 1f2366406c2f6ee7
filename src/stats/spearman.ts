import { type Correlation, correlate, judgeCorrelation } from './pearson.ts'
import { rank } from './rank.ts'

/**
 * Spearman's rank correlation: Pearson's of mid-ranks, for any monotone relation and with outliers. p-value by Student's t,
 * as SciPy's `spearmanr` (rough below ten pairs); interval by Fisher's transformation with the variance of Bonett and
 * Wright (2000).
 */
export function correlateRanks(x: Float64Array, y: Float64Array): Correlation {
  const { value } = correlate(rank(x).ranks, rank(y).ranks)
  if (Number.isNaN(value)) return { value, low: -1, high: 1, pValue: 1 }
  return judgeCorrelation(value, x.length, 1 + value ** 2 / 2)
}
