import { criticalT } from '../../stats/critical-t.ts'
import { hypergeometric } from '../../stats/hypergeometric.ts'
import { normal } from '../../stats/normal.ts'
import { studentT } from '../../stats/student-t.ts'
import type { Conversion } from '../shapes.ts'
import { interpolateTail } from './interpolate-tail.ts'
import { measureLikeness } from './measure-likeness.ts'
import { measureOverlap, type Overlap } from './measure-overlap.ts'

/** The share that converted in one group of units. */
interface Share {
  readonly units: number
  readonly entered: number
  readonly converted: number
  /** Mean of the units' shares, each weighted by what it can tell. */
  readonly share: number
  readonly weight: number
  /** Variance of `share` as the units' differences from it show it, over the one that their likeness lets expect. */
  readonly excess: number
  /** How many equally weighted units these are worth. */
  readonly effectiveUnits: number
}

/** Two groups' shares and how far they are apart. */
export interface ShareComparison {
  readonly first: Share
  readonly second: Share
  /** Second minus first, of the weighted shares. */
  readonly difference: number
  /** Strangers that each group is worth. */
  readonly firstWorth: number
  readonly secondWorth: number
  /** Two-sided. */
  readonly pValue: number
  /** Correlation of two entrants of one unit, 0..1. */
  readonly likeness: number
  /** Entrants over the strangers they are worth, in both groups together: below 1 where units compared with themselves tell more. */
  readonly designEffect: number
  /** Part of the weight that units in both groups have, 0..1. */
  readonly overlap: number
  readonly freedom: number
}

/** How many strangers the entrants of a unit are worth. */
const weigh = ({ entered }: Conversion, likeness: number): number => entered / (1 + (entered - 1) * likeness)

function weighShare(units: readonly Conversion[], likeness: number): Share {
  let [weight, sum, square, entered, converted] = [0, 0, 0, 0, 0]
  for (const unit of units) {
    const own = weigh(unit, likeness)
    weight += own
    square += own * own
    sum += (own * unit.converted) / unit.entered
    entered += unit.entered
    converted += unit.converted
  }
  const share = sum / weight
  let seenVariance = 0
  for (const unit of units) {
    const own = weigh(unit, likeness) / weight
    if (own < 1) seenVariance += (own * own * (unit.converted / unit.entered - share) ** 2) / (1 - own)
  }
  const excess = converted > 0 && converted < entered ? (seenVariance * weight) / (share * (1 - share)) : 1
  const effectiveUnits = (weight * weight) / square
  return { units: units.length, entered, converted, share, weight, excess, effectiveUnits }
}

/** Wilson's 95% interval of a share among `trials` (not always whole) with `t` in the place of 1.96. */
function boundShare(share: number, trials: number, t: number): readonly [low: number, high: number] {
  const square = t * t
  const center = (share + square / (2 * trials)) / (1 + square / trials)
  const half = (t * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials))) / (1 + square / trials)
  return [Math.max(0, center - half), Math.min(1, center + half)]
}

/** The most that one unit's own part can tell of the next one's. */
const memoryMost = 0.8

/**
 * How many times larger a mean's variance is when neighbouring units are alike: as in an AR(1) process, but only the part of the
 * variance that units have of their own remembers, not the one that entrants bring by chance.
 */
function inflate(memory: number, ownPart: number): number {
  if (memory <= 0 || ownPart <= 0) return 1
  const own = Math.min(memoryMost, memory / ownPart)
  return 1 + (ownPart * 2 * own) / (1 - own)
}

/**
 * Which part of the variance of the difference is left when what units in both groups have of their own cancels, 0..1: of the larger
 * one of what their likeness lets expect and what they show. In units of a stranger's variance.
 */
function shareLeft(first: Share, second: Share, { seen, possible }: Overlap, likeness: number): number {
  if (possible === 0) return 1
  const sumOf = (judge: (excess: number) => number) =>
    judge(first.excess) / first.weight + judge(second.excess) / second.weight
  const strangers = Math.sqrt(first.share * (1 - first.share) * second.share * (1 - second.share))
  const expected = sumOf(() => 1) - 2 * likeness * possible
  const shown = sumOf((excess) => excess) - (strangers > 0 ? (2 * seen) / strangers : 0)
  return Math.min(1, Math.max(expected, shown) / sumOf((excess) => Math.max(1, excess)))
}

