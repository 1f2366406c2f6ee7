import { createRandom } from '../../stats/random.ts'
import type { LeafModel } from './expect-leaves.ts'
import { fitLeafNoise, varianceOf } from './leaf-noise.ts'
import type { Cuboid } from './list-cuboids.ts'

/** The slice that departs most from the rest, and how often one departs as much by chance. */
export interface SliceTest {
  readonly pValue: number
  /** In standard deviations, signed. */
  readonly statistic: number
  readonly cuboid: number
  readonly element: number
  /** Slices tried: those with two leaves at least, and two outside. */
  readonly tried: number
}

const shuffles = 199
/** Strays beyond so many standard deviations count as so many. */
const strayMax = 5
/** Leaves change places with leaves about as large. */
const strata = { leaves: 15, most: 8 }

/**
 * Tests whether some slice departs from the rest by more than its leaves do by themselves, over all slices of all cuboids. The
 * statistic is the largest weighted mean of its leaves' standardised strays from the common ratio; what chance does to it is
 * learnt by shuffling strays among leaves of about the same size (the max-T of Westfall and Young 1993). Beyond what 199 shuffles can tell, the tail is
 * that of the Gumbel distribution of squares (to which largest squares of normals tend), with their mean and a slightly larger deviation. Undefined where no slice has two leaves.
 */
export function testSlices(model: LeafModel, cuboids: readonly Cuboid[], seed: number): SliceTest | undefined {
  const { weight, stray, groups } = standardise(model)
  const sets = cuboids.flatMap((cuboid, place) => {
    const spread = measureSpreads(cuboid, weight)
    return spread.tried > 0 ? [{ cuboid, place, ...spread }] : []
  })
  if (sets.length === 0) return undefined
  const sums = sets.map(({ cuboid }) => new Float64Array(cuboid.size))
  const scan = () => {
    let best = { size: -1, statistic: 0, set: 0, element: 0 }
    sets.forEach(({ cuboid: { elementOf, size }, inverse }, set) => {
      const sum = sums[set]!.fill(0)
      for (let leaf = 0; leaf < elementOf.length; leaf++) sum[elementOf[leaf]!]! += weight[leaf]! * stray[leaf]!
      for (let element = 0; element < size; element++) {
        const statistic = sum[element]! * inverse[element]!
        if (Math.abs(statistic) > best.size) best = { size: Math.abs(statistic), statistic, set, element }
      }
    })
    return best
  }
  const observed = scan()
  const random = createRandom(seed)
  const chance = new Float64Array(shuffles)
  for (let at = 0; at < shuffles; at++) {
    shuffleWithin(groups, stray, random.uniform)
    chance[at] = scan().size
  }
  return {
    pValue: readTail(chance, observed.size),
    statistic: observed.statistic,
    cuboid: sets[observed.set]!.place,
    element: observed.element,
    tried: sets.reduce((sum, { tried }) => sum + tried, 0),
  }
}

/** Each leaf's stray from the common ratio in its own deviations, what it weighs, and leaves of about the same size. */
function standardise(model: LeafModel) {
  const { actual, expected, count } = model
  const sum = (values: Float64Array) => values.reduce((total, x) => total + x, 0)
  const ratio = sum(actual) / sum(expected)
  const mean = expected.map((x) => x * (Number.isFinite(ratio) && ratio > 0 ? ratio : 1))
  const noise = fitLeafNoise(model, mean, 0)
  const deviation = mean.map((x) => Math.sqrt(varianceOf(noise, x)))
  const weight = mean.map((x, leaf) => Math.abs(x) / deviation[leaf]!)
  const stray = mean.map((x, leaf) => {
    const own = ((actual[leaf]! - x) / deviation[leaf]!) * Math.sign(x)
    return Math.max(-strayMax, Math.min(strayMax, own))
  })
  const shift = stray.reduce((total, x, leaf) => total + x * weight[leaf]!, 0) / sum(weight)
  const order = Int32Array.from(weight, (_, leaf) => leaf).sort((a, b) => weight[a]! - weight[b]!)
  const parts = Math.max(1, Math.min(strata.most, Math.floor(count / strata.leaves)))
  const groups = Array.from({ length: parts }, (_, part) =>
    order.subarray(Math.floor((part * count) / parts), Math.floor(((part + 1) * count) / parts)),
  )
  return { weight, stray: stray.map((x) => x - shift), groups }
}

/** One over the deviation of each element's weighted sum; 0 where it is not tried. */
function measureSpreads({ elementOf, size }: Cuboid, weight: Float64Array) {
  const squares = new Float64Array(size)
  const leaves = new Int32Array(size)
  for (let leaf = 0; leaf < elementOf.length; leaf++) {
    squares[elementOf[leaf]!]! += weight[leaf]! ** 2
    leaves[elementOf[leaf]!]!++
  }
  const isTried = (element: number) => leaves[element]! >= 2 && elementOf.length - leaves[element]! >= 2
  const inverse = squares.map((square, element) => (isTried(element) ? 1 / Math.sqrt(square) : 0))
  return { inverse, tried: inverse.reduce((count, x) => count + Number(x > 0), 0) }
}

function shuffleWithin(groups: readonly Int32Array[], values: Float64Array, uniform: () => number): void {
  for (const group of groups) {
    for (let at = group.length - 1; at > 0; at--) {
      const other = Math.floor(uniform() * (at + 1))
      const kept = values[group[at]!]!
      values[group[at]!] = values[group[other]!]!
      values[group[other]!] = kept
    }
  }
}

const euler = 0.5772156649015329
/** How much wider the tail is taken than the shuffles show. */
const caution = 1.1
/** Shuffles that must reach the statistic for their count to be the p-value. */
const countMin = 10

function readTail(chance: Float64Array, statistic: number): number {
  const reached = chance.reduce((count, x) => count + Number(x >= statistic), 0)
  const counted = (reached + 1) / (chance.length + 1)
  if (reached >= countMin) return counted
  const squares = chance.map((x) => x * x)
  const mean = squares.reduce((sum, x) => sum + x, 0) / squares.length
  const variance = squares.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (squares.length - 1)
  const scale = (caution * Math.sqrt(6 * variance)) / Math.PI
  const tail = -Math.expm1(-Math.exp(-(statistic * statistic - mean + euler * scale) / Math.max(scale, 1e-12)))
  return Math.max(1e-300, Math.min(1, tail))
}
