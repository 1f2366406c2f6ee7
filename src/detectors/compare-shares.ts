import { criticalT } from '../stats/critical-t.ts'
import { hypergeometric } from '../stats/hypergeometric.ts'
import { normal } from '../stats/normal.ts'
import { studentT } from '../stats/student-t.ts'
import { measureLikeness } from './measure-likeness.ts'
import type { Conversion } from './shapes.ts'

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
  /** Second minus first, of the weighted shares, with its 95% interval. */
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Half the 95% range of the difference under "nothing happened". */
  readonly range: number
  /** Two-sided. */
  readonly pValue: number
  /** Correlation of two entrants of one unit, 0..1. */
  readonly likeness: number
  /** Entrants over the strangers they are worth, in both groups together. */
  readonly designEffect: number
  readonly freedom: number
}

function weighShare(units: readonly Conversion[], likeness: number): Share {
  let [weight, sum, square, entered, converted] = [0, 0, 0, 0, 0]
  for (const unit of units) {
    const own = unit.entered / (1 + (unit.entered - 1) * likeness)
    weight += own
    square += own * own
    sum += (own * unit.converted) / unit.entered
    entered += unit.entered
    converted += unit.converted
  }
  const share = sum / weight
  let seenVariance = 0
  for (const unit of units) {
    const own = unit.entered / (1 + (unit.entered - 1) * likeness) / weight
    if (own < 1) seenVariance += (own * own * (unit.converted / unit.entered - share) ** 2) / (1 - own)
  }
  const excess = converted > 0 && converted < entered ? (seenVariance * weight) / (share * (1 - share)) : 1
  const effectiveUnits = (weight * weight) / square
  return { units: units.length, entered, converted, share, weight, excess, effectiveUnits }
}

/** Fisher's tail at `count`, which need not be a whole number: between two whole ones the logarithm is interpolated. */
function readTail(count: number, isUpper: boolean, second: number, first: number, drawn: number): number {
  const [least, most] = [Math.max(0, drawn - first), Math.min(second, drawn)]
  const clamped = Math.min(most, Math.max(least, count))
  const read = (whole: number) =>
    Math.max(
      1e-300,
      isUpper
        ? hypergeometric.upperTail(whole, second, first, drawn)
        : hypergeometric.lowerTail(whole, second, first, drawn),
    )
  // a count that is whole but for rounding is whole
  const [below, above] = [Math.floor(clamped + 1e-9), Math.ceil(clamped - 1e-9)]
  if (above <= below) return read(below)
  const part = clamped - below
  return Math.exp((1 - part) * Math.log(read(below)) + part * Math.log(read(above)))
}

/** Wilson's 95% interval of a share among `trials` (not always whole) with `t` in the place of 1.96. */
function boundShare(share: number, trials: number, t: number): readonly [low: number, high: number] {
  const square = t * t
  const center = (share + square / (2 * trials)) / (1 + square / trials)
  const half = (t * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials))) / (1 + square / trials)
  return [Math.max(0, center - half), Math.min(1, center + half)]
}

/**
 * Did the share change between two groups of units (accounts, cohorts) whose entrants are alike to an unknown degree? Undefined when
 * all or none converted.
 *
 * Units are weighted by what they can tell: n / (1 + (n − 1) · likeness). The variance of each group's share is the larger of what the
 * likeness lets expect (beta-binomial) and what the units' differences show (cluster-robust). Both groups are then cut down to the
 * number of strangers they are worth (Rao and Scott 1992) and compared by Fisher's exact test: without likeness that is Fisher's test
 * of the counts themselves, and small counts keep their lopsided tails. That the variance is estimated is paid for by Student's t with
 * as many degrees of freedom as there are effective units, less two. The interval is Newcombe's (1998, method 10) on the same worth.
 */
export function compareShares(
  firstUnits: readonly Conversion[],
  secondUnits: readonly Conversion[],
): ShareComparison | undefined {
  const likeness = measureLikeness([firstUnits, secondUnits])
  const [first, second] = [weighShare(firstUnits, likeness), weighShare(secondUnits, likeness)]
  const common = (first.weight * first.share + second.weight * second.share) / (first.weight + second.weight)
  const unitVariance = common * (1 - common)
  if (!(unitVariance > 0)) return undefined
  const varianceOf = ({ excess, weight }: Share) => (unitVariance / weight) * Math.max(1, excess)
  const [firstVariance, secondVariance] = [varianceOf(first), varianceOf(second)]
  const [firstWorth, secondWorth] = [unitVariance / firstVariance, unitVariance / secondVariance]
  const freedom = Math.max(1, first.effectiveUnits + second.effectiveUnits - 2)
  const difference = second.share - first.share

  const [urnFirst, urnSecond] = [Math.max(1, Math.round(firstWorth)), Math.max(1, Math.round(secondWorth))]
  const drawn = Math.round((urnFirst + urnSecond) * common)
  const expected = (urnSecond * drawn) / (urnFirst + urnSecond)
  const count = expected + (difference * firstWorth * secondWorth) / (firstWorth + secondWorth)
  const tail = readTail(count, difference > 0, urnSecond, urnFirst, drawn)
  const pValue = tail >= 0.5 ? 1 : 2 * studentT.upperTail(-normal.quantile(tail), freedom)

  const t = criticalT(freedom)
  const [firstLow, firstHigh] = boundShare(first.share, firstWorth, t)
  const [secondLow, secondHigh] = boundShare(second.share, secondWorth, t)
  return {
    first,
    second,
    difference,
    low: difference - Math.hypot(second.share - secondLow, firstHigh - first.share),
    high: difference + Math.hypot(secondHigh - second.share, first.share - firstLow),
    range: t * Math.sqrt(firstVariance + secondVariance),
    pValue: Math.min(1, Math.max(1e-300, pValue)),
    likeness,
    designEffect: (first.entered + second.entered) / (firstWorth + secondWorth),
    freedom,
  }
}
