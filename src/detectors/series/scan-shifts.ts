import { normal } from '../../stats/normal.ts'
import { allocate } from '../../stats/scratch.ts'
import { straighten } from '../../stats/straighten.ts'
import { studentT } from '../../stats/student-t.ts'
import { freedomOfStep } from './noise.ts'
import {
  affectedMin,
  isCarried,
  measureContrastSkewness,
  multiplyStep,
  type RunningSums,
  sumUp,
  weighStep,
} from './weigh-steps.ts'
import type { Whitened } from './whiten.ts'

/** A change of level that holds over [from, to) of the sample, and how surprising it is among all that were tried. */
export interface Shift {
  /** `to` is the sample's length when the new level lasts. */
  readonly from: number
  readonly to: number
  /** Normal score of the change, signed. */
  readonly statistic: number
  /** 95% of the change of the linear predictor lie within `change` ± 1.96 `error`. */
  readonly change: number
  readonly error: number
  readonly pValue: number
  /** How many independent tests the search amounts to. */
  readonly looks: number
}

/** Points before the first possible shift. */
const beforeMin = 6
/**
 * Steps more skewed than this are not told: hardly a twentieth of an event is expected of them (hours that are always empty), and a
 * correction for skewness moves their centre itself, by a sixth of it, further than a deviation.
 */
const skewnessMax = 6
/** Lengths of shifts that return; those in between are found by the nearest, the ends are refined afterwards. */
const lengths = [3, 4, 5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160] as const

/** How many points each shift of a family lasts: `lasting` ones go on to the end. */
type Lengths = readonly number[] | 'lasting'

/** One of several shifts that were weighed; a box that the scan writes into, so that nothing is allocated in its loops. */
interface Best {
  statistic: number
  from: number
  to: number
  square: number
  product: number
}

/** What a scan reads. */
interface Scan {
  readonly w: Whitened
  readonly sums: RunningSums
}

/** Steps whose statistic, its skewness not taken out, is less than so much of the largest so far cannot be larger with it. */
const nearly = 0.7

/** Squared norm of what a step gains or loses when one of its ends moves from `start` by `stride`. */
function weighMove({ w, sums }: Scan, start: number, stride: number): number {
  const end = start + stride < w.count ? start + stride : w.count
  const before = w.sensitivity[start]!
  const after = end < w.count ? w.noise.memory * w.sensitivity[end - 1]! : 0
  return before * before + sums.squares[end]! - sums.squares[start + 1]! + after * after
}

/**
 * Weighs all shifts of one length; keeps the largest in `best` and puts into `distances`, from `at` on, √((1 − c)/2) of neighbours that
 * correlate by c. Returns where the next distance goes.
 */
function walk(scan: Scan, length: number | undefined, best: Best, distances: Float64Array, at: number): number {
  const { w, sums } = scan
  const { count, width, noise } = w
  const stride = length === undefined ? 1 : Math.max(1, Math.floor(length / 8))
  const fromMax = count - affectedMin - (length ?? 0)
  let next = at
  let before = 0
  for (let from = beforeMin; from <= fromMax; from += stride) {
    const to = length === undefined ? count : from + length
    const square = weighStep(sums, width, from, to)
    if (square === 0) continue
    const product = multiplyStep(sums, from, to)
    const told = nearly * best.statistic * noise.spread
    if (product * product > told * told * square) {
      const raw = product / (noise.spread * Math.sqrt(square))
      const skewness = measureContrastSkewness(sums, from, to)
      const straight = straighten(raw, skewness)
      const statistic = studentT.approachNormal(straight, freedomOfStep(noise, to - from, to === count))
      const isLarger = Math.abs(statistic) > Math.abs(best.statistic) && Math.abs(skewness) <= skewnessMax
      if (isLarger && isCarried(w.clipped, from, to)) {
        best.statistic = statistic
        best.from = from
        best.to = to
        best.square = square
        best.product = product
      }
    }
    // the first of a chain has nobody before it: a full look
    let distance = Number.POSITIVE_INFINITY
    if (before > 0) {
      const moved = weighMove(scan, from - stride, stride) + (to < count ? weighMove(scan, to - stride, stride) : 0)
      distance = Math.sqrt(moved / (4 * (before < square ? before : square)))
    }
    distances[next++] = distance
    before = square
  }
  return next
}

