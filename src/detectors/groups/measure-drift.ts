import { chiSquare } from '../../stats/chi-square.ts'
import { testIndependence } from '../../stats/chi-square-test.ts'
import { testKolmogorovSmirnov } from '../../stats/kolmogorov-smirnov.ts'
import { createRandom } from '../../stats/random.ts'
import type { TwoSamples } from '../shapes.ts'
import { type CodedRows, codeRows } from './code-rows.ts'
import { measureAlikeness } from './measure-alikeness.ts'
import { type Distance, permutePieces } from './permute-pieces.ts'
import { tallySamples } from './tally-samples.ts'

export interface DriftMeasure extends Omit<Distance, 'permutations'> {
  readonly rows: CodedRows
  readonly method: string
  /** Variance of a share over that of single rows. */
  readonly designEffect: number
}

/** The same permutations on every run: a verdict can be had again. */
const seed = 20_261_126

/** Kolmogorov's 95% point: distances of two samples stay below it times √(1/m + 1/n). */
const kolmogorov95 = 1.3581

/** The x with a chi-square tail of 5%. */
function findChiSquare95(df: number): number {
  let [low, high] = [0, 10 + 4 * df]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (chiSquare.upperTail(middle, df) > 0.05) low = middle
    else high = middle
  }
  return high
}

const countShares = (codes: Int32Array, columns: number): Float64Array => {
  const shares = new Float64Array(columns)
  for (const column of codes) shares[column]! += 1 / codes.length
  return shares
}

/** Rows that are units of their own: the tests of the books. */
function measureSingle({ first, second }: TwoSamples, rows: CodedRows): DriftMeasure {
  const columns = rows.labels.length
  const [m, n] = [rows.codes[0].length, rows.codes[1].length]
  const shares = [countShares(rows.codes[0], columns), countShares(rows.codes[1], columns)] as const
  if (rows.isOrdered) {
    const { statistic, pValue, method } = testKolmogorovSmirnov(
      first.values as Float64Array,
      second.values as Float64Array,
    )
    const range = kolmogorov95 * Math.sqrt(1 / m + 1 / n)
    return { rows, shares, value: statistic, range, pValue, method: `Kolmogorov–Smirnov, ${method}`, designEffect: 1 }
  }
  const table = new Float64Array(2 * columns)
  rows.codes.forEach((codes, sample) => {
    for (const column of codes) table[sample * columns + column]! += 1
  })
  const { pValue, cramersV, df } = testIndependence(table, columns)
  const range = Math.sqrt(findChiSquare95(Math.max(1, df)) / (m + n))
  return { rows, shares, value: cramersV, range, pValue, method: 'chi-square', designEffect: 1 }
}

/** Whether some unit has several rows, in one sample or in both together. */
function hasRepeated({ first, second }: TwoSamples): boolean {
  const seen = new Set<number>()
  for (const { units } of [first, second]) {
    for (const unit of units ?? []) {
      if (seen.has(unit)) return true
      seen.add(unit)
    }
  }
  return false
}

/** How far two samples are apart, and how sure that is; units that have several rows are kept whole. */
export function measureDrift(samples: TwoSamples): DriftMeasure {
  const rows = codeRows(samples)
  if (!hasRepeated(samples)) return measureSingle(samples, rows)
  const tally = tallySamples(samples, rows)
  const alikeness = measureAlikeness(tally)
  const { permutations, ...distance } = permutePieces(tally, alikeness, createRandom(seed))
  const total = tally.rows.reduce((sum, number) => sum + number, 0)
  const typical = tally.rows.reduce((sum, number) => sum + number * number, 0) / total
  return {
    ...distance,
    rows,
    method: `${rows.isOrdered ? 'Kolmogorov–Smirnov' : 'chi-square'}, ${permutations} permutations of accounts`,
    designEffect: 1 + (typical - 1) * alikeness,
  }
}
