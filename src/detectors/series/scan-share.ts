import { hypergeometric } from '../../stats/hypergeometric.ts'
import { studentT } from '../../stats/student-t.ts'

/** A stretch of time in which the rows of one slice are more, or fewer, of all rows than otherwise. */
export interface Crowding {
  /** First period, and the one after the last; a stretch that lasts ends with the periods. */
  readonly from: number
  readonly to: number
  /** Share of all rows in the stretch and outside, 0..1. */
  readonly inside: number
  readonly outside: number
  /** Two-sided, corrected for every stretch that was tried. */
  readonly pValue: number
  /** Signed root of the deviance of the best stretch, over the root of `dispersion`. */
  readonly statistic: number
  /** By how much the shares outside vary more than rows drawn by chance would make them, 1 and up. */
  readonly dispersion: number
}

/** A single period out of line is a day's story (`outlier`), not a stretch. */
const lengthMin = 2
/** Periods that are put together to see whether shares wander slowly. */
const blockLength = 4

/** Sums of the first 0, 1, 2, … values. */
function addUp(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!
  return sums
}

const cell = (count: number, expected: number): number => (count > 0 ? count * Math.log(count / expected) : 0)

/** Signed root of the deviance of `k` of `n` rows inside against `K` of `N` in all. */
function compareShares(k: number, n: number, K: number, N: number): number {
  const [share, rest] = [K / N, N - n]
  const deviance =
    cell(k, n * share) +
    cell(n - k, n * (1 - share)) +
    cell(K - k, rest * share) +
    cell(rest - K + k, rest * (1 - share))
  return Math.sign(k - n * share) * Math.sqrt(Math.max(0, 2 * deviance))
}

/** Pearson's dispersion of the shares of blocks of periods, and how many blocks there are. */
function measureDispersion(blocks: readonly { readonly own: number; readonly all: number }[]): {
  readonly dispersion: number
  readonly freedom: number
} {
  const used = blocks.filter(({ all }) => all > 0)
  const [own, all] = used.reduce(([k, n], block) => [k + block.own, n + block.all], [0, 0])
  const share = own / all
  const freedom = used.length - 1
  if (freedom < 1 || !(share > 0 && share < 1)) return { dispersion: 1, freedom: Math.max(1, freedom) }
  const sum = used.reduce((total, one) => total + (one.own - one.all * share) ** 2 / (one.all * share * (1 - share)), 0)
  return { dispersion: sum / freedom, freedom }
}

function cutBlocks(places: readonly number[], length: number, own: Float64Array, all: Float64Array) {
  return Array.from({ length: Math.ceil(places.length / length) }, (_, block) =>
    places
      .slice(block * length, (block + 1) * length)
      .reduce((sum, at) => ({ own: sum.own + own[at]!, all: sum.all + all[at]! }), { own: 0, all: 0 }),
  )
}

/**
 * The stretch of periods in which the share of a slice in all rows is most out of line, if rows are independent of each other (scan statistic,
 * Kulldorff 1997, in time): the deviance of inside against outside is largest there. Its chance is the exact hypergeometric one, times the number of
 * stretches that were tried. Where shares outside the stretch vary more than chance would make them, by the period or by four periods, the
 * deviance is divided by that, and Student's t judges it. `own` of `all` rows a period, whole numbers; O(periods²).
 */
export function scanShare(own: Float64Array, all: Float64Array): Crowding {
  const { length } = own
  const [k, n] = [addUp(own), addUp(all)]
  const [K, N] = [k[length]!, n[length]!]
  let best = { from: 1, to: length, root: 0 }
  let tried = 0
  for (let from = 0; from < length; from++)
    for (let to = from + lengthMin; to <= length; to++) {
      const rows = n[to]! - n[from]!
      // what begins with the periods is the other side of what lasts from its end on
      if (from === 0 || rows === 0 || rows === N) continue
      tried++
      const root = compareShares(k[to]! - k[from]!, rows, K, N)
      if (Math.abs(root) > Math.abs(best.root)) best = { from, to, root }
    }
  const { from, to, root } = best
  const [count, rows] = [k[to]! - k[from]!, n[to]! - n[from]!]
  const outside = Array.from({ length }, (_, at) => at).filter((at) => at < from || at >= to)
  const measured = [1, blockLength].map((size) => measureDispersion(cutBlocks(outside, size, own, all)))
  const widest = measured.reduce((most, one) => (one.dispersion > most.dispersion ? one : most))
  const exact =
    root >= 0 ? hypergeometric.upperTail(count, K, N - K, rows) : hypergeometric.lowerTail(count, K, N - K, rows)
  const dispersion = Math.max(1, widest.dispersion)
  const statistic = root / Math.sqrt(dispersion)
  const byDispersion = dispersion > 1 ? studentT.upperTail(Math.abs(statistic), measured[0]!.freedom) : 0
  return {
    from,
    to,
    inside: count / rows,
    outside: (K - count) / (N - rows),
    pValue: Math.min(1, 2 * Math.max(1, tried) * Math.max(exact, byDispersion)),
    statistic,
    dispersion,
  }
}
