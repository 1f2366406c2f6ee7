/**
 * q-values of Benjamini and Hochberg (1995): the smallest false-discovery rate at which each test would be called, min over j ≥ i
 * of m p(j) / j, in the order of `pValues`. Holds for independent and positively dependent tests. Every test of the family must
 * be in it. As `p.adjust(p, "BH")` in R.
 */
export function adjustPValues(pValues: Float64Array): Float64Array {
  const count = pValues.length
  const order = Uint32Array.from(pValues, (_, at) => at).sort((a, b) => pValues[b]! - pValues[a]!)
  const adjusted = new Float64Array(count)
  let least = 1
  order.forEach((at, place) => {
    least = Math.min(least, (pValues[at]! * count) / (count - place))
    adjusted[at] = least
  })
  return adjusted
}
