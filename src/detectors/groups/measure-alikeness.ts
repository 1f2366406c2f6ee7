import type { Tally } from './tally-samples.ts'

/** Sums of squares between the units' means and within units. */
interface Squares {
  readonly between: number
  readonly within: number
}

/** Rows of each sample and column. */
function sumColumns({ pieces, sample, start, column, count, columns }: Tally): readonly [Float64Array, Float64Array] {
  const sums: [Float64Array, Float64Array] = [new Float64Array(columns), new Float64Array(columns)]
  for (let piece = 0; piece < pieces; piece++) {
    const own = sums[sample[piece] === 0 ? 0 : 1]
    for (let at = start[piece]!; at < start[piece + 1]!; at++) own[column[at]!]! += count[at]!
  }
  return sums
}

/** Of the columns' mid-ranks. */
function squareRanks(tally: Tally, sums: readonly [Float64Array, Float64Array]): Squares {
  const { pieces, sample, rows, start, column, count } = tally
  const score = new Float64Array(tally.columns)
  let below = 0
  for (let at = 0; at < score.length; at++) {
    const here = sums[0][at]! + sums[1][at]!
    score[at] = below + here / 2
    below += here
  }
  const means = sums.map((side) => {
    let [sum, all] = [0, 0]
    side.forEach((here, at) => {
      sum += here * score[at]!
      all += here
    })
    return sum / all
  })
  let [between, within] = [0, 0]
  for (let piece = 0; piece < pieces; piece++) {
    let [sum, squares] = [0, 0]
    for (let at = start[piece]!; at < start[piece + 1]!; at++) {
      sum += count[at]! * score[column[at]!]!
      squares += count[at]! * score[column[at]!]! ** 2
    }
    const mean = sum / rows[piece]!
    between += rows[piece]! * (mean - means[sample[piece]!]!) ** 2
    within += Math.max(0, squares - sum * mean)
  }
  return { between, within }
}

/** Of the indicators of all columns together. */
function squareShares(tally: Tally, sums: readonly [Float64Array, Float64Array]): Squares {
  const { pieces, sample, rows, start, column, count } = tally
  const shares = sums.map((side) => {
    const all = side.reduce((sum, here) => sum + here, 0)
    return side.map((here) => here / all)
  })
  const centers = shares.map((side) => side.reduce((sum, share) => sum + share ** 2, 0))
  let [between, within] = [0, 0]
  for (let piece = 0; piece < pieces; piece++) {
    const side = sample[piece]!
    let [own, cross] = [0, 0]
    for (let at = start[piece]!; at < start[piece + 1]!; at++) {
      const share = count[at]! / rows[piece]!
      own += share ** 2
      cross += share * shares[side]![column[at]!]!
    }
    between += rows[piece]! * (own - 2 * cross + centers[side]!)
    within += rows[piece]! * (1 - own)
  }
  return { between, within }
}

/**
 * How alike the rows of one unit are, 0..1: the intraclass correlation by analysis of variance within samples, as `measureLikeness`,
 * of ranks for numbers, of the indicators of all categories together for categories.
 */
export function measureAlikeness(tally: Tally): number {
  const { pieces, sample, rows } = tally
  const [total, square] = [
    [0, 0],
    [0, 0],
  ]
  for (let piece = 0; piece < pieces; piece++) {
    total[sample[piece]!]! += rows[piece]!
    square[sample[piece]!]! += rows[piece]! ** 2
  }
  const [all, freedom] = [total[0]! + total[1]!, pieces - 2]
  if (freedom < 1 || all <= pieces) return 0
  const sums = sumColumns(tally)
  const { between, within } = tally.isOrdered ? squareRanks(tally, sums) : squareShares(tally, sums)
  const [meanBetween, meanWithin] = [between / freedom, within / (all - pieces)]
  const typical = (all - square[0]! / total[0]! - square[1]! / total[1]!) / freedom
  const likeness = (meanBetween - meanWithin) / (meanBetween + (typical - 1) * meanWithin)
  return Number.isFinite(likeness) ? Math.min(0.999, Math.max(0, likeness)) : 0
}
