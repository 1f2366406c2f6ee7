import type { LeafModel } from './expect-leaves.ts'
import type { LeafLoss } from './leaf-loss.ts'
import { type LeafNoise, varianceOf } from './leaf-noise.ts'
import type { Cuboid } from './list-cuboids.ts'

/** A slice whose leaves moved by one ratio. */
export interface Cause {
  readonly cuboid: number
  readonly element: number
  readonly ratio: number
  /** Log likelihood won by it, less what naming it costs. */
  readonly net: number
}

/** What is explained so far: the ratio of each leaf (1 where nothing is) and its loss. */
export interface Explained {
  readonly ratio: Float64Array
  readonly loss: Float64Array
}

/** Leaves as a search sees them, with what stays the same from one search to the next. */
export interface SearchSpace {
  readonly model: LeafModel
  readonly cuboids: readonly Cuboid[]
  readonly weigh: LeafLoss
  /** Loss of each leaf if nothing happened, and the least that any ratio could leave. */
  readonly calm: Float64Array
  readonly least: Float64Array
  /** What a leaf tells of a ratio: its score at 1, and the information. */
  readonly score: Float64Array
  readonly information: Float64Array
  /** Weighted median of actual / expected in each element of each cuboid. */
  readonly medians: readonly Float64Array[]
  /** In units of log likelihood, for each cuboid. */
  readonly costs: readonly number[]
}

/** A candidate, and what is expected of its leaves that nothing explains yet. */
export type IsWanted = (ratio: number, expected: number) => boolean

/** Leaves by actual / expected, ascending. */
export function orderLeaves({ actual, expected }: LeafModel): Int32Array {
  const ratio = actual.map((x, leaf) => x / expected[leaf]!)
  return Int32Array.from(ratio, (_, leaf) => leaf).sort((a, b) => ratio[a]! - ratio[b]!)
}

export function openSpace(
  model: LeafModel,
  cuboids: readonly Cuboid[],
  noise: LeafNoise,
  weigh: LeafLoss,
  order: Int32Array,
): SearchSpace {
  const { actual, expected, count } = model
  const variance = expected.map((x) => varianceOf(noise, x))
  const information = expected.map((x, leaf) => (x * x) / variance[leaf]!)
  return {
    model,
    cuboids,
    weigh,
    calm: expected.map((_, leaf) => weigh(leaf, 1)),
    least: variance.map((x) => 0.5 * Math.log(x)),
    score: expected.map((x, leaf) => ((actual[leaf]! - x) * x) / variance[leaf]!),
    information,
    medians: cuboids.map((cuboid) => measureMedians(cuboid, model, information, order)),
    costs: cuboids.map(({ fields, size }) => 2 + fields.length + Math.log(size) + 0.5 * Math.log(count)),
  }
}

function measureMedians(
  { elementOf, size }: Cuboid,
  { actual, expected }: LeafModel,
  information: Float64Array,
  order: Int32Array,
): Float64Array {
  const total = new Float64Array(size)
  for (let leaf = 0; leaf < elementOf.length; leaf++) total[elementOf[leaf]!]! += information[leaf]!
  const below = new Float64Array(size)
  const median = new Float64Array(size).fill(Number.NaN)
  for (let at = 0; at < order.length; at++) {
    const leaf = order[at]!
    const element = elementOf[leaf]!
    if (below[element]! * 2 >= total[element]!) continue
    below[element]! += information[leaf]!
    if (below[element]! * 2 >= total[element]!) median[element] = actual[leaf]! / expected[leaf]!
  }
  return median
}

/**
 * The `wanted` slices of the cuboids at `places` that explain most beyond what is explained already, best first. Two ratios are tried for
 * each: that of its sums, right where leaves are small, and the weighted median of its leaves, right where a part of it did something
 * else. Leaves of earlier causes count only where the new ratio suits all of them better. Slices are tried by what they could win at most
 * (`measureHopes`), which leaves a few in a thousand to weigh.
 */
