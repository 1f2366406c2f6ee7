import type { Random } from '../../stats/random.ts'
import type { Tally } from './tally-samples.ts'

/** Permutations of the units, and additions they may cost together before fewer are made. */
const permutationsMost = 400
const permutationsLeast = 200
const additionsMax = 60_000_000

/** How far the samples are apart, and how far they are when units change sides. */
export interface Distance {
  /** The largest distance of the distributions (ordered), or Cramér's V (categories). */
  readonly value: number
  /** 95% of such distances are below it under "nothing happened". */
  readonly range: number
  readonly pValue: number
  /** Shares of the columns in both samples, each unit weighted by what it can tell. */
  readonly shares: readonly [Float64Array, Float64Array]
  readonly permutations: number
}

/** Squared distance of two sets of shares (given as sums and weights), times the weight that it has in a comparison. */
function measureSquare(second: Float64Array, all: Float64Array, weight: number, weightAll: number, isOrdered: boolean) {
  const rest = weightAll - weight
  if (!(weight > 0 && rest > 0)) return 0
  let [below, farthest, sum] = [0, 0, 0]
  for (let at = 0; at < all.length; at++) {
    const difference = second[at]! / weight - (all[at]! - second[at]!) / rest
    below += difference
    if (below > farthest) farthest = below
    else if (-below > farthest) farthest = -below
    if (all[at]! > 0) sum += (difference * difference * weightAll) / all[at]!
  }
  return ((isOrdered ? farthest * farthest : sum) * weight * rest) / weightAll
}

/**
 * Compares the samples by letting units change sides: those that are in both samples swap their halves, the others are dealt anew. The
 * tail beyond what the permutations show is exponential in the squared distance, as both statistics' limits are or fall off
 * faster (Knijnenburg et al. 2009 extrapolate likewise), with its uncertain slope paid for; no p-value is below one over the number of
 * different permutations.
 */
export function permutePieces(tally: Tally, likeness: number, random: Random): Distance {
  const { pieces, sample, partner, rows, start, column, count, isOrdered, columns } = tally
  const weights = rows.map((number) => number / (1 + (number - 1) * likeness))
  const value = new Float64Array(count.length)
  const all = new Float64Array(columns)
  let weightAll = 0
  for (let piece = 0; piece < pieces; piece++) {
    weightAll += weights[piece]!
    for (let at = start[piece]!; at < start[piece + 1]!; at++) {
      value[at] = (weights[piece]! * count[at]!) / rows[piece]!
      all[column[at]!]! += value[at]!
    }
  }
  const second = new Float64Array(columns)
  const side = Uint8Array.from(sample)
  let weight = 0
  const measure = () => {
    second.fill(0)
    weight = 0
    for (let piece = 0; piece < pieces; piece++) {
      if (side[piece] === 0) continue
      weight += weights[piece]!
      for (let at = start[piece]!; at < start[piece + 1]!; at++) second[column[at]!]! += value[at]!
    }
    return measureSquare(second, all, weight, weightAll, isOrdered)
  }
  const seen = measure()
  const scale = weightAll / (weight * (weightAll - weight))
  const shares: [Float64Array, Float64Array] = [
    all.map((sum, at) => (sum - second[at]!) / (weightAll - weight)),
    second.map((sum) => sum / weight),
  ]

  const single = Int32Array.from({ length: pieces }, (_, piece) => piece).filter((piece) => partner[piece]! < 0)
  const paired = Int32Array.from({ length: pieces }, (_, piece) => piece).filter((piece) => partner[piece]! > piece)
  const dealt = Uint8Array.from(single, (piece) => sample[piece]!)
  const cost = count.length / 2 + columns + pieces
  const permutations = Math.round(Math.max(permutationsLeast, Math.min(permutationsMost, additionsMax / cost)))
  const squares = new Float64Array(permutations)
  for (let at = 0; at < permutations; at++) {
    random.shuffle(dealt)
    for (let place = 0; place < single.length; place++) side[single[place]!] = dealt[place]!
    for (let place = 0; place < paired.length; place++) {
      const own = random.uniform() < 0.5 ? 0 : 1
      side[paired[place]!] = own
      side[partner[paired[place]!]!] = 1 - own
    }
    squares[at] = measure()
  }
  squares.sort()
  const inSecond = dealt.reduce((sum, which) => sum + which, 0)
  const least = Math.exp(-paired.length * Math.LN2 - countDeals(single.length, inSecond))
  const root = (square: number) => Math.sqrt(isOrdered ? square * scale : square / weightAll)
  return {
    value: root(seen),
    range: root(squares[Math.floor(0.95 * permutations)]!),
    pValue: Math.min(1, Math.max(1e-300, least, readTail(squares, seen))),
    shares,
    permutations,
  }
}

/** Logarithm of the number of ways to deal `chosen` of `total`. */
function countDeals(total: number, chosen: number): number {
  let logarithm = 0
  for (let at = 0; at < chosen; at++) logarithm += Math.log((total - at) / (at + 1))
  return logarithm
}

/** How many of the permuted are looked at to see how the tail falls off, and from how many on they are counted themselves. */
const tailPart = 0.2
const countedLeast = 20

function readTail(sorted: Float64Array, seen: number): number {
  const total = sorted.length
  let above = 0
  while (above < total && sorted[total - 1 - above]! >= seen * (1 - 1e-12)) above++
  if (above >= countedLeast) return (above + 1) / (total + 1)
  const size = Math.round(tailPart * total)
  const from = sorted[total - size - 1]!
  let excess = 0
  for (let at = total - size; at < total; at++) excess += (sorted[at]! - from) / size
  if (!(excess > 0)) return (above + 1) / (total + 1)
  return tailPart * (1 + Math.max(0, seen - from) / (excess * size)) ** -size
}
