import { hypergeometric } from './hypergeometric.ts'
import type { TwoByTwo } from './mantel-haenszel.ts'
import { normal } from './normal.ts'

/** Widest distribution that is counted out; wider ones are normal enough. */
const widthMax = 3000

export interface ExactStrata {
  /** Two-sided: twice the smaller tail. */
  readonly pValue: number
  readonly method: 'exact' | 'normal'
}

/**
 * The exact conditional test of two by two tables over strata (as R's `mantelhaen.test(exact = TRUE)`; Mehta, Patel and Gray 1985):
 * given the margins of each table, how unusual is the number of exposed with the outcome over all? The distribution is that of a sum
 * of hypergeometric counts, found by folding one into the other. Sums that could take more than 3,000 values are judged by the normal
 * distribution with a continuity correction. One table is Fisher's test. Members must be independent: one an account.
 */
export function testStrataExactly(strata: readonly TwoByTwo[]): ExactStrata {
  let [observed, mean, variance, width] = [0, 0, 0, 1]
  const parts: { readonly low: number; readonly mass: Float64Array }[] = []
  for (const { exposedWith: a, exposedWithout: b, otherWith: c, otherWithout: d } of strata) {
    const [exposed, others, withOutcome, total] = [a + b, c + d, a + c, a + b + c + d]
    const [low, high] = [Math.max(0, withOutcome - others), Math.min(exposed, withOutcome)]
    if (high === low) continue
    observed += a - low
    mean += (exposed * withOutcome) / total - low
    variance += (exposed * others * withOutcome * (b + d)) / (total * total * (total - 1))
    width += high - low
    if (width > widthMax) continue
    const mass = Float64Array.from({ length: high - low + 1 }, (_, at) =>
      hypergeometric.mass(low + at, exposed, others, withOutcome),
    )
    parts.push({ low, mass })
  }
  if (!(variance > 0)) return { pValue: 1, method: 'exact' }
  if (width > widthMax) {
    const distance = Math.max(0, Math.abs(observed - mean) - 0.5) / Math.sqrt(variance)
    return { pValue: Math.max(1e-300, Math.min(1, 2 * normal.upperTail(distance))), method: 'normal' }
  }
  const sum = parts.reduce<Float64Array>((all, { mass }) => fold(all, mass), Float64Array.of(1))
  let [below, above] = [0, 0]
  for (let at = 0; at <= observed; at++) below += sum[at]!
  for (let at = sum.length - 1; at >= observed; at--) above += sum[at]!
  return { pValue: Math.max(1e-300, Math.min(1, 2 * Math.min(below, above))), method: 'exact' }
}

/** The distribution of the sum of two independent counts. */
function fold(first: Float64Array, second: Float64Array): Float64Array {
  const sum = new Float64Array(first.length + second.length - 1)
  for (let i = 0; i < first.length; i++) {
    const mass = first[i]!
    if (mass === 0) continue
    for (let j = 0; j < second.length; j++) sum[i + j]! += mass * second[j]!
  }
  return sum
}
