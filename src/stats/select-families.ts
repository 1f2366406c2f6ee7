import { adjustPValues } from './benjamini-hochberg.ts'
import { combineBySimes } from './simes.ts'

export interface SelectedFamilies {
  /** Places of the families in which something happens, in order. */
  readonly selected: readonly number[]
  /** Family p-values (Simes). */
  readonly pValues: Float64Array
  /** The rate within selected families: selected share × asked rate. */
  readonly rateWithin: number
  /** For each family, the q-value of each of its tests; of selected families those at most `rateWithin` are discoveries. */
  readonly qValues: readonly Float64Array[]
}

/**
 * Families of tests on two levels (Benjamini and Bogomolov 2014): first those families in which something happens, by their
 * Simes p-values and the procedure of Benjamini and Hochberg at `rate`; then the tests within each of them, at the rate ×
 * share of families selected. The expected share of false discoveries, averaged over the selected families, is at most
 * `rate`: a reader who opens one family after another is promised the same in each, which one pool of all tests does not.
 * For independent or positively dependent tests. Empty families are never selected.
 */
export function selectFamilies(families: readonly Float64Array[], rate: number): SelectedFamilies {
  const pValues = Float64Array.from(families, (family) => (family.length === 0 ? 1 : combineBySimes(family)))
  const adjusted = adjustPValues(pValues)
  const selected = families.flatMap(({ length }, at) => (length > 0 && adjusted[at]! <= rate ? [at] : []))
  return {
    selected,
    pValues,
    rateWithin: (rate * selected.length) / Math.max(1, families.length),
    qValues: families.map((family) => adjustPValues(family)),
  }
}
