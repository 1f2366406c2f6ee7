/**
 * A p-value by shuffling, which stops early where nothing is to be found (Besag and Clifford 1991): `measure` gives the
 * statistic of one random arrangement under "nothing happened", drawn anew at each call; large ones tell. Stops when `hits`
 * arrangements reach `observed` (the p-value is then hits / draws), else after `drawsMax` ((reached + 1) / (draws + 1)).
 * Valid at every level however early it stops; about `hits` / p arrangements are drawn. Never 0. NaN counts as reached.
 */
export function testByPermutation(
  observed: number,
  measure: () => number,
  { hits = 20, drawsMax = 9999 }: { readonly hits?: number; readonly drawsMax?: number } = {},
): { readonly pValue: number; readonly draws: number } {
  let reached = 0
  for (let draws = 1; draws <= drawsMax; draws++) {
    // rounding must not tell equal arrangements apart
    if (!(measure() < observed - 1e-12 * Math.abs(observed))) reached++
    if (reached === hits) return { pValue: hits / draws, draws }
  }
  return { pValue: (reached + 1) / (drawsMax + 1), draws: drawsMax }
}