/** Between the lengths that were tried the ends are placed exactly; the p-value stays that of the search. */
function refine({ w, sums }: Scan, best: Best): void {
  const { from: nearFrom, to: nearTo } = best
  const slack = Math.ceil((nearTo - nearFrom) / 4)
  for (let from = Math.max(beforeMin, nearFrom - slack); from <= nearFrom + slack; from++) {
    const toMax = Math.min(w.count - affectedMin, nearTo + slack)
    for (let to = Math.max(from + affectedMin, nearTo - slack); to <= toMax; to++) {
      const square = weighStep(sums, w.width, from, to)
      const product = multiplyStep(sums, from, to)
      if (square === 0 || product ** 2 / square <= best.product ** 2 / best.square) continue
      if (isCarried(w.clipped, from, to)) Object.assign(best, { from, to, square, product })
    }
  }
}

/**
 * The rate of clumps of a random walk above a boundary, x²/2 · ν(x), ν as Siegmund and Yakir (2007, "The Statistics of Gene Mapping", section 5.2)
 * approach it; 1 at most.
 */
function rateOfClumps(x: number): number {
  if (x < 1e-6) return 0
  const above = 1 - normal.upperTail(x / 2)
  const overshoot = ((2 / x) * (above - 0.5)) / ((x / 2) * above + normal.density(x / 2))
  return Math.min(1, ((x * x) / 2) * overshoot)
}

/** `rateOfClumps` from 0 to `clumpsEnd`, from where on it is 1, in steps so small that a straight line between two is off by less than 1e-6. */
const clumpsEnd = 10
const clumpsPerUnit = 512
const clumps = Float64Array.from({ length: clumpsEnd * clumpsPerUnit + 2 }, (_, at) => rateOfClumps(at / clumpsPerUnit))

/** How much of a look of its own a statistic is at `score` next to the one before, for `distance` √((1 − c)/2) with c their correlation. */
function weighLook(score: number, distance: number): number {
  const place = 2 * score * distance * clumpsPerUnit
  if (place >= clumpsEnd * clumpsPerUnit) return 1
  const at = Math.floor(place)
  const low = clumps[at]!
  return low + (place - at) * (clumps[at + 1]! - low)
}

function addLooks(score: number, distances: Float64Array, from: number, to: number): number {
  let looks = 0
  for (let k = from; k < to; k++) looks += weighLook(score, distances[k]!)
  return looks
}

/** The largest shift of a family, with its p-value within the family (see `scanShifts`). */
function scanFamily(scan: Scan, family: Lengths): Shift | undefined {
  const { count, noise } = scan.w
  const best: Best = { statistic: 0, from: -1, to: -1, square: 1, product: 0 }
  const tried = family === 'lasting' ? [undefined] : family.filter((length) => length <= count / 3)
  const distances = allocate(count * tried.length)
  const ends: number[] = []
  for (const length of tried) ends.push(walk(scan, length, best, distances, ends.at(-1) ?? 0))
  if (best.from < 0) return undefined
  if (best.to < count) refine(scan, best)
  const score = Math.abs(best.statistic)
  let looks = 0
  for (let chain = 0; chain < tried.length; chain++) {
    const [length, shorter] = [tried[chain], tried[chain - 1]]
    const isNew =
      length === undefined || shorter === undefined
        ? 1
        : weighLook(score, Math.sqrt((1 - Math.sqrt(shorter / length)) / 2))
    looks += isNew * addLooks(score, distances, ends[chain - 1] ?? 0, ends[chain]!)
  }
  return {
    from: best.from,
    to: best.to,
    statistic: best.statistic,
    change: best.product / best.square,
    error: noise.spread / Math.sqrt(best.square),
    pValue: Math.max(1e-300, -Math.expm1(-looks * 2 * normal.upperTail(score))),
    looks,
  }
}

/**
 * Scans all lasting steps, and all steps that return after one of `lengths`. The statistic of each is the normal score of a t value
 * whose degrees of freedom follow from the step's length. The p-value of a family's largest is its own tail times the number of looks: along
 * chains of neighbours each counts as `weighLook` says, and so does a chain next to that of the length before. c follows
 * from the design: by how much the shifted step differs from its neighbour, against what the baseline leaves of it. On Gaussian noise of known size
 * this gives 3.6% to 5% at nominal 5%.
 * The two families share the error evenly (weighted Bonferroni): there are ten times as many ways to return as to last, but
 * what lasts is what matters today. `skewness` is that of each point.
 */
export function scanShifts(w: Whitened, skewness: Float64Array): Shift | undefined {
  const scan: Scan = { w, sums: sumUp(w, skewness) }
  const lasting = scanFamily(scan, 'lasting')
  const returning = scanFamily(scan, lengths)
  const first = !returning || (lasting && lasting.pValue <= returning.pValue) ? lasting : returning
  return first && { ...first, pValue: Math.min(1, 2 * first.pValue) }
}
