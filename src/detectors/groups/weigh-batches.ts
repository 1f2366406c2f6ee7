import { studentT } from '../../stats/student-t.ts'
import type { Conversion } from '../shapes.ts'

/** How much more a share varies for what differs from one stretch of time to the next. */
export interface BatchSpread {
  /** Factor on the variance of the difference, 1 and up. */
  readonly factor: number
  /** Degrees of freedom that it was measured with. */
  readonly freedom: number
}

/** Fewest stretches that tell how much they differ. */
const batchesMin = 8

/**
 * The dispersion of the shares of stretches of time around their common one (Pearson's chi-squared over its degrees of freedom, quasi-likelihood, Wedderburn
 * 1974), as far as it goes beyond that of strangers, on top of the design effect that units have. Undefined of too few stretches.
 */
export function measureBatches(batches: readonly Conversion[], designEffect: number): BatchSpread | undefined {
  const known = batches.filter(({ entered }) => entered > 0)
  const entered = known.reduce((sum, one) => sum + one.entered, 0)
  const share = known.reduce((sum, one) => sum + one.converted, 0) / entered
  if (known.length < batchesMin || !(share > 0 && share < 1)) return undefined
  const chiSquared = known.reduce(
    (sum, one) => sum + (one.converted - one.entered * share) ** 2 / (one.entered * share * (1 - share)),
    0,
  )
  const freedom = known.length - 1
  const strangers = Math.max(1, designEffect)
  return { factor: (strangers + Math.max(0, chiSquared / freedom - 1)) / strangers, freedom }
}

/** A two-sided p-value of a t test whose variance was `factor` times too small. */
export function weakenPValue(pValue: number, freedom: number, spread: BatchSpread): number {
  if (pValue >= 1) return 1
  const score = -studentT.quantile(pValue / 2, freedom) / Math.sqrt(spread.factor)
  return Math.min(1, Math.max(1e-300, pValue, 2 * studentT.upperTail(score, Math.min(freedom, spread.freedom))))
}