export function searchCauses(
  space: SearchSpace,
  explained: Explained,
  wanted: number,
  isWanted: IsWanted,
  places: readonly number[],
): readonly Cause[] {
  const strong = explained.loss.map((loss, leaf) => Math.max(0, loss - space.least[leaf]! - usual))
  const hopes = places.map((place) => measureHopes(space, explained, strong, place))
  const most = hopes.map((of, at) => of.reduce((max, hope) => Math.max(max, hope), 0) - space.costs[places[at]!]!)
  const found: Cause[] = []
  for (const at of Array.from(places.keys()).sort((a, b) => most[b]! - most[a]!)) {
    const place = places[at]!
    const bar = () => Math.max(0, found.length < wanted ? 0 : found.at(-1)!.net) + space.costs[place]!
    const take = (elements: readonly number[]) => {
      for (const { open, ...cause } of weighElements(space, explained, place, elements)) {
        if (cause.net + space.costs[place]! <= bar() || !isWanted(cause.ratio, open)) continue
        const rank = found.findIndex(({ net }) => net < cause.net)
        found.splice(rank < 0 ? found.length : rank, 0, cause)
        if (found.length > wanted) found.pop()
      }
    }
    const hope = hopes[at]!
    const first = hope.indexOf(most[at]! + space.costs[place]!)
    if (first >= 0 && hope[first]! > bar()) take([first])
    const others: number[] = []
    for (let element = 0; element < hope.length; element++)
      if (element !== first && hope[element]! > bar()) others.push(element)
    take(others)
  }
  return found
}

/** Loss above the least that a calm leaf usually has. */
const usual = 1

/**
 * What each element could win at most, nearly: the surprise of its leaves that are far off, and the likelihood ratio of a common ratio
 * if the noise were normal, for those that are not.
 */
function measureHopes(
  { cuboids, score, information }: SearchSpace,
  { ratio }: Explained,
  strong: Float64Array,
  place: number,
): Float64Array {
  const { elementOf, size } = cuboids[place]!
  const hopes = new Float64Array(size)
  const scores = new Float64Array(size)
  const informations = new Float64Array(size)
  for (let leaf = 0; leaf < elementOf.length; leaf++) {
    const element = elementOf[leaf]!
    hopes[element]! += strong[leaf]!
    if (ratio[leaf] !== 1) continue
    scores[element]! += score[leaf]!
    informations[element]! += information[leaf]!
  }
  for (let element = 0; element < size; element++)
    if (informations[element]! > 0) hopes[element]! += (0.5 * scores[element]! ** 2) / informations[element]!
  return hopes
}

/** Ratios nearer to each other than this are one. */
const nearby = 1e-3

/** These elements of a cuboid as causes, each with the better of its two ratios. */
function weighElements(
  { model: { actual, expected }, cuboids, weigh, medians, costs }: SearchSpace,
  explained: Explained,
  place: number,
  elements: readonly number[],
): readonly (Cause & { readonly open: number })[] {
  if (elements.length === 0) return []
  const { elementOf, size } = cuboids[place]!
  const slots = new Int32Array(size).fill(-1)
  elements.forEach((element, slot) => {
    slots[element] = slot
  })
  const sums = { actual: new Float64Array(elements.length), expected: new Float64Array(elements.length) }
  const members: number[] = []
  for (let leaf = 0; leaf < elementOf.length; leaf++) {
    const slot = slots[elementOf[leaf]!]!
    if (slot < 0) continue
    members.push(leaf)
    if (explained.ratio[leaf] !== 1) continue
    sums.actual[slot]! += actual[leaf]!
    sums.expected[slot]! += expected[leaf]!
  }
  const middle = Float64Array.from(elements, (element) => medians[place]![element]!)
  const whole = sums.actual.map((x, slot) => {
    const ratio = sums.expected[slot] === 0 ? Number.NaN : x / sums.expected[slot]!
    return Math.abs(ratio - middle[slot]!) < nearby ? Number.NaN : ratio
  })
  const gains = [middle, whole].map((ratio) => {
    const open = new Float64Array(elements.length)
    const taken = new Float64Array(elements.length)
    for (const leaf of members) {
      const slot = slots[elementOf[leaf]!]!
      const tried = ratio[slot]!
      if (!(tried >= 0) || Math.abs(tried - 1) < nearby) continue
      const gain = explained.loss[leaf]! - weigh(leaf, tried)
      if (explained.ratio[leaf] === 1) open[slot]! += gain
      else taken[slot]! += gain
    }
    return open.map((gain, slot) => gain + Math.max(0, taken[slot]!))
  })
  return elements.map((element, slot) => {
    const isWhole = gains[1]![slot]! > gains[0]![slot]!
    const net = Math.max(gains[0]![slot]!, gains[1]![slot]!) - costs[place]!
    return { cuboid: place, element, ratio: (isWhole ? whole : middle)[slot]!, net, open: sums.expected[slot]! }
  })
}
