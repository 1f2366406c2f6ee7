import { adjustPValues } from './benjamini-hochberg.ts'

/**
 * q-values of Benjamini and Yekutieli (2001), which hold whatever the tests have to do with each other: those of Benjamini
 * and Hochberg times 1 + 1/2 + … + 1/m. As `p.adjust(p, "BY")` in R.
 */
export function adjustUnderDependence(pValues: Float64Array): Float64Array {
  let harmonic = 0
  for (let k = 1; k <= pValues.length; k++) harmonic += 1 / k
  return adjustPValues(pValues).map((q) => Math.min(1, q * harmonic))
}
