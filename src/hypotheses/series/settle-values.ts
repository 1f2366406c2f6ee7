import { roundTo } from '../../base/round.ts'

/**
 * Digits that a warehouse's sum of floating-point numbers is good for. Of a double's 16 the last ones depend on the order in which it
 * happened to add its rows.
 */
const digits = 12

/**
 * Measured values without the digits that depend on the order of rows: the same data in another order give the same numbers. What is behind a rate or
 * mean (`weights`) is settled as well, and the mean by its sum: a sum of amounts with two decimals has an exact form to come back to, their mean
 * has none.
 */
export function settleValues(
  values: Float64Array,
  weights: Float64Array | undefined,
): { readonly values: Float64Array; readonly weights: Float64Array | undefined } {
  const settled = weights?.map((weight) => roundTo(weight, digits))
  return {
    values: values.map((value, at) => {
      const weight = settled?.[at] ?? 1
      if (Number.isInteger(value) || !(weight > 0)) return roundTo(value, digits)
      return roundTo(value * weight, digits) / weight
    }),
    weights: settled,
  }
}