/**
 * Did the share change between two groups of units (accounts, cohorts) whose entrants are alike to an unknown degree? Undefined when
 * all or none converted.
 *
 * Units are weighted by what they can tell: n / (1 + (n − 1) · likeness). The variance of each group's share is the larger of what the
 * likeness lets expect (beta-binomial) and what the units' differences show (cluster-robust). Both groups are then cut down to the
 * number of strangers they are worth (Rao and Scott 1992) and compared by Fisher's exact test: without likeness that is Fisher's test
 * of the counts themselves, and small counts keep their lopsided tails. That the variance is estimated is paid for by Student's t with
 * as many degrees of freedom as there are effective units, less two. `memory` is the correlation of the shares of neighbouring units
 * (0 where their order means nothing).
 *
 * Units that are in both groups are compared with themselves: the variance of the difference is smaller by twice the covariance of the
 * two shares (again the larger variance of what likeness lets expect and what the units show), both groups are worth more strangers in
 * the same proportion, and such units count once in the degrees of freedom: one less than the units where all are in both, as in the
 * paired t test.
 */
export function compareShares(
  firstUnits: readonly Conversion[],
  secondUnits: readonly Conversion[],
  memory = 0,
): ShareComparison | undefined {
  const likeness = measureLikeness([firstUnits, secondUnits])
  const [first, second] = [weighShare(firstUnits, likeness), weighShare(secondUnits, likeness)]
  const common = (first.weight * first.share + second.weight * second.share) / (first.weight + second.weight)
  const unitVariance = common * (1 - common)
  if (!(unitVariance > 0)) return undefined
  const inflation = inflate(memory, 1 - (first.weight + second.weight) / (first.entered + second.entered))
  const varianceOf = ({ excess, weight }: Share) => (unitVariance / weight) * Math.max(1, excess) * inflation
  const overlap = measureOverlap(
    { units: firstUnits, share: first.share, weigh: (unit) => weigh(unit, likeness) / first.weight },
    { units: secondUnits, share: second.share, weigh: (unit) => weigh(unit, likeness) / second.weight },
  )
  const left = shareLeft(first, second, overlap, likeness)
  const worthOf = (group: Share) => unitVariance / varianceOf(group) / left
  const [firstWorth, secondWorth] = [worthOf(first), worthOf(second)]
  const units = ((first.effectiveUnits + second.effectiveUnits) / inflation) * (1 - overlap.part / 2)
  const freedom = Math.max(1, units - 2 + overlap.part)
  const difference = second.share - first.share

  const [urnFirst, urnSecond] = [Math.max(1, Math.round(firstWorth)), Math.max(1, Math.round(secondWorth))]
  const drawn = Math.round((urnFirst + urnSecond) * common)
  const expected = (urnSecond * drawn) / (urnFirst + urnSecond)
  const count = expected + (difference * firstWorth * secondWorth) / (firstWorth + secondWorth)
  const isUpper = difference > 0
  const most = Math.min(urnSecond, drawn)
  const within = Math.min(most, Math.max(0, drawn - urnFirst, count))
  const tail = interpolateTail(within, (whole) =>
    isUpper
      ? hypergeometric.upperTail(whole, urnSecond, urnFirst, drawn)
      : hypergeometric.lowerTail(whole, urnSecond, urnFirst, drawn),
  )
  const pValue = tail >= 0.5 ? 1 : 2 * studentT.upperTail(-normal.quantile(tail), freedom)

  return {
    first,
    second,
    difference,
    firstWorth,
    secondWorth,
    pValue: Math.min(1, Math.max(1e-300, pValue)),
    likeness,
    designEffect: (first.entered + second.entered) / (firstWorth + secondWorth),
    overlap: overlap.part,
    freedom,
  }
}

/**
 * The 95% interval of the difference (Newcombe 1998, method 10, on the strangers that the groups are worth, with t for 1.96), and half
 * the 95% range of the difference under "nothing happened".
 */
export function boundDifference({ first, second, difference, firstWorth, secondWorth, freedom }: ShareComparison): {
  readonly low: number
  readonly high: number
  readonly range: number
} {
  const t = criticalT(freedom)
  const [firstLow, firstHigh] = boundShare(first.share, firstWorth, t)
  const [secondLow, secondHigh] = boundShare(second.share, secondWorth, t)
  const common = (first.weight * first.share + second.weight * second.share) / (first.weight + second.weight)
  return {
    low: difference - Math.hypot(second.share - secondLow, firstHigh - first.share),
    high: difference + Math.hypot(secondHigh - second.share, first.share - firstLow),
    range: t * Math.sqrt(common * (1 - common) * (1 / firstWorth + 1 / secondWorth)),
  }
}
