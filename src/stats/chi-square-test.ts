import { chiSquare } from './chi-square.ts'

export interface Independence {
  readonly statistic: number
  readonly df: number
  readonly pValue: number
  /** 0 none, 1 complete association. */
  readonly cramersV: number
  /** The same less what chance alone gives (Bergsma 2013): near 0 without association, however small the table's counts. */
  readonly correctedV: number
  /** Smallest expected count: below about 1 the p-value is rough (Cochran 1954). */
  readonly expectedLeast: number
}

/**
 * Pearson's chi-square test of a table of counts, row after row: do rows and columns have nothing to do with each other?
 * Without a continuity correction. Rows and columns of zeros do not count; a table with fewer than two others gives 1 and a
 * `df` of 0. Each count must be of independent members: one an account.
 */
export function testIndependence(table: Float64Array, columns: number): Independence {
  const rows = table.length / columns
  const byRow = new Float64Array(rows)
  const byColumn = new Float64Array(columns)
  let total = 0
  for (let at = 0; at < table.length; at++) {
    byRow[Math.floor(at / columns)]! += table[at]!
    byColumn[at % columns]! += table[at]!
    total += table[at]!
  }
  const [r, c] = [countPositive(byRow), countPositive(byColumn)]
  const df = Math.max(0, (r - 1) * (c - 1))
  if (df === 0) return { statistic: 0, df, pValue: 1, cramersV: 0, correctedV: 0, expectedLeast: Number.NaN }
  let statistic = 0
  let expectedLeast = Infinity
  for (let at = 0; at < table.length; at++) {
    const expected = (byRow[Math.floor(at / columns)]! * byColumn[at % columns]!) / total
    if (expected === 0) continue
    expectedLeast = Math.min(expectedLeast, expected)
    statistic += (table[at]! - expected) ** 2 / expected
  }
  const share = statistic / total
  const [rowsLeft, columnsLeft] = [r - (r - 1) ** 2 / (total - 1), c - (c - 1) ** 2 / (total - 1)]
  const possible = Math.min(rowsLeft, columnsLeft) - 1
  return {
    statistic,
    df,
    pValue: chiSquare.upperTail(statistic, df),
    cramersV: Math.min(1, Math.sqrt(share / Math.min(r - 1, c - 1))),
    correctedV: possible > 0 ? Math.min(1, Math.sqrt(Math.max(0, share - df / (total - 1)) / possible)) : 0,
    expectedLeast,
  }
}

const countPositive = (sums: Float64Array): number => sums.reduce((count, sum) => count + Number(sum > 0), 0)
