import { quantileOfSorted } from '../../stats/quantile.ts'
import type { Conversion, OneSample } from '../shapes.ts'
import { type BatchSpread, measureBatches } from './weigh-batches.ts'

/** Shares of the values below which it is counted how many rows of each stretch are. */
const shares = [0.1, 0.25, 0.5, 0.75, 0.9] as const

/**
 * How much more the distribution of a sample's values varies for what differs from one stretch of time to the next: the mean over some thresholds of the dispersion of
 * the shares below them. Undefined where the stretches are not known, or too few.
 */
export function measureSpreadOverTime({ values, batches }: OneSample, designEffect: number): BatchSpread | undefined {
  if (!batches || !(values instanceof Float64Array)) return undefined
  const sorted = Float64Array.from(values).sort()
  const spreads = shares.flatMap((share) => {
    const edge = quantileOfSorted(sorted, share)
    const stretches = new Map<number, { entered: number; converted: number }>()
    values.forEach((value, at) => {
      const known = stretches.get(batches[at]!) ?? { entered: 0, converted: 0 }
      known.entered += 1
      if (value <= edge) known.converted += 1
      stretches.set(batches[at]!, known)
    })
    const counted: readonly Conversion[] = [...stretches.values()]
    return measureBatches(counted, designEffect) ?? []
  })
  const [first] = spreads
  if (!first) return undefined
  return { factor: spreads.reduce((sum, { factor }) => sum + factor, 0) / spreads.length, freedom: first.freedom }
}
