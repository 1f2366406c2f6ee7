/**
 * p-values of Holm (1979): the smallest chance of even one false alarm in the family at which each test would be called,
 * whatever the tests have to do with each other. For few, dear decisions; where some false alarms are bearable use
 * q-values. As `p.adjust(p, "holm")` in R.
 */
export function adjustByHolm(pValues: Float64Array): Float64Array {
  const count = pValues.length
  const order = Uint32Array.from(pValues, (_, at) => at).sort((a, b) => pValues[a]! - pValues[b]!)
  const adjusted = new Float64Array(count)
  let most = 0
  order.forEach((at, place) => {
    most = Math.max(most, Math.min(1, pValues[at]! * (count - place)))
    adjusted[at] = most
  })
  return adjusted
}
